"""Faults that are planted into the interpreter to prove that the walks can see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.bpmn import events, gateways, listening, loops, reach, scopes

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest

    from engine.bpmn.nodes import Flow
    from engine.bpmn.token import Token


def join_counts_tokens_not_flows(patch: pytest.MonkeyPatch) -> None:
    """Two tokens on one flow open a parallel join of two flows."""

    def arrived(self: Any, scope: Token, counts: dict[str, int]) -> None:
        if sum(counts.values()) >= 2:
            self.consume(scope, counts)

    patch.setattr(gateways.ParallelGateway, "arrived", arrived)


def inclusive_join_does_not_wait(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(gateways.LateJoin, "is_expected", lambda *_: False)


def boundary_does_not_interrupt(patch: pytest.MonkeyPatch) -> None:
    def trigger(self: Any, host: Token, variables: Any) -> None:
        self.write(host.parent, variables)
        self.enter(host.parent)

    patch.setattr(events.BoundaryEvent, "trigger", trigger)


def multi_instance_loses_one(patch: pytest.MonkeyPatch) -> None:
    right = loops.MultiInstance._items

    def items(self: Any, token: Token) -> tuple[list[Any] | None, int]:
        found, number = right(self, token)
        return (found[1:], number - 1) if found and number > 1 else (found, number)

    patch.setattr(loops.MultiInstance, "_items", items)


def results_in_order_of_completion(patch: pytest.MonkeyPatch) -> None:
    def deliver(self: Any, token: Token) -> None:
        if self.facts.output_collection:
            results = sorted(token.internal_data[loops.RESULTS], key=lambda value: value is None)
            token.workflow.assign(token.parent, self.facts.output_collection, results)

    patch.setattr(loops.MultiInstance, "_deliver", deliver)


def exclusive_gateway_takes_the_last_true_flow(patch: pytest.MonkeyPatch) -> None:
    right = gateways.ExclusiveGateway.choose

    def choose(self: Any, token: Token) -> Iterable[Flow]:
        variables = token.workflow.visible(token)
        true = [f for f in self.outgoing if f.condition and f.condition.is_true(variables)]
        return true[-1:] or right(self, token)

    patch.setattr(gateways.ExclusiveGateway, "choose", choose)


def listener_is_not_armed_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(listening.Listener, "_again", lambda *_: None)


def sub_process_ends_too_early(patch: pytest.MonkeyPatch) -> None:
    """What waits at a join inside does not count."""

    def end_if_empty(_self: Any, scope: Token) -> None:
        tasks = scope.workflow.tasks
        if all(tasks[key].task_spec.is_subscription for key in scope._children):
            scope.complete()

    patch.setattr(scopes.Scope, "end_if_empty", end_if_empty)


def interrupting_handler_leaves_the_rest(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(events, "empty", lambda _scope: None)


def terminate_ends_its_own_token_only(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(events.TerminateEnd, "perform", lambda *_: True)


def jump_keeps_what_waits_at_joins(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reach.Reach, "_left_splits", lambda _self: set())


PLANTED: Final = (
    join_counts_tokens_not_flows,
    inclusive_join_does_not_wait,
    boundary_does_not_interrupt,
    multi_instance_loses_one,
    results_in_order_of_completion,
    exclusive_gateway_takes_the_last_true_flow,
    listener_is_not_armed_again,
    sub_process_ends_too_early,
    interrupting_handler_leaves_the_rest,
    terminate_ends_its_own_token_only,
    jump_keeps_what_waits_at_joins,
)
