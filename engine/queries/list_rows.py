"""Lines of the lists as readers see them: names, texts in their language, marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.commands.agree_in_batch import allows_batch
from engine.model.states import WorkItemKind
from engine.queries.circulated_rows import circulated_rows
from engine.queries.language import Translator, translator
from engine.queries.views import Box, WorklistRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.store.lists import Found, Lists


def rows_of(
    box: Box, lines: Sequence[Found], lists: Lists, services: Services
) -> list[WorklistRow]:
    """Fill in the lines of a page, in their order; a line that has just gone is left out."""
    if box.is_circulated:
        return circulated_rows(box, lines, lists, services)
    if box is Box.STARTED:
        return _matters(lines, lists, services)
    return _work(lines, lists, services)


def _work(lines: Sequence[Found], lists: Lists, services: Services) -> list[WorklistRow]:
    found = lists.rows.work_items([line.key for line in lines])
    principals = {line.key: line.principal or _principal(found.get(line.key)) for line in lines}
    names = _names(list(principals.values()), services)
    return [
        _work_row(found[line.key], names.get(principals[line.key], ""), services)
        for line in lines
        if line.key in found
    ]


def _principal(row: Any) -> str:
    """Return for whom a work item is held or was done, empty for nobody."""
    return (row.on_behalf_of or "") if row is not None else ""


def _work_row(row: Any, principal: str, services: Services) -> WorklistRow:
    words = translator(services, row.binding)
    open_ = row.ended_at is None
    return WorklistRow(
        key=str(row.key),
        instance_key=str(row.root_key),
        title=row.title or words.process_name,
        number=row.number,
        process_id=row.root_process_id,
        process_name=words.process_name,
        element_id=row.element_id,
        element_name=words(row.name),
        unit=row.unit_name,
        initiator=row.initiator_name or "",
        sender=row.sender_name or "",
        state=row.state,
        is_draft=not row.submitted,
        returned=row.returned_from is not None,
        assignee=row.assignee_name or "",
        summary=_summary(row, words),
        arrived_at=row.created_at,
        due_at=row.due_at,
        ended_at=row.ended_at,
        overdue=open_ and row.due_at is not None and row.due_at < services.now,
        outcome=words(row.outcome_label),
        unread=open_ and bool(row.unread),
        kind=row.kind,
        delegated=row.owner is not None,
        stands_in_for="" if row.on_behalf_of == services.actor.login else principal,
        held_by=row.assignee_name if row.on_behalf_of == services.actor.login else "",
        urged=row.urged if open_ else 0,
        suspended=open_ and row.suspended_at is not None,
        batch=open_ and _takes_batch(row, services),
    )


def _takes_batch(row: Any, services: Services) -> bool:
    """Tell whether a task may be decided together with others."""
    if row.kind != WorkItemKind.TASK or row.owner is not None or row.suspended_at is not None:
        return False
    binding = services.binding(row.binding)
    model = services.catalog.model(binding.process(row.process_id))
    element = model.elements.get(row.element_id)
    return element is not None and allows_batch(element)


def _matters(lines: Sequence[Found], lists: Lists, services: Services) -> list[WorklistRow]:
    keys = [line.key for line in lines]
    found = lists.rows.matters(keys)
    steps = lists.rows.open_steps(keys)
    return [_matter_row(found[key], steps.get(key, []), services) for key in keys if key in found]


def _matter_row(row: Any, steps: list[Any], services: Services) -> WorklistRow:
    words = translator(services, row.binding)
    due = min((step.due_at for step in steps if step.due_at is not None), default=None)
    return WorklistRow(
        key=str(row.key),
        instance_key=str(row.key),
        title=row.title or words.process_name,
        number=row.number,
        process_id=row.process_id,
        process_name=words.process_name,
        element_id="",
        element_name="、".join(words(step.name) for step in steps),
        unit=row.unit_name,
        initiator=row.initiator_name or "",
        sender="",
        state=row.state,
        is_draft=not row.submitted,
        returned=False,
        assignee="、".join(step.assignee_name for step in steps if step.assignee_name),
        summary=_summary(row, words),
        arrived_at=row.started_at,
        due_at=due,
        ended_at=row.ended_at,
        overdue=row.ended_at is None and due is not None and due < services.now,
        suspended=row.ended_at is None and row.suspended_at is not None,
    )


def _summary(row: Any, words: Translator) -> list[tuple[str, str]]:
    return [(words(label), value) for label, value in row.summary]


def _names(logins: Sequence[str], services: Services) -> dict[str, str]:
    """Return ``{login: name}``; nothing is read when there is nobody to look up."""
    wanted = {login for login in logins if login}
    if not wanted:
        return {}
    people = services.store.identity.people(sorted(wanted))
    return {login: name for login, (name, _unit, _active) in people.items()}
