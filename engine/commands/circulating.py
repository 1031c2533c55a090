"""At which step somebody may circulate a matter, to whom, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.choosing import Chooser
from engine.commands.duties import Bar
from engine.commands.handing_on import is_offered
from engine.commands.standing_in import judge_actor
from engine.commands.step import placed
from engine.errors import NotAllowedError, WrongStateError
from engine.model.circulation import Circulation, Copy
from engine.model.keys import new_key
from engine.model.notices import NoticeEvent
from engine.model.states import WorkItemState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.matter import MatterTree
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.errors import WorkflowError
    from engine.model.work import WorkItem


def circulating_step(
    tree: MatterTree, items: Sequence[WorkItem], services: Services
) -> Step | None:
    """Return the step whose policy holds for the actor, ``None`` when he has none in the matter.

    That is the task that he has now, else the last one that he has done.
    """
    tasks = [item for item in items if item.is_task]
    for item in reversed(tasks):
        if item.is_open and judge_actor(item, tree.root.row, services, bars={}).allowed:
            return placed(item, tree, services)
    for item in reversed(tasks):
        if item.state is WorkItemState.COMPLETED and item.ended_by == services.actor.login:
            return placed(item, tree, services)
    return None


def circulating_refusal(
    step: Step | None, tree: MatterTree, services: Services
) -> WorkflowError | None:
    """Return why the actor cannot circulate the matter, ``None`` if he can."""
    if not tree.root.row.submitted:
        return WrongStateError(
            "事项尚未提交，不能抄送；请先提交。",
            "The matter is still a draft: submit it before you send copies.",
        )
    if step is None:
        return NotAllowedError(
            "办理过或正在办理此事项的人员才能抄送。",
            "Only those who have or had a task of this matter can send copies of it.",
        )
    if not is_offered(step, "circulate"):
        return WrongStateError("此环节不允许抄送。", "This step allows no copies.")
    return None


def reader_chooser(step: Step, services: Services) -> Chooser:
    """Return who may be sent a copy; a copy that was not read yet is enough."""
    has_one = Bar("已抄送此人，对方尚未阅读。", "This person has a copy and has not read it yet.")
    unread = services.store.circulations.unread_by(step.root_key)
    return Chooser(step, "circulate", services, taken=dict.fromkeys(unread, has_one))


def send_copies(
    step: Step, logins: Sequence[str], words: str, services: Services, *, ruled_by: str = ""
) -> None:
    """Keep copies for people and tell them.

    Args:
        step: at which they are sent.
        logins: the receivers.
        words: what the sender says.
        services: of the command.
        ruled_by: who has decided the step, when the model sends them; else the actor sends.
    """
    root = step.tree.root.row
    sender = ruled_by or services.actor.login
    head = Circulation(
        key=new_key(),
        root_key=root.key,
        process_id=root.process_id,
        work_item_key=step.item.key,
        step=step.item.name,
        sender=sender,
        words=words,
        sent_at=services.now,
        ruled=bool(ruled_by),
    )
    copies = [
        Copy(
            key=new_key(),
            circulation_key=head.key,
            root_key=root.key,
            process_id=root.process_id,
            receiver=login,
        )
        for login in logins
    ]
    services.store.circulations.add(head, copies)
    services.tell(NoticeEvent.CIRCULATED, logins, root_key=root.key, person=sender)
