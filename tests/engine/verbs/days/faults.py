"""Faults planted into the verbs, to prove that a random day notices them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.bpmn import reach
from engine.commands import (
    agree_in_batch,
    assignment,
    authority,
    choosing,
    complete_work_item,
    correcting,
    course,
    deciding,
    duties,
    follow_staff_change,
    hand_over_items,
    recall_work_item,
    recalling,
    release_work_item,
    return_work_item,
    standing_in,
    step,
    transfer_work_item,
    withdraw_instance,
)
from engine.commands.services import Services
from engine.model.states import WorkItemState
from engine.model.voting import Tally, Threshold, VoteRule
from engine.runtime import Engine
from engine.store.work_items import WorkItems

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def separation_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    for module in (step, choosing, assignment):
        patch.setattr(module, "bars_of", lambda *_args, **_facts: {})


def separation_holds_in_one_direction_only(patch: pytest.MonkeyPatch) -> None:
    right = duties.separated_steps

    def one_way(model: Any) -> dict[str, frozenset[str]]:
        return {
            key: frozenset(other for other in others if other < key)
            for key, others in right(model).items()
        }

    patch.setattr(duties, "separated_steps", one_way)


def anybody_may_act(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(standing_in, "judge", lambda *_args, **_bars: authority.Verdict(allowed=True))


def anybody_may_be_chosen(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(choosing.Chooser, "bar", lambda *_: None)


def a_colleague_decides_what_waits_for_signatures(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(authority, "_taken", lambda *_: None)


def a_transfer_gives_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(transfer_work_item, "give", lambda *_args, **_values: None)


def the_delegate_decides(patch: pytest.MonkeyPatch) -> None:
    for module in (complete_work_item, return_work_item):
        patch.setattr(module, "decision_refusal", lambda *_: None)


def signatures_before_are_not_awaited(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deciding, "_unanswered", lambda *_: [])


def signatures_after_are_not_awaited(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(complete_work_item, "signers_after", lambda _parts: [])


def tasks_survive_the_end_of_their_token(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(WorkItems, "cancel", lambda *_: None)


def a_return_leaves_the_other_branches(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reach.Reach, "_left_splits", lambda _self: set())


def a_return_goes_to_what_was_undone(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(course, "_still_back", lambda _tasks: [])


def straight_back_whatever_has_changed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(correcting._Correcting, "_against", lambda *_: ())


def withdrawn_after_somebody_has_looked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(withdraw_instance, "_looked_at", lambda *_: False)


def a_released_task_is_gone(patch: pytest.MonkeyPatch) -> None:
    right = step.move_or_refuse

    def lose(services: Any, item: Any, _to: Any, **values: Any) -> None:
        right(services, item, WorkItemState.CANCELLED, **values)

    patch.setattr(release_work_item, "move_or_refuse", lose)


def a_refusal_leaves_no_line(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Engine, "_keep_refusal", lambda *_: None)


def a_delegation_leaves_no_line(patch: pytest.MonkeyPatch) -> None:
    right = Services.note

    def note(self: Services, action: str, **facts: Any) -> None:
        if action != "work_item_delegated":
            right(self, action, **facts)

    patch.setattr(Services, "note", note)


def a_vote_passes_with_one_vote_less(patch: pytest.MonkeyPatch) -> None:
    right = Threshold.needed
    patch.setattr(Threshold, "needed", lambda self, total: max(1, right(self, total) - 1))


def a_vote_goes_on_after_its_result(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(VoteRule, "verdict", _only_when_all_have_voted)


def _only_when_all_have_voted(rule: VoteRule, tally: Tally) -> bool | None:
    return tally.agreed >= rule.needed(tally.total) if tally.cast == tally.voters else None


def a_substitute_votes_twice(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(step, "_one_vote_each", lambda verdict, *_: verdict)


def a_substitute_may_do_what_the_principal_may_not(patch: pytest.MonkeyPatch) -> None:
    def judged(principal: Any, *_: Any) -> authority.Verdict:
        return authority.Verdict(allowed=True, on_behalf_of=principal.login)

    patch.setattr(standing_in, "_judge_for", judged)


def a_decision_is_recalled_after_somebody_has_gone_on(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(recalling.Decision, "is_acted_upon", property(lambda _self: False))


def anybody_recalls_a_decision(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(recall_work_item, "recalling_refusal", lambda *_: None)


def every_step_allows_a_batch(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(agree_in_batch, "allows_batch", lambda _element: True)


def recusal_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(duties, "recusals_of", lambda _tree: {})


def what_a_recused_person_has_stays(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(follow_staff_change, "place_anew", lambda *_: None)


def a_successor_needs_no_post(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(hand_over_items, "holds_post", lambda *_: True)


#: Each with what people have to be keen on, and the first day to try, for it to show soon.
PLANTED: Final[dict[Callable[[pytest.MonkeyPatch], None], tuple[str, int]]] = {
    separation_is_forgotten: ("apart", 2),
    separation_holds_in_one_direction_only: ("apart", 14),
    anybody_may_act: ("", 0),
    anybody_may_be_chosen: ("", 0),
    a_colleague_decides_what_waits_for_signatures: ("", 11),
    a_transfer_gives_nothing: ("", 0),
    the_delegate_decides: ("", 3),
    signatures_before_are_not_awaited: ("", 13),
    signatures_after_are_not_awaited: ("signatures", 2),
    tasks_survive_the_end_of_their_token: ("", 0),
    a_return_leaves_the_other_branches: ("returns", 56),
    a_return_goes_to_what_was_undone: ("returns", 11),
    straight_back_whatever_has_changed: ("", 39),
    withdrawn_after_somebody_has_looked: ("withdrawal", 9),
    a_released_task_is_gone: ("", 8),
    a_refusal_leaves_no_line: ("", 0),
    a_delegation_leaves_no_line: ("", 3),
    a_vote_passes_with_one_vote_less: ("", 0),
    a_vote_goes_on_after_its_result: ("", 0),
    a_substitute_votes_twice: ("substitutes", 7),
    a_substitute_may_do_what_the_principal_may_not: ("substitutes", 0),
    a_decision_is_recalled_after_somebody_has_gone_on: ("recall", 0),
    anybody_recalls_a_decision: ("recall", 0),
    every_step_allows_a_batch: ("", 32),
    recusal_is_forgotten: ("recusal", 3),
    what_a_recused_person_has_stays: ("recusal", 10),
    a_successor_needs_no_post: ("", 1),
}
