"""The one choke point that says whether a person may act on a work item, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import MatterSuspendedError, NotAllowedError, TaskGoneError
from engine.model.duties import acting_name
from engine.model.states import WorkItemState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.duties import Bar
    from engine.commands.services import Services
    from engine.errors import WorkflowError
    from engine.model.participants import Membership, Participant
    from engine.model.work import WorkItem


@dataclass(frozen=True)
class Verdict:
    """May this person act?

    Attributes:
        allowed: yes or no.
        role: role key through which, empty when none is needed.
        reason_zh: why not, Chinese, empty when allowed.
        reason_en: why not, English.
        visible: the person may at least see the work item.
        on_behalf_of: login of the principal for whom, ``None`` in one's own right.
        suspended: only the matter's suspension is in the way.
    """

    allowed: bool
    role: str = ""
    reason_zh: str = ""
    reason_en: str = ""
    visible: bool = True
    on_behalf_of: str | None = None
    suspended: bool = False


def admitting_membership(person: Participant, item: WorkItem) -> Membership | None:
    """Return the membership that makes the person a candidate, ``None`` if none does."""
    for candidate in item.candidates:
        for membership in person.memberships:
            if candidate.admits(membership):
                return membership
    return None


def judge(person: Participant, item: WorkItem, *, bars: Mapping[str, Bar]) -> Verdict:
    """Say whether ``person`` may act on ``item`` now.

    Args:
        person: the participant.
        item: an open work item.
        bars: ``{login: why}`` of whom separation of duties keeps away from this item.
    """
    membership = admitting_membership(person, item)
    named = any(candidate.names(person) for candidate in item.candidates)
    role = membership.role if membership else ""
    if item.state is WorkItemState.WAITING and person.login in (item.assignee, item.holder):
        return _waiting(item, role)
    if item.holder == person.login:
        return _separated(person, bars, role)
    handed = _handed_on(person, item, role)
    if handed is not None:
        return handed
    if membership is None and not named:
        return Verdict(
            allowed=False,
            visible=False,
            reason_zh="此任务不属于您的岗位或单位。如需办理，请联系管理员调整岗位。",
            reason_en="This task is not for your post or unit; ask an administrator.",
        )
    return _taken(item, role) or _separated(person, bars, role)


def _waiting(item: WorkItem, role: str) -> Verdict:
    """Say so to a person whose decision waits, or whose turn has not come."""
    if item.is_task:
        return Verdict(
            allowed=False,
            role=role,
            reason_zh="您已作出决定，加签人全部同意后生效；如不再需要加签，可以减签。",
            reason_en="You have decided; it takes effect when every added signer has agreed,"
            " or when you remove those who are not needed any more.",
        )
    return Verdict(
        allowed=False,
        role=role,
        reason_zh="办理人作出决定后才轮到您签署。",
        reason_en="Your turn comes when the task itself has been decided.",
    )


def _handed_on(person: Participant, item: WorkItem, role: str) -> Verdict | None:
    """Say so to a person who has given the task to somebody else."""
    if item.owner == person.login:
        return Verdict(
            allowed=False,
            role=role,
            reason_zh="您已把此任务委派给他人；对方交回后由您继续办理，如不再需要可以收回委派。",
            reason_en="You have delegated this task; it comes back to you, or you take it back.",
        )
    gave = item.is_task and item.request and item.sender == person.login
    if gave and item.state is WorkItemState.CLAIMED:
        return Verdict(
            allowed=False,
            role=role,
            reason_zh="您已把此任务转给他人办理，无需再办。",
            reason_en="You have given this task to somebody else; there is nothing left to do.",
        )
    return None


def _taken(item: WorkItem, role: str) -> Verdict | None:
    """Say so to a candidate when somebody else has the task or has decided it."""
    if item.state is WorkItemState.WAITING:
        return Verdict(
            allowed=False,
            role=role,
            reason_zh="同岗位的人员已对此任务作出决定，正在等待加签，您无需办理。",
            reason_en="A colleague has decided this task; it waits for added signatures.",
        )
    if item.state is WorkItemState.CLAIMED:
        return Verdict(
            allowed=False,
            role=role,
            reason_zh="此任务已由他人认领。对方释放后您才能办理。",
            reason_en="Somebody else has claimed this task; it must be released first.",
        )
    return None


def _separated(person: Participant, bars: Mapping[str, Bar], role: str) -> Verdict:
    bar = bars.get(person.login)
    if bar is None:
        return Verdict(allowed=True, role=role)
    return Verdict(allowed=False, role=role, reason_zh=bar.reason_zh, reason_en=bar.reason_en)


def require_open(item: WorkItem, services: Services) -> None:
    """Refuse a work item that is finished, saying who did it and when.

    Raises:
        TaskGoneError: completed or cancelled.
    """
    if item.is_open:
        return
    if item.ended_at is None or item.ended_by is None:
        raise gone(item, "", "", services)
    logins = [login for login in (item.ended_by, item.on_behalf_of) if login]
    people = services.store.identity.people(logins)
    name, unit, _active = people.get(item.ended_by, (item.ended_by, "", True))
    principal = people.get(item.on_behalf_of or "", ("", "", True))[0]
    raise gone(item, acting_name(name, principal), unit, services)


def gone(item: WorkItem, name: str, unit: str, services: Services) -> TaskGoneError:
    """Return the error for a finished work item."""
    from engine.clock import OFFICE_ZONE

    if item.state is WorkItemState.CANCELLED or item.ended_at is None:
        return TaskGoneError(
            f"任务“{item.name}”已被撤销或退回，无需再办理。您填写的内容没有提交，请返回待办列表。",
            f"The task “{item.name}” was cancelled; nothing you typed was submitted."
            " Go back to your list.",
        )
    moment = item.ended_at.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M")
    outcome = f"（{item.outcome_label}）" if item.outcome_label else ""
    return TaskGoneError(
        f"任务“{item.name}”已由{unit}{name}于 {moment} 办理完毕{outcome}，您的提交没有生效。",
        f"The task “{item.name}” was completed by {name} ({unit}) at {moment} (Beijing time);"
        " your submission had no effect.",
    )


def require_allowed(verdict: Verdict) -> None:
    """Raise unless the verdict is yes.

    Raises:
        NotAllowedError: with the verdict's reason.
        MatterSuspendedError: the same, where only the suspension is in the way.
    """
    if not verdict.allowed:
        raise refusal_of(verdict)


def refusal_of(verdict: Verdict) -> WorkflowError:
    """Return the error that a verdict which is no means."""
    kind = MatterSuspendedError if verdict.suspended else NotAllowedError
    return kind(verdict.reason_zh, verdict.reason_en)
