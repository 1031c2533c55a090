"""What changed in a matter's documents since the reader, or the last person, saw them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.step import read_step
from engine.forms import differences
from engine.queries.language import translator

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.forms import Difference
    from engine.model.work import DocumentRow, WorkItem


@dataclass(frozen=True)
class DocumentChanges:
    """Changes of one document.

    Attributes:
        form_id: the document.
        version: the version they are counted from.
        mine: counted from what the reader saw when he last acted; else from what the person
            before saw.
        seen_by: name of whoever saw that version.
        seen_at: when, UTC.
        changes: field by field, in the order of the form.
    """

    form_id: str
    version: int
    mine: bool
    seen_by: str
    seen_at: datetime
    changes: Sequence[Difference]


@dataclass(frozen=True, kw_only=True)
class ChangesSinceSeen:
    """Where the documents of a work item differ from what was seen before.

    The base is the version that stood when the reader last completed a step of this matter; a
    reader who has not acted yet sees what changed since the last other person decided.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not see it.
        TaskGoneError: finished.
    """

    work_item_key: str

    def answer(self, services: Services) -> Mapping[str, DocumentChanges]:
        """Compare; by form id, only documents that changed."""
        step = read_step(services, self.work_item_key)
        items = services.store.work_items.of_matter(step.root_key)
        base = _last_look(items, services.actor.login)
        if base is None or base.ended_at is None:
            return {}
        found: dict[str, DocumentChanges] = {}
        for form_id, rows in _versions(step, services).items():
            seen = [row for row in rows if _was_seen(row, base, base.ended_at)]
            if not seen or seen[-1] is rows[-1] or base.ended_by == rows[-1].stored_by:
                continue
            change = _compare(form_id, seen[-1], rows[-1], step, services)
            if change:
                found[form_id] = _described(form_id, seen[-1], change, base, services)
        return found


def _last_look(items: Sequence[WorkItem], login: str) -> WorkItem | None:
    """Return the reader's last finished step, else the last one of anybody but the filler."""
    done = [item for item in items if item.ended_by and item.ended_at]
    mine = [item for item in done if item.ended_by == login]
    others = [item for item in done if item.opinion]
    return max(mine or others, key=lambda item: (item.ended_at, item.key), default=None)


def _was_seen(row: DocumentRow, base: WorkItem, ended_at: datetime) -> bool:
    """Tell whether a version stood when ``base`` was finished; of one moment the keys decide."""
    if row.stored_at == ended_at:
        return row.work_item_key < base.key
    return row.stored_at < ended_at


def _versions(step: Step, services: Services) -> dict[str, list[DocumentRow]]:
    found: dict[str, list[DocumentRow]] = {}
    for row in services.store.records.document_versions(step.root_key):
        found.setdefault(row.form_id, []).append(row)
    return found


def _compare(
    form_id: str, old: DocumentRow, new: DocumentRow, step: Step, services: Services
) -> Sequence[Difference]:
    words = translator(services, step.tree.root.row.binding)
    form = services.catalog.form(step.tree.binding.form(form_id)).translated(words.texts)
    return differences(form, old.answers, new.answers, services.language)


def _described(
    form_id: str,
    seen: DocumentRow,
    changes: Sequence[Difference],
    base: WorkItem,
    services: Services,
) -> DocumentChanges:
    login = base.ended_by or ""
    name = services.store.identity.people([login]).get(login, (login, "", True))[0]
    return DocumentChanges(
        form_id=form_id,
        version=seen.version,
        mine=login == services.actor.login,
        seen_by=name,
        seen_at=base.ended_at or seen.stored_at,
        changes=changes,
    )
