"""More voters, or fewer, while a vote runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.authority import refusal_of
from engine.commands.choosing import Chooser
from engine.commands.completed import Completed, describe
from engine.commands.duties import Bar
from engine.commands.handing_on import is_offered
from engine.commands.progress import Cause, Progress
from engine.commands.reasons import require_reason
from engine.commands.step import read_step
from engine.commands.voting import require_room, weighed
from engine.errors import WrongStateError, field_error

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.commands.replacing import Held
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.errors import WorkflowError
    from engine.model.voting import VoteRule
    from engine.model.work import WorkItem


@dataclass(frozen=True, kw_only=True)
class AddVoters:
    """增加投票人: whoever has still to vote lets others vote, too.

    Attributes:
        work_item_key: the actor's ballot.
        people: logins; property ``vote.people`` says who may be added.
        reason: 1 to 500 characters.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: not the actor's ballot.
        TaskGoneError: cast, or the round has ended.
        WrongStateError: no vote, or the step forbids it.
        ValidationFailedError: no reason, or somebody who may not vote or votes already.
    """

    work_item_key: str
    people: Sequence[str]
    reason: str

    def execute(self, services: Services) -> Completed:
        """Give them ballots."""
        step = read_step(services, self.work_item_key)
        refusal = adding_refusal(step)
        if refusal is not None:
            raise refusal
        reason = require_reason(self.reason)
        people = voter_chooser(step, services).require(self.people, "people")
        node, token_id = step.node, step.item.token_id
        require_room(len(node.interpreter.voters_beside(token_id)) + len(people))
        voters = weighed(people, _rule(step))
        node.interpreter.add_voters(token_id, voters, now=services.now)
        batch = Progress(step.tree, services, Cause(services.actor.login)).run(node)
        _note("voters_added", step, [person.name for person in people], reason, services)
        return describe(step.tree, batch, services)


@dataclass(frozen=True, kw_only=True)
class RemoveVoters:
    """减少投票人: who was added by the actor, or cannot log in any more, and has not voted.

    When the rest has decided, the round ends.

    Attributes:
        work_item_key: the actor's ballot.
        ballots: keys of the others' ballots.
        reason: 1 to 500 characters.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: not the actor's ballot.
        TaskGoneError: cast, or the round has ended.
        WrongStateError: no vote.
        ValidationFailedError: no reason, a ballot that the actor may not take back, or too few
            voters would be left.
    """

    work_item_key: str
    ballots: Sequence[str]
    reason: str

    def execute(self, services: Services) -> Completed:
        """Take the ballots back."""
        step = read_step(services, self.work_item_key)
        step.require_actor()
        items = services.store.work_items.of_matter(step.root_key)
        chosen = _chosen(self.ballots, removable_ballots(step, items, services))
        reason = require_reason(self.reason)
        node = step.node
        tally = node.interpreter.tally_of(step.item.token_id)
        left = tally.total - sum(item.weight for item in chosen)
        needed = _rule(step).needed(left)
        if needed > left:
            raise field_error(
                "ballots",
                "ERR_TOO_FEW",
                f"减少后一共只有 {left} 票，而通过需要 {needed} 票，请少减几人。",
                f"{left} votes would be left, but {needed} must agree; remove fewer.",
            )
        names = services.store.identity.people([item.assignee or "" for item in chosen])
        node.interpreter.remove_voters([item.token_id for item in chosen], now=services.now)
        batch = Progress(step.tree, services, Cause(services.actor.login)).run(node)
        people = [names[item.assignee or ""][0] for item in chosen]
        _note("voters_removed", step, people, reason, services)
        return describe(step.tree, batch, services)


def adding_refusal(step: Step) -> WorkflowError | None:
    """Return why the actor cannot let others vote, ``None`` if he can."""
    if not step.verdict.allowed:
        return refusal_of(step.verdict)
    if not step.item.round_key or not is_offered(step, "vote"):
        return WrongStateError("此环节不能增加投票人。", "Voters cannot be added to this step.")
    return None


def voter_chooser(step: Step, services: Services) -> Chooser:
    """Return who may be added to the round of a ballot."""
    votes = Bar("此人已是本轮投票人，不必重复。", "This person votes in this round already.")
    taken: Mapping[str, Bar] = {}
    if step.item.round_key:
        taken = dict.fromkeys(step.node.interpreter.voters_beside(step.item.token_id), votes)
    return Chooser(step, "vote", services, element_id=step.element.id, taken=taken)


def leave_round(held: Held, reason: str, services: Services) -> bool:
    """Take a voter out of his round who may not vote any more.

    Args:
        held: his ballot.
        reason: why, Chinese, for the trail.
        services: the command's.

    Returns:
        ``False`` when the others are too few to pass it; nothing has changed then.
    """
    item, node, rule = held.item, held.node, held.element.vote
    left = node.interpreter.tally_of(item.token_id).total - item.weight
    if rule is None or not left or rule.needed(left) > left:
        return False
    node.interpreter.remove_voters([item.token_id], now=services.now)
    Progress(held.tree, services, Cause(services.actor.login)).run(node)
    names = services.store.identity.people([item.assignee or ""])
    services.note(
        "voters_removed",
        root_key=item.root_key,
        element_name=item.name,
        detail={"people": [name for name, *_ in names.values()], "reason": reason},
    )
    return True


def removable_ballots(step: Step, items: Sequence[WorkItem], services: Services) -> list[WorkItem]:
    """Return the ballots that the actor may take out of his round."""
    login = services.actor.login
    others = [
        item
        for item in items
        if item.round_key and item.round_key == step.item.round_key
        if item.is_open and item.assignee and item.assignee != login
    ]
    active = services.store.staffing.active([item.assignee or "" for item in others])
    return [item for item in others if item.sender == login or item.assignee not in active]


def _chosen(wanted: Sequence[str], legal: Sequence[WorkItem]) -> list[WorkItem]:
    keys = {key.strip() for key in wanted if key.strip()}
    if not keys:
        raise field_error("ballots", "ERR_REQUIRED", "请选择要减少的投票人。", "Choose somebody.")
    chosen = [item for item in legal if str(item.key) in keys]
    if len(chosen) != len(keys):
        raise field_error(
            "ballots",
            "ERR_ENUM",
            "所选人员已投票，或不是您增加的，不能减少；请刷新页面后重新选择。",
            "Somebody has voted meanwhile, or was not added by you; reload and choose again.",
        )
    return chosen


def _rule(step: Step) -> VoteRule:
    if step.element.vote is None:
        raise WrongStateError("此环节不是表决环节。", "This step is no vote.")
    return step.element.vote


def _note(action: str, step: Step, people: list[str], reason: str, services: Services) -> None:
    services.note(
        action,
        root_key=step.root_key,
        role=step.verdict.role,
        element_name=step.item.name,
        detail={"people": people, "reason": reason},
    )
