"""Send a matter back to a step that was done before, wherever the diagram draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.calling import open_calls
from engine.commands.completed import Completed, answer_of, describe
from engine.commands.course import RETURNED
from engine.commands.deciding import decision_refusal
from engine.commands.places import Places
from engine.commands.progress import Cause, Progress
from engine.commands.reasons import require_reason
from engine.commands.requests import digest_of, earlier_answer, keep_answer
from engine.commands.returning import ReturnPolicy, return_policy, return_targets
from engine.commands.routes import Router
from engine.commands.step import close, leave, read_step
from engine.errors import WrongStateError, field_error
from engine.model.states import Arrival
from engine.model.work import ReturnSlip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.bpmn import JumpEffect
    from engine.commands.resting import RowBatch
    from engine.commands.returning import ReturnTarget
    from engine.commands.services import Services
    from engine.commands.step import Step


@dataclass(frozen=True, kw_only=True)
class ReturnWorkItem:
    """退回 to a step that was done on the way here; what lies between is done again.

    Attributes:
        work_item_key: the work item of whoever returns it.
        target: key of a ``ReturnTarget``; the id of its step is enough when only one has it.
        reason: 1 to 500 characters.
        policy: ``resume`` or ``replay`` where the step lets the person choose.
        seen: ``Effects.seen`` of what the person was shown, empty when nothing was.
        idempotency_key: the same for a repeated request, at most 80 characters.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished.
        ValidationFailedError: no reason given, or the effects are others than were shown.
        WrongStateError: the target is not one of ``return_targets``, or the task is delegated.
    """

    work_item_key: str
    target: str
    reason: str
    policy: str = ""
    seen: str = ""
    idempotency_key: str = ""

    def execute(self, services: Services) -> Completed:
        """Cancel the leaving tokens and re-enter the target."""
        digest = digest_of({"item": self.work_item_key, "target": self.target})
        command = type(self).__name__
        earlier = earlier_answer(services, self.idempotency_key, command, digest)
        if earlier is not None:
            return Completed.from_answer(earlier)
        step = read_step(services, self.work_item_key)
        step.require_actor()
        items = services.store.work_items.of_matter(step.root_key)
        parts = [item for item in items if item.parent_key == step.item.key]
        refusal = decision_refusal(step, parts, services)
        if refusal is not None:
            raise refusal
        reason = require_reason(self.reason)
        target = _chosen(return_targets(step, items), self.target)
        if self.seen not in ("", target.effects.seen):
            raise _changed()
        close(step, RETURNED, f"退回至{target.name}", reason, services)
        batch = _send_back(step, target, services, resumes=self._resumes(step))
        _note(step, target, reason, services)
        completed = describe(step.tree, batch, services)
        keep_answer(services, self.idempotency_key, command, digest, answer_of(completed))
        return completed

    def _resumes(self, step: Step) -> bool:
        policy = return_policy(step.element)
        if policy is ReturnPolicy.CHOOSE:
            return self.policy == ReturnPolicy.RESUME
        return policy is ReturnPolicy.RESUME


def _chosen(targets: Sequence[ReturnTarget], wanted: str) -> ReturnTarget:
    named = [target for target in targets if target.key == wanted] or [
        target for target in targets if target.key.rpartition("/")[2] == wanted
    ]
    if len(named) != 1:
        raise WrongStateError(
            "不能退回到所选环节，请重新选择退回目标。",
            "The matter cannot go back to that step; choose another one.",
        )
    return named[0]


def _changed() -> Exception:
    return field_error(
        "target",
        "ERR_STALE",
        "您查看此页后情况有变化，退回的影响已更新，请看清后再次确认。",
        "Things have changed since you opened this page; read the new effects and confirm again.",
    )


def _send_back(step: Step, target: ReturnTarget, services: Services, *, resumes: bool) -> RowBatch:
    item, tree, node = step.item, step.tree, target.route.node
    effect, starts = Router(tree, Places(tree)).go(target.route, services.now)
    leave(step)
    if resumes:
        services.store.returns.add(_slip(step, target, effect))
    cause = Cause(services.actor.login, item.key, Arrival.RETURN, item.key)
    return Progress(tree, services, cause, starts).run(node)


def _slip(step: Step, target: ReturnTarget, effect: JumpEffect) -> ReturnSlip:
    node = target.route.node
    ended = frozenset(row[0] for row in effect.marking.rows)
    return ReturnSlip(
        work_item_key=step.item.key,
        root_key=step.root_key,
        instance_key=node.row.key,
        marking=effect.marking.to_text(),
        calls=open_calls(node, step.tree, ended),
        resumes=True,
    )


def _note(step: Step, target: ReturnTarget, reason: str, services: Services) -> None:
    effects = target.effects
    services.note(
        "work_item_returned",
        root_key=step.root_key,
        role=step.verdict.role,
        element_name=step.item.name,
        detail={
            "target": target.name,
            "reason": reason,
            "cancelled": "、".join(item.name for item in effects.cancelled),
            "votes": "、".join(f"{name} {number}" for name, number in effects.votes),
        },
    )
