"""Faults planted into the verbs, to prove that a random day notices them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.bpmn import reach
from engine.commands import (
    assignment,
    authority,
    choosing,
    complete_work_item,
    correcting,
    course,
    deciding,
    duties,
    release_work_item,
    return_work_item,
    standing_in,
    step,
    transfer_work_item,
    withdraw_instance,
)
from engine.commands.services import Services
from engine.model.states import WorkItemState
from engine.runtime import Engine
from engine.store.work_items import WorkItems

if TYPE_CHECKING:
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


PLANTED: Final = (
    separation_is_forgotten,
    separation_holds_in_one_direction_only,
    anybody_may_act,
    anybody_may_be_chosen,
    a_colleague_decides_what_waits_for_signatures,
    a_transfer_gives_nothing,
    the_delegate_decides,
    signatures_before_are_not_awaited,
    signatures_after_are_not_awaited,
    tasks_survive_the_end_of_their_token,
    a_return_leaves_the_other_branches,
    a_return_goes_to_what_was_undone,
    straight_back_whatever_has_changed,
    withdrawn_after_somebody_has_looked,
    a_released_task_is_gone,
    a_refusal_leaves_no_line,
    a_delegation_leaves_no_line,
)
