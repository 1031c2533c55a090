"""委派: somebody else does the task, its owner decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.commands import (
    CompleteWorkItem,
    DelegateWorkItem,
    HandBackWorkItem,
    ReleaseWorkItem,
    ReturnWorkItem,
    TakeBackWorkItem,
    TransferWorkItem,
)
from engine.errors import NotAllowedError, ValidationFailedError, WrongStateError
from tests.support.memo import STRUCTURES
from tests.support.verbs import do, entries, fields_of, listed, page, verb_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver


@pytest.fixture
def delegated(memo: ProcessDriver) -> ProcessDriver:
    """Give a memo that bai has delegated to dai, who holds another post of the unit."""
    do(memo, "bai", DelegateWorkItem, to="dai", reason="请核对金额")
    return memo


@pytest.mark.parametrize("structure", STRUCTURES)
def test_it_comes_back_to_its_owner_in_every_structure(
    begun: Callable[[str], ProcessDriver], structure: str
) -> None:
    driver = begun(structure)
    task = driver.key_at("handle")

    do(driver, "bai", DelegateWorkItem, to="dai", reason="请核对金额")
    assert page(driver, "dai", task).delegated
    do(driver, "dai", HandBackWorkItem, opinion="金额无误")

    view = page(driver, "bai", task)
    assert view.mine
    assert not view.delegated
    assert view.outcomes


def test_the_opinion_of_the_delegate_is_under_the_task(delegated: ProcessDriver) -> None:
    do(delegated, "dai", HandBackWorkItem, opinion="金额无误", answers={"points": "已核对"})

    (entry,) = entries(delegated)
    assert (entry.kind, entry.state) == ("delegate", "done")
    assert (entry.sender.name, entry.person.name) == ("白露", "戴维")
    assert (entry.request, entry.opinion) == ("请核对金额", "金额无误")
    assert page(delegated, "bai", delegated.key_at("handle")).answers == {"points": "已核对"}
    assert [row.action for row in delegated.audit()][-2:] == [
        "work_item_delegated",
        "work_item_handed_back",
    ]


def test_the_delegate_decides_nothing(delegated: ProcessDriver) -> None:
    view = page(delegated, "dai", delegated.key_at("handle"))

    assert view.outcomes == []
    assert [one.verb for one in view.verbs if one.allowed] == [
        "hand_back",
        "consult",
        "recuse",
        "circulate",
    ]
    with pytest.raises(WrongStateError, match="delegated to you"):
        do(delegated, "dai", CompleteWorkItem, outcome="approve", opinion="同意")
    with pytest.raises(WrongStateError, match="delegated to you"):
        do(delegated, "dai", ReturnWorkItem, target="draft", reason="不行")
    with pytest.raises(WrongStateError, match="delegated to you"):
        do(delegated, "dai", TransferWorkItem, to="cen", reason="不行")
    with pytest.raises(WrongStateError, match="delegated to you"):
        do(delegated, "dai", ReleaseWorkItem)


def test_the_owner_waits_or_takes_it_back(engine: Engine, delegated: ProcessDriver) -> None:
    view = page(delegated, "bai", delegated.key_at("handle"))
    assert not view.mine
    assert "委派" in view.refusal
    assert listed(engine, "bai") == []

    do(delegated, "bai", TakeBackWorkItem, reason="我先处理")

    (entry,) = entries(delegated)
    assert (entry.state, entry.opinion) == ("cancelled", "我先处理")
    assert listed(engine, "dai") == []
    assert listed(engine, "bai") == ["承办"]
    with pytest.raises(NotAllowedError):
        do(delegated, "dai", HandBackWorkItem, opinion="金额无误")


def test_only_the_owner_takes_back(delegated: ProcessDriver) -> None:
    with pytest.raises(NotAllowedError):
        do(delegated, "cen", TakeBackWorkItem, reason="我来")
    assert verb_at(delegated, "dai", "take_back") is None


def test_it_is_handed_back_with_an_opinion(delegated: ProcessDriver) -> None:
    with pytest.raises(Exception, match="opinion") as raised:
        do(delegated, "dai", HandBackWorkItem, opinion="  ")

    assert fields_of(raised.value) == {"opinion"}  # type: ignore[arg-type]
    assert page(delegated, "dai", delegated.key_at("handle")).mine


def test_it_may_be_delegated_again_after_it_came_back(delegated: ProcessDriver) -> None:
    do(delegated, "dai", HandBackWorkItem, opinion="金额无误")
    with pytest.raises(ValidationFailedError, match="what you ask"):
        do(delegated, "bai", DelegateWorkItem, to="cen", reason=" ")

    do(delegated, "bai", DelegateWorkItem, to="cen", reason="请再看")

    assert [entry.state for entry in entries(delegated)] == ["done", "current"]
