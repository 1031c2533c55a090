"""转办: the task goes to somebody else for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.commands import CompleteWorkItem, ReleaseWorkItem, SaveDraft, TransferWorkItem
from engine.errors import NotAllowedError
from engine.model.participants import Actor
from engine.queries import Box, WhyQuery
from tests.support.memo import STRUCTURES
from tests.support.verbs import do, entries, listed, page, verb_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver


@pytest.mark.parametrize("structure", STRUCTURES)
def test_it_is_the_other_persons_in_every_structure(
    begun: Callable[[str], ProcessDriver], structure: str
) -> None:
    driver = begun(structure)
    task = driver.key_at("handle")

    do(driver, "bai", TransferWorkItem, to="cen", reason="我明日出差")

    assert driver.people_at("handle") >= {"cen"}
    driver.engine.execute(
        CompleteWorkItem(
            work_item_key=task,
            outcome="approve" if structure == "memo" else "complete",
            answers={"points": "已核实"},
            opinion="同意。",
        ),
        Actor(login="cen"),
    )
    ended = [item for item in driver.work_items if str(item.key) == task]
    assert [item.ended_by for item in ended] == ["cen"]


def test_both_see_who_gave_it_to_whom_and_why(memo: ProcessDriver) -> None:
    do(memo, "bai", TransferWorkItem, to="cen", reason="我明日出差")

    view = page(memo, "cen", memo.key_at("handle"))
    (entry,) = entries(memo)

    assert (view.mine, view.asked_by, view.request) == (True, "白露", "我明日出差")
    assert (entry.kind, entry.sender.name, entry.person.name) == ("transfer", "白露", "岑岚")
    assert entry.request == "我明日出差"
    why = memo.engine.ask(WhyQuery(work_item_key=view.key), Actor(login="cen"))
    assert why is not None
    assert "白露把此任务转给岑岚办理。" in why.people
    assert memo.audit()[-1].action == "work_item_transferred"
    assert memo.audit()[-1].detail == {"person": "岑岚", "reason": "我明日出差"}


def test_it_leaves_one_list_and_comes_to_the_other(engine: Engine, memo: ProcessDriver) -> None:
    do(memo, "bai", TransferWorkItem, to="cen", reason="出差")

    assert listed(engine, "bai") == []
    assert listed(engine, "bai", Box.DONE) == ["承办"]
    assert listed(engine, "cen") == ["承办"]


def test_what_was_filled_in_goes_along(memo: ProcessDriver) -> None:
    do(memo, "bai", SaveDraft, answers={"points": "初步意见"}, opinion="我的意见")
    do(memo, "bai", TransferWorkItem, to="cen", reason="出差")

    view = page(memo, "cen", memo.key_at("handle"))
    assert (view.answers, view.opinion) == ({"points": "初步意见"}, "")

    do(memo, "cen", TransferWorkItem, to="bai", reason="您更熟悉", answers={"points": "补充"})

    assert page(memo, "bai", memo.key_at("handle")).answers == {"points": "补充"}


def test_who_gave_it_away_may_look_but_not_act(memo: ProcessDriver) -> None:
    do(memo, "bai", TransferWorkItem, to="cen", reason="出差")

    view = page(memo, "bai", memo.key_at("handle"))
    verb = verb_at(memo, "bai", "transfer")

    assert (view.mine, view.refusal) == (False, "您已把此任务转给他人办理，无需再办。")
    assert verb is not None
    assert (verb.allowed, verb.reason) == (False, view.refusal)
    with pytest.raises(NotAllowedError, match="given this task"):
        do(memo, "bai", TransferWorkItem, to="cen", reason="再来一次")


def test_released_it_is_everybodys_again(memo: ProcessDriver) -> None:
    do(memo, "bai", TransferWorkItem, to="cen", reason="出差")

    do(memo, "cen", ReleaseWorkItem)

    assert memo.people_at("handle") == {"an", "bai", "cen"}
    assert page(memo, "bai", memo.key_at("handle")).mine


def test_the_verb_says_what_it_will_do(memo: ProcessDriver) -> None:
    verb = verb_at(memo, "bai", "transfer")

    assert verb is not None
    assert verb.allowed
    assert verb.effects == ["任务转到对方名下由对方办理和决定，您不再办理；已填写的内容一并转交。"]
