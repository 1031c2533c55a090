"""Ring the alarm that is due first: a reminder, the due date itself, an escalation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.calendar import AlarmKind, EscalationAction, read_escalations
from engine.clock import office_text
from engine.commands.attempts import attempt
from engine.commands.audience import administrators, admitted, holders_of, targets_of
from engine.commands.duties import bars_of
from engine.commands.matter import MatterTree
from engine.model.deadlines import AlarmState
from engine.model.notices import NoticeEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.errors import WorkflowError
    from engine.model.deadlines import AlarmRow
    from engine.model.participants import Candidate
    from engine.model.work import WorkItem


@dataclass(frozen=True, kw_only=True)
class FireDueAlarm:
    """One due alarm, one transaction; ``False`` when nothing is due.

    An alarm rings once: several workers settle it by compare-and-set. It tells and adds people; it
    never decides, completes or moves anything.
    """

    def execute(self, services: Services) -> bool:
        """Ring."""
        alarm = services.store.deadlines.due_alarm(services.now)
        if alarm is None:
            return False
        # The matter is locked before the alarm, as by whoever stops its clock.
        services.store.instances.lock([alarm.root_key])
        services.locked.add(alarm.root_key)
        item = services.store.work_items.get(alarm.deadline_key)
        rings = item is not None and item.is_live
        state = AlarmState.FIRED if rings else AlarmState.GONE
        settled = services.store.deadlines.settle_alarm(alarm, state, services.now)
        if item is not None and rings and settled:
            error = attempt(services, lambda: _ring(alarm, item, services))
            if error is not None:
                _failed(item, error, services)
        return True


def _failed(item: WorkItem, error: WorkflowError, services: Services) -> None:
    """Tell the administrators; a bell that does not ring never holds up the work."""
    services.note(
        "alarm_failed",
        root_key=item.root_key,
        element_name=item.name,
        detail={"code": error.code, "message": error.message_zh},
    )
    _tell(NoticeEvent.ESCALATED, administrators(services), item, services)


def _ring(alarm: AlarmRow, item: WorkItem, services: Services) -> None:
    if alarm.kind == AlarmKind.ESCALATE:
        _escalate(alarm, item, services)
        return
    if alarm.kind == AlarmKind.LAPSE:
        _lapse(item, services)
        return
    late = alarm.kind == AlarmKind.OVERDUE
    _tell(
        NoticeEvent.OVERDUE if late else NoticeEvent.DUE_SOON,
        holders_of(item, services),
        item,
        services,
    )
    services.note(
        "work_item_overdue" if late else "work_item_reminded",
        root_key=item.root_key,
        element_name=item.name,
    )


def _lapse(part: WorkItem, services: Services) -> None:
    """Tell who sent a link that the party has let its time pass, and whoever has the task now."""
    task, _parts = services.store.parts.family(part)
    party = services.store.outside.parties(part.root_key).get(part.key, "")
    services.tell(
        NoticeEvent.LAPSED,
        [part.sender, *holders_of(task, services)],
        root_key=part.root_key,
        work_item_key=task.key,
        step=part.name,
        name=party,
    )
    services.note(
        "outside_link_lapsed",
        root_key=part.root_key,
        element_name=part.name,
        detail={"party": party},
    )


def _escalate(alarm: AlarmRow, item: WorkItem, services: Services) -> None:
    tree = MatterTree.load(services, item.root_key)
    rung = read_escalations(alarm.rule)[0]
    targets = targets_of(rung, item, tree.root.row, services)
    told = admitted(targets, services)
    if rung.action is EscalationAction.ADD:
        more = [*item.candidates, *_allowed(targets, item, tree)]
        services.store.work_items.move(item, item.state, candidates=tuple(dict.fromkeys(more)))
    _tell(NoticeEvent.ESCALATED, told or administrators(services), item, services)
    services.note(
        "work_item_escalated" if told else "escalation_found_nobody",
        root_key=item.root_key,
        element_name=item.name,
        detail={"rule": alarm.rule, "people": _names(told, services)},
    )


def _allowed(
    targets: Sequence[Candidate], item: WorkItem, tree: MatterTree
) -> tuple[Candidate, ...]:
    """Leave out whom separation of duties keeps away; holders of a role are judged one by one."""
    node = tree.nodes[item.instance_key]
    element = tree.element(item.instance_key, item.element_id)
    roles = [candidate.role for candidate in item.candidates if candidate.role]
    barred = bars_of(element, node.model, tree, roles=roles)
    return tuple(one for one in targets if one.login not in barred)


def _tell(event: NoticeEvent, logins: Sequence[str], item: WorkItem, services: Services) -> None:
    services.tell(
        event,
        logins,
        root_key=item.root_key,
        work_item_key=item.key,
        step=item.name,
        due=office_text(item.due_at),
        holder=item.assignee or "",
    )


def _names(logins: Sequence[str], services: Services) -> str:
    people = services.store.identity.people(logins)
    return "、".join(people[login][0] for login in logins if login in people)
