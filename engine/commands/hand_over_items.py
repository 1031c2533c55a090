"""One thing of a leaver: may the successor have it, and what changes when it is handed on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from engine.commands.hand_back_work_item import delegation_of
from engine.commands.matter import MatterTree
from engine.commands.parts import make_part, next_number
from engine.commands.replacing import Held, holds_post
from engine.commands.step import move_or_refuse
from engine.errors import WorkflowError, WrongStateError
from engine.model.handovers import HandoverKind
from engine.model.keys import new_key
from engine.model.states import AssignedBy, WorkItemKind, WorkItemState

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.commands.services import Services
    from engine.model.handovers import Handover, HandoverLine
    from engine.model.participants import Participant


class NothingLeftError(WrongStateError):
    """The thing is not the leaver's any more."""


def hand_line(line: HandoverLine, act: Handover, services: Services) -> None:
    """Hand one thing on.

    Raises:
        WorkflowError: the successor may not have it; says why.
    """
    services.read_participants([line.new_owner, act.leaver])
    person = services.participant(line.new_owner)
    if person is None or not person.active:
        raise WrongStateError(
            "接手人的账号已停用，请另选人员。", "The successor's account is disabled."
        )
    _KINDS[line.kind](line, act, person, services)


def refusal_of_item(held: Held, person: Participant) -> WorkflowError | None:
    """Return why the successor cannot have a task or a part of one, ``None`` if he can."""
    item, bar = held.item, held.bars.get(person.login)
    if bar is not None:
        return WrongStateError(*bar.of(person.name))
    if item.round_key:
        return WrongStateError(
            "投票任务不移交；停用账号后按投票规则处理，也可以更换投票人。",
            "A vote is not handed over; change the voters, or disable the account.",
        )
    if person.login in (item.owner, None if item.is_task else item.sender):
        return WrongStateError(
            f"此任务是{person.name}请他人办理的，请选择其他人员。",
            f"{person.name} has asked for this; choose somebody else.",
        )
    needs_post = item.is_task and item.owner is None and bool(item.candidates)
    if needs_post and not holds_post(person, item):
        return WrongStateError(
            f"{person.name}未担任此环节的岗位，请先任职再重试，或另选人员。",
            f"{person.name} does not hold this step's post; give it first, or choose another.",
        )
    return None


def _hand_item(line: HandoverLine, act: Handover, person: Participant, services: Services) -> None:
    found = services.store.work_items.get(line.object_key)
    held = Held.read(found, services) if found is not None else None
    if (
        held is None
        or not held.item.is_open
        or act.leaver
        not in (
            held.item.assignee,
            held.item.on_behalf_of,
        )
    ):
        raise _gone()
    refusal = refusal_of_item(held, person)
    if refusal is not None:
        raise refusal
    item = held.item
    reason = _said(act, services)
    values: dict[str, object] = {"assignee": person.login, "on_behalf_of": None, "opened_at": None}
    if item.is_task and item.owner is None:
        _remember(held, act, person, reason, services)
        values |= {"assigned_by": AssignedBy.HANDOVER, "request": reason, "sender": act.leaver}
    elif item.is_task:
        delegation = delegation_of(item, services)
        move_or_refuse(services, delegation, WorkItemState.WAITING, assignee=person.login)
    move_or_refuse(services, item, item.state, **values)
    if item.assignee:
        services.store.work_items.pass_draft(item.key, item.assignee, person.login)
    services.new_tasks.append(replace(item, assignee=person.login, on_behalf_of=None))
    _note(line, act, person, services, item.name)


def _remember(
    held: Held, act: Handover, person: Participant, reason: str, services: Services
) -> None:
    """Keep under the task whose it was and who has it now; nobody has done anything to it."""
    part = make_part(
        held,
        WorkItemKind.TRANSFER,
        next_number(services.store.parts.of(held.item)),
        act.leaver,
        state=WorkItemState.COMPLETED,
        sender=held.item.sender,
        owner=person.login,
        opinion=reason,
        created_at=services.now,
        ended_at=services.now,
    )
    services.store.work_items.add([part], held.tree.root.row)


def _hand_delegation(
    line: HandoverLine, act: Handover, person: Participant, services: Services
) -> None:
    """From now on the task comes back to the successor."""
    found = services.store.work_items.get(line.object_key)
    held = Held.read(found, services) if found is not None else None
    if held is None or not held.item.is_open or held.item.owner != act.leaver:
        raise _gone()
    item = replace(held.item, owner=None)
    refusal = refusal_of_item(replace(held, item=item), person)
    if refusal is not None:
        raise refusal
    if held.item.assignee == person.login:
        raise WrongStateError(
            f"此任务正由{person.name}代为填写，交回后再移交。",
            f"{person.name} is doing it now; hand it over when it has come back.",
        )
    move_or_refuse(services, held.item, held.item.state, owner=person.login)
    _note(line, act, person, services, item.name)


def _hand_matter(
    line: HandoverLine, act: Handover, person: Participant, services: Services
) -> None:
    """Make the successor the initiator; whoever has decided in the matter cannot become it."""
    tree = MatterTree.load(services, line.root_key)
    root = tree.root.row
    if root.initiator != act.leaver or not tree.root.is_active:
        raise _gone()
    refusal = refusal_of_matter(tree, person)
    if refusal is not None:
        raise refusal
    services.store.handovers.change_initiator(root.key, person.login)
    _note(line, act, person, services, "")


def refusal_of_matter(tree: MatterTree, person: Participant) -> WorkflowError | None:
    """Return why the successor cannot become the initiator, ``None`` if he can."""
    decided = tree.info.separation_of_duties and _has_decided(person.login, tree)
    if not decided and person.login not in tree.past.recused:
        return None
    return WrongStateError(
        f"{person.name}办理过本事项的审批环节或须回避，不能接手发起人，请另选人员。",
        f"{person.name} has decided in this matter or keeps away; choose another.",
    )


def _has_decided(login: str, tree: MatterTree) -> bool:
    for doing in tree.past.doings:
        step = tree.step_of(doing.process_id, doing.element_id)
        own = step is not None and step.properties.get("assignee") == "initiator"
        if login in doing.people and not own:
            return True
    return False


def _hand_substitution(
    line: HandoverLine, act: Handover, person: Participant, services: Services
) -> None:
    """End it; where the leaver stood in, the successor does for the days that are left."""
    store = services.store.substitutions
    row = store.get(line.object_key)
    if row is None or not store.revoke(row.key, act.created_by, services.now):
        raise _gone()
    if row.substitute == act.leaver:
        if person.login == row.principal:
            return
        new = replace(
            row,
            key=new_key(),
            substitute=person.login,
            starts_at=max(row.starts_at, services.now),
            created_at=services.now,
            created_by=act.created_by,
        )
        for other in store.unended(person.login, services.now):
            if other.principal == person.login and other.overlaps(new):
                raise WrongStateError(
                    f"{person.name}在此期间已委托他人代理，不能接手代理，请另选人员。",
                    f"{person.name} is away then; choose another.",
                )
        store.add(new)
    services.note(
        "substitution_handed_over",
        detail={"person": person.name, "reason": _said(act, services)},
    )


_KINDS: Final[
    dict[HandoverKind, Callable[[HandoverLine, Handover, Participant, Services], None]]
] = {
    HandoverKind.WORK_ITEM: _hand_item,
    HandoverKind.DELEGATION: _hand_delegation,
    HandoverKind.MATTER: _hand_matter,
    HandoverKind.SUBSTITUTION: _hand_substitution,
}


def _said(act: Handover, services: Services) -> str:
    leaver = services.participant(act.leaver)
    return f"由{leaver.name if leaver else act.leaver}移交：{act.reason}"


def _note(
    line: HandoverLine, act: Handover, person: Participant, services: Services, step: str
) -> None:
    administrator = services.participant(act.created_by)
    services.note(
        "matter_handed_over" if line.kind is HandoverKind.MATTER else "work_item_handed_over",
        root_key=line.root_key,
        element_name=step,
        detail={
            "person": person.name,
            "reason": _said(act, services),
            "by": administrator.name if administrator else act.created_by,
        },
    )


def _gone() -> NothingLeftError:
    return NothingLeftError(
        "已办结、已转给他人或已结束，无需移交。", "Done, with somebody else or over: nothing to do."
    )
