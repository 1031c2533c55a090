"""An added signer agrees or refuses, with everything that follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.bpmn import decode_values, is_return
from engine.commands.asking import part_step
from engine.commands.completed import describe, remarked, standing
from engine.commands.correcting import Correction
from engine.commands.deciding import signers_after, take_effect
from engine.commands.moving_on import move_on
from engine.commands.parts import next_number
from engine.commands.reasons import require_opinion
from engine.commands.step import alone, move_or_refuse, move_together, read_step, signature_of
from engine.commands.submission import Submission
from engine.errors import WrongStateError
from engine.model.duties import Doing
from engine.model.keys import new_key
from engine.model.states import WorkItemKind, WorkItemState
from engine.model.work import Move

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.bpmn import Outcome
    from engine.commands.completed import Completed
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.model.work import WorkItem


@dataclass(frozen=True, kw_only=True)
class SignWorkItem:
    """同意 / 不同意 of an added signer.

    The last agreement after a decision lets it take effect. A refusal leads back as the property
    ``sign.refused`` says: to whoever has the task (``back``), or along the drawn return
    (``return``).

    Attributes:
        work_item_key: the part.
        agree: or refuse.
        opinion: 1 to 500 characters.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: somebody else was asked.
        TaskGoneError: signed before, or the task was decided meanwhile.
        WrongStateError: not an added signature.
        ValidationFailedError: no opinion, or a record handler refused what follows.
    """

    work_item_key: str
    agree: bool
    opinion: str

    def execute(self, services: Services) -> Completed:
        """Close the part and do what follows."""
        step = read_step(services, self.work_item_key)
        step.require_actor()
        if step.item.kind not in (WorkItemKind.SIGN_BEFORE, WorkItemKind.SIGN_AFTER):
            raise WrongStateError(
                "此任务不是加签，请按页面上的按钮办理。",
                "This is no added signature; use the buttons of the page.",
            )
        opinion = require_opinion(self.opinion)
        outcome = "agree" if self.agree else "refuse"
        values = {
            "outcome": outcome,
            "opinion": opinion,
            "signature": signature_of(opinion, services),
            "ended_at": services.now,
            "ended_by": services.actor.login,
            "ended_role": step.verdict.role,
            "on_behalf_of": step.verdict.on_behalf_of,
        }
        completed = _follow(step, Move(step.item, WorkItemState.COMPLETED, values), services)
        if step.item.has_draft:
            services.store.work_items.drop_drafts(step.item.key)
        services.note(
            "signature_given" if self.agree else "signature_refused",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={"opinion": opinion, "remark": remarked(completed.remarks)},
        )
        return completed


def _follow(step: Step, signed: Move, services: Services) -> Completed:
    """Keep the signature and do what it leads to."""
    task, family = services.store.parts.family(step.item)
    parts = [
        replace(part, state=signed.to, **signed.values) if part.key == step.item.key else part
        for part in family
    ]
    whole = part_step(step, task)
    decided = task.state is WorkItemState.WAITING
    if decided and signed.values["outcome"] == "agree":
        return settle(whole, parts, services, signed)
    move_together(services, [signed])
    if not task.is_live or signed.values["outcome"] == "agree":
        return standing(step.tree)
    return _refuse(whole, parts, signed.values["opinion"], services, decided=decided)


def _refuse(
    whole: Step, parts: Sequence[WorkItem], opinion: str, services: Services, *, decided: bool
) -> Completed:
    """Lead a refused signature back, as the step says."""
    drawn = drawn_return(whole)
    if drawn is not None:
        return _send_back(whole, parts, drawn, opinion, services)
    if decided:
        _reopen(whole, parts, opinion, services)
    return standing(whole.tree)


def settle(step: Step, parts: Sequence[WorkItem], services: Services, *changed: Move) -> Completed:
    """Let a decision that waits take effect if nobody has to sign any more.

    Args:
        step: the task whose decision waits.
        parts: of the task, as they are when ``changed`` is written.
        services: the command's.
        changed: what is written with it.

    Raises:
        TaskGoneError: somebody else was faster.
    """
    task = step.item
    if signers_after(parts):
        if changed:
            move_together(services, changed)
        return standing(step.tree)
    ended = {"ended_at": services.now}
    over = [Move(part, WorkItemState.CANCELLED, ended) for part in parts if part.is_live]
    effect = Move(task, WorkItemState.COMPLETED, {"decision": None})
    move_together(services, [*changed, effect, *over])
    _remember_decider(step, services)
    variables = decode_values(task.decision or "{}")
    batch, correction = take_effect(alone(step), _as_decided(step), variables, services)
    return describe(step.tree, batch, services, correction.remarks)


def _remember_decider(step: Step, services: Services) -> None:
    """Let the rest of the command know whose decision has taken effect."""
    task = step.item
    step.tree.past.doings.append(
        Doing(
            process_id=task.process_id,
            element_id=task.element_id,
            login=task.ended_by or services.actor.login,
            on_behalf_of=task.on_behalf_of,
            role=task.ended_role,
            kind=task.kind,
            at=services.now,
        )
    )


def _as_decided(step: Step) -> Submission:
    """Return the decision that waits as it was handed in, without the form that is stored."""
    drawn = step.node.model.outcomes(step.element.id)
    outcome = next(one for one in drawn if one.key == step.item.outcome)
    return Submission(
        outcome=outcome,
        returns=is_return(step.element, outcome.key),
        opinion=step.item.opinion,
        form=None,
        checked=None,
        variables={},
    )


def drawn_return(step: Step) -> Outcome | None:
    """Return the drawn outcome that a refused signature takes, ``None`` if it leads back."""
    if step.element.properties.get("sign.refused") != "return":
        return None
    drawn = step.node.model.outcomes(step.element.id)
    return next((one for one in drawn if is_return(step.element, one.key)), None)


def _send_back(
    step: Step, parts: Sequence[WorkItem], drawn: Outcome, opinion: str, services: Services
) -> Completed:
    """Take the drawn return in the name of whoever has the task."""
    task, signer = step.item, services.person.name
    holder = task.ended_by or task.assignee
    services.store.parts.end(
        [*pending(parts), *(part for part in parts if part.is_live)], services.now
    )
    move_or_refuse(
        services,
        task,
        WorkItemState.COMPLETED,
        ended_at=services.now,
        ended_by=holder,
        outcome=drawn.key,
        outcome_label=drawn.label,
        opinion=f"加签人{signer}不同意：{opinion}",
        decision=None,
    )
    services.store.work_items.drop_drafts(task.key)
    batch = move_on(step, {"outcome": drawn.key}, Correction(), services, returns=True)
    return describe(step.tree, batch, services)


def _reopen(step: Step, parts: Sequence[WorkItem], opinion: str, services: Services) -> None:
    """Give a decision back to who made it; whoever had to sign has to sign the next one."""
    task = step.item
    asked = [part for part in parts if part.kind is WorkItemKind.SIGN_AFTER]
    # Somebody's last part says whether he was removed; earlier ones belong to earlier decisions.
    latest = {part.assignee: part for part in asked}
    still = [part for part in latest.values() if part.state is not WorkItemState.CANCELLED]
    move_or_refuse(
        services,
        task,
        WorkItemState.CLAIMED,
        ended_at=None,
        ended_by=None,
        ended_role="",
        outcome="",
        outcome_label="",
        opinion="",
        decision=None,
        sender=services.actor.login,
        request=opinion,
    )
    open_parts = [part for part in still if part.is_open]
    services.store.parts.end([*open_parts, *pending(parts)], services.now)
    number = next_number(parts)
    again = [_again(part, number + place, services) for place, part in enumerate(still)]
    services.store.work_items.add(again, step.tree.root.row)


def pending(parts: Sequence[WorkItem]) -> list[WorkItem]:
    """Return the part that stands for the decision which waits."""
    return [
        part
        for part in parts
        if part.kind is WorkItemKind.DECISION and part.state is WorkItemState.COMPLETED
    ]


def _again(part: WorkItem, number: int, services: Services) -> WorkItem:
    """Return a signature that was asked for as one that is asked for anew."""
    return replace(
        part,
        key=new_key(),
        part=number,
        state=WorkItemState.WAITING,
        created_at=services.now,
        opened_at=None,
        ended_at=None,
        ended_by=None,
        ended_role="",
        on_behalf_of=None,
        outcome="",
        opinion="",
    )
