"""What a completed step sets in motion: as drawn, or straight back to whoever had returned it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.bpmn import Marking
from engine.commands.calling import starts_of
from engine.commands.places import Places
from engine.commands.progress import Cause, Progress
from engine.commands.returning import ReturnPolicy, return_policy
from engine.commands.routes import moving_from
from engine.commands.step import leave
from engine.model.states import Arrival
from engine.model.work import ReturnSlip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.commands.calling import CallStarts
    from engine.commands.correcting import Correction, WayBack
    from engine.commands.resting import RowBatch
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.model.work import WorkItem


def move_on(
    step: Step,
    variables: Mapping[str, Any],
    correction: Correction,
    services: Services,
    *,
    returns: bool,
) -> RowBatch:
    """Complete the token and run the matter to rest.

    Args:
        step: the completed work item.
        variables: what its output mappings read.
        correction: what follows if it was a corrected one.
        services: of the command.
        returns: the chosen outcome is drawn as a return.
    """
    if correction.back is not None:
        return _straight_back(step, variables, correction.back, correction.stale, services)
    item, node = step.item, step.node
    # A decision that waited for signatures is its maker's, whoever signed last.
    login = item.ended_by or services.actor.login
    if returns:
        _keep_slip(step, services)
        cause = Cause(login, item.key, Arrival.RETURN, item.key)
    else:
        cause = Cause(login, key=item.key)
    run = Progress(step.tree, services, cause)
    for other in correction.stale:
        _do_again(step, other, run, services)
    node.complete(item.token_id, variables, services.now)
    return run.run(node)


def _straight_back(
    step: Step,
    variables: Mapping[str, Any],
    back: WayBack,
    stale: Sequence[WorkItem],
    services: Services,
) -> RowBatch:
    slip = back.slip
    node = step.tree.nodes[slip.instance_key]
    moving = moving_from(step.item, step.tree)[slip.instance_key]
    cause = Cause(services.actor.login, back.returner.returned_from, Arrival.RESUME, step.item.key)
    starts: CallStarts = {}
    run = Progress(step.tree, services, cause, starts)
    for other in stale:
        _do_again(step, other, run, services)
    step.node.interpreter.submit(step.item.token_id, dict(variables), now=services.now)
    leave(step)
    tokens = node.interpreter.restore(
        moving,
        Marking.from_text(slip.marking),
        now=services.now,
        done=step.item.token_id if node is step.node else "",
    )
    for old, start in starts_of(slip.calls).items():
        if old in tokens:
            starts[node.row.key, tokens[old]] = start
    return run.run(node)


def _do_again(step: Step, other: WorkItem, run: Progress, services: Services) -> None:
    """Go back to a step of a parallel branch whose approval no longer stands."""
    places = Places(step.tree)
    here, there = (
        places.of(step.item.instance_key, step.item.element_id),
        places.of(other.instance_key, other.element_id),
    )
    depth = next(n for n, (a, b) in enumerate(zip(here, there, strict=False)) if a != b)
    around = here[:depth]
    for instance_key, (token_id, *_) in moving_from(step.item, step.tree).items():
        node = step.tree.nodes[instance_key]
        if node.row.process_id != there[depth].process_id:
            continue
        if places.around(node) != around[: len(places.around(node))]:
            continue
        element_id = there[depth].element_id
        scope = node.interpreter.scope_of(token_id, element_id)
        if scope:
            effect = node.interpreter.re_enter(scope, element_id, now=services.now)
            run.arrives(node, effect.token_id, Arrival.RETURN)
            return


def _keep_slip(step: Step, services: Services) -> None:
    """Keep where a drawn return came from, if the step asks to get the matter straight back."""
    if return_policy(step.element) is not ReturnPolicy.RESUME or step.element.loop is not None:
        return
    slip = ReturnSlip(
        work_item_key=step.item.key,
        root_key=step.root_key,
        instance_key=step.node.row.key,
        marking=step.node.interpreter.capture(step.item.token_id).to_text(),
        calls={},
        resumes=True,
    )
    services.store.returns.add(slip)
