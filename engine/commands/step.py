"""What all commands on one work item share: reading it, judging, moving the matter on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.commands.authority import Verdict, gone, require_allowed, require_open
from engine.commands.duties import bars_of, recusals_of
from engine.commands.matter import MatterTree
from engine.commands.services import key_of
from engine.commands.standing_in import judge_actor
from engine.commands.suspending import held
from engine.errors import NotFoundError
from engine.model.duties import Doing
from engine.model.participants import SYSTEM
from engine.model.states import WorkItemKind, WorkItemState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from engine.bpmn import Element
    from engine.commands.duties import Bar
    from engine.commands.matter import Node
    from engine.commands.services import Services
    from engine.model.work import Move, WorkItem


@dataclass(frozen=True)
class Step:
    """A work item in its matter.

    Attributes:
        item: the work item as read.
        tree: its matter, locked for this command.
        node: the instance it belongs to.
        element: its user task in the model.
        bars: ``{login: why}`` of whom separation of duties keeps away.
        verdict: may the actor act on it.
    """

    item: WorkItem
    tree: MatterTree
    node: Node
    element: Element
    bars: Mapping[str, Bar]
    verdict: Verdict

    @property
    def root_key(self) -> int:
        """Key of the root instance."""
        return self.item.root_key

    def require_actor(self) -> None:
        """Refuse an actor who may not act.

        Raises:
            NotAllowedError: with the reason.
        """
        require_allowed(self.verdict)


def read_work_item(services: Services, work_item_key: str) -> WorkItem:
    """Return a work item by the text of its key.

    Raises:
        NotFoundError: there is none.
    """
    key = key_of(work_item_key, "任务", "task")
    login = services.actor.login
    item, person = services.store.work_items.for_actor(key, login, lock=services.writing)
    if item is None:
        raise NotFoundError("任务", "task", work_item_key)
    services.meet(login, person)
    if services.writing:
        services.locked.add(item.root_key)
    return item


def read_step(services: Services, work_item_key: str) -> Step:
    """Read a work item with its matter and judge the actor.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: the actor may not even see it.
        TaskGoneError: it is finished; says who did it and when.
    """
    item = read_work_item(services, work_item_key)
    step = placed(item, MatterTree.load(services, item.root_key), services)
    if step.verdict.on_behalf_of:
        services.acting_for = services.participant(step.verdict.on_behalf_of)
    if not step.verdict.visible:
        step.require_actor()
    if not item.is_live:
        require_open(item, services)
    return step


def placed(item: WorkItem, tree: MatterTree, services: Services) -> Step:
    """Return a work item, ended or not, in its matter with what the actor may do with it."""
    node = tree.nodes[item.instance_key]
    element = tree.element(item.instance_key, item.element_id)
    roles = [candidate.role for candidate in item.candidates if candidate.role]
    # Who is only asked for an opinion decides nothing.
    bars = bars_of(element, node.model, tree, roles=roles)
    barred = recusals_of(tree) if item.kind is WorkItemKind.CONSULT else bars
    # A program that embeds the engine acts as the system; people never log in under that name.
    verdict = (
        Verdict(allowed=True)
        if services.actor.login == SYSTEM.login
        else judge_actor(item, tree.root.row, services, bars=barred)
    )
    if item.round_key and item.is_open and item.assignee != services.actor.login:
        verdict = _one_vote_each(verdict, node.interpreter.voters_beside(item.token_id), services)
    if tree.root.row.suspended_at is not None:
        verdict = held(verdict)
    return Step(item, tree, node, element, bars, verdict)


def _one_vote_each(verdict: Verdict, voters: Collection[str], services: Services) -> Verdict:
    """Let nobody who votes himself cast the ballot of somebody else in the same round."""
    if not verdict.allowed or services.actor.login not in voters:
        return verdict
    return Verdict(
        allowed=False,
        role=verdict.role,
        reason_zh="您本人也是本轮投票人，一人只能投一次票，不能再投他人的票。",
        reason_en="You vote in this round yourself; nobody votes twice, not for others either.",
    )


def move_or_refuse(services: Services, item: WorkItem, to: WorkItemState, **values: object) -> None:
    """Change a work item's state; the loser of a race learns who won.

    Raises:
        TaskGoneError: somebody else was faster.
    """
    if services.store.work_items.move(item, to, **values):
        return
    fresh = services.store.work_items.get(item.key)
    if fresh is not None:
        require_open(fresh, services)
    raise gone(item, "", "", services)


def move_together(services: Services, moves: Sequence[Move]) -> None:
    """Change several work items of one matter in one statement; the first is the actor's own.

    Raises:
        TaskGoneError: somebody else was faster.
    """
    if services.store.work_items.move_all(moves):
        return
    fresh = services.store.work_items.get(moves[0].item.key)
    if fresh is not None:
        require_open(fresh, services)
    raise gone(moves[0].item, "", "", services)


def claim_first(step: Step, services: Services) -> None:
    """Take a task that nobody has, because what the actor does at it makes it his."""
    if step.item.state is WorkItemState.OFFERED:
        move_or_refuse(
            services,
            step.item,
            WorkItemState.CLAIMED,
            assignee=services.actor.login,
            on_behalf_of=step.verdict.on_behalf_of,
            opened_at=step.item.opened_at or services.now,
        )


def leave(step: Step) -> None:
    """Let the token of a completed work item go: only parts of it are still to be cancelled."""
    if step.node.waiting and not step.item.has_parts:
        step.node.rested.pop(step.item.token_id, None)


def alone(step: Step) -> Step:
    """Return a step all of whose parts have ended."""
    if not step.item.has_parts:
        return step
    return replace(step, item=replace(step.item, has_parts=False))


def close(
    step: Step,
    outcome: str,
    label: str,
    opinion: str,
    services: Services,
    *,
    later: str | None = None,
) -> None:
    """End the actor's work on an item with what was decided and forget its drafts.

    Its parts end with the token, unless ``later``, the variables of a decision that takes effect
    later, keeps both.

    Raises:
        TaskGoneError: somebody else was faster.
    """
    move_or_refuse(
        services,
        step.item,
        WorkItemState.COMPLETED if later is None else WorkItemState.WAITING,
        assignee=services.actor.login,
        ended_at=services.now,
        ended_by=services.actor.login,
        ended_role=step.verdict.role,
        on_behalf_of=step.verdict.on_behalf_of,
        outcome=outcome,
        outcome_label=label,
        opinion=opinion,
        signature=signature_of(opinion, services),
        decision=later,
    )
    _remember_doing(step, services)
    if step.item.has_draft:
        services.store.work_items.drop_drafts(step.item.key)


def _remember_doing(step: Step, services: Services) -> None:
    """Let the rest of the command know who has just decided here."""
    step.tree.past.doings.append(
        Doing(
            process_id=step.item.process_id,
            element_id=step.item.element_id,
            login=services.actor.login,
            on_behalf_of=step.verdict.on_behalf_of,
            role=step.verdict.role,
            kind=step.item.kind,
            at=services.now,
        )
    )


def signature_of(opinion: str, services: Services) -> str | None:
    """Return the actor's signature for an opinion; a program has none."""
    if not opinion or services.actor.login == SYSTEM.login:
        return None
    return services.person.signature
