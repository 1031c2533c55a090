"""Every verb is one commit of at most 15 statements, one audit line, and refused without trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from engine.commands import (
    DelegateWorkItem,
    HandBackWorkItem,
    SaveDraft,
    TakeBackWorkItem,
    TransferWorkItem,
)
from engine.model.participants import Actor
from tests.support.counting import counted
from tests.support.verbs import audit_lines, do

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver


def nothing(_driver: ProcessDriver) -> None:
    """Nothing has to happen before."""


def a_draft(driver: ProcessDriver) -> None:
    do(driver, "bai", SaveDraft, answers={"points": "初步意见"})


def a_delegation(driver: ProcessDriver) -> None:
    a_draft(driver)
    do(driver, "bai", DelegateWorkItem, to="cen", reason="请核对")


@pytest.mark.parametrize(
    ("before", "by", "verb", "given"),
    [
        (a_draft, "bai", TransferWorkItem, {"to": "cen", "reason": "出差"}),
        (a_draft, "bai", DelegateWorkItem, {"to": "cen", "reason": "请核对"}),
        (a_delegation, "cen", HandBackWorkItem, {"opinion": "无误"}),
        (a_delegation, "bai", TakeBackWorkItem, {"reason": "不等了"}),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_verb_is_one_commit_of_at_most_15_statements_and_one_audit_line(
    engine: Engine,
    memo: ProcessDriver,
    before: Callable[[ProcessDriver], None],
    by: str,
    verb: type[Any],
    given: dict[str, Any],
) -> None:
    before(memo)
    command = verb(work_item_key=memo.key_at("handle"), **given)
    lines = audit_lines(engine)

    with counted(engine) as counts:
        engine.execute(command, Actor(login=by))

    assert counts["commits"] == 1
    assert counts["statements"] <= 15
    assert audit_lines(engine) == lines + 1
