"""撤回办理: a decision is taken back while nobody has gone on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.commands import ConsultPeople, OpenWorkItem, RecallWorkItem
from engine.errors import NotAllowedError, ValidationFailedError, WrongStateError
from engine.model.participants import Actor
from tests.support.counting import counted
from tests.support.small_office import HOLDER, Desk, small_office
from tests.support.verbs import audit_lines, do, refusals

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.clock import FakeClock
    from engine.queries.views import VerbView
    from engine.settings import Settings
    from tests.support.process_driver import ProcessDriver


def recall(driver: ProcessDriver, by: str, reason: str = "写错了") -> None:
    verb = offered(driver, by)
    assert verb is not None
    command = RecallWorkItem(work_item_key=verb.at, reason=reason)
    driver.engine.execute(command, Actor(login=by))


def offered(driver: ProcessDriver, by: str) -> VerbView | None:
    return next((one for one in driver.view(by=by).verbs if one.verb == "recall"), None)


def begun(settings: Settings, clock: FakeClock, process_id: str) -> Desk:
    return Desk.begin(small_office(settings, clock, process_id), process_id)


def approved(memo: ProcessDriver, points: str = "无") -> ProcessDriver:
    drawn = memo.root.process_id == "memo"
    outcome, answers = ("approve", {"points": points}) if drawn else ("complete", {})
    memo.complete("handle", outcome, by="bai", answers=answers)
    return memo


@pytest.mark.parametrize("structure", ["memo", "memo_inside", "memo_called"])
def test_the_step_is_its_makers_again_in_every_structure(
    begun: Callable[[str], ProcessDriver], structure: str
) -> None:
    driver = approved(begun(structure))
    verb = offered(driver, "bai")
    assert verb is not None
    assert list(verb.effects) == [
        "“承办”回到您的待办，重新作出决定。",
        "“审批”的待办将取消。",
    ]

    recall(driver, "bai")

    assert driver.waiting_at == {"handle"}
    assert driver.people_at("handle") == {"bai"}
    last = "approve" if structure == "memo" else "complete"
    approved(driver, "改").complete("approve", last, by="dai")
    assert driver.state == "completed"
    assert "work_item_recalled" in [line.action for line in driver.audit()]


def test_the_branch_leaves_its_join_and_the_others_are_not_touched(
    settings: Settings, clock: FakeClock
) -> None:
    desk = begun(settings, clock, "back_parallel")
    by = HOLDER["finance"]
    desk.do("finance")
    others = desk.waiting_at

    recall(desk.matter, by)

    assert desk.waiting_at == sorted([*others, "finance"])
    desk.do("finance", "legal_first", "legal_second", "publish")
    assert desk.matter.state == "completed"
    desk.matter.engine.close()


def test_behind_the_join_only_the_last_branch_is_open_again(
    settings: Settings, clock: FakeClock
) -> None:
    desk = begun(settings, clock, "back_parallel")
    desk.do("finance", "legal_first", "legal_second")
    assert desk.waiting_at == ["publish"]
    assert offered(desk.matter, HOLDER["finance"]).allowed is False  # type: ignore[union-attr]

    recall(desk.matter, HOLDER["legal_second"])

    assert desk.waiting_at == ["legal_second"]
    desk.do("legal_second", "publish")
    assert desk.matter.state == "completed"
    desk.matter.engine.close()


def test_not_when_somebody_has_gone_on(memo: ProcessDriver) -> None:
    key = next(str(one.key) for one in memo.work_items if one.element_id == "handle")
    approved(memo)
    memo.engine.execute(OpenWorkItem(work_item_key=memo.key_at("approve")), Actor(login="dai"))
    assert offered(memo, "bai").allowed  # type: ignore[union-attr] # looking is not acting
    do(memo, "dai", ConsultPeople, at="approve", people=["gu"], request="可以吗？")

    verb = offered(memo, "bai")

    assert verb is not None
    assert (verb.allowed, verb.reason[:8]) == (False, "下一环节已经查看")
    lines = audit_lines(memo.engine)
    for by, error in (("bai", WrongStateError), ("cen", NotAllowedError)):
        with pytest.raises(error):
            memo.engine.execute(RecallWorkItem(work_item_key=key, reason="错"), Actor(login=by))
    assert (refusals(memo.engine), audit_lines(memo.engine)) == (2, lines + 2)


def test_neither_without_a_reason_nor_after_the_end_nor_dearly(memo: ProcessDriver) -> None:
    approved(memo)
    with pytest.raises(ValidationFailedError):
        recall(memo, "bai", " ")
    key = offered(memo, "bai").at  # type: ignore[union-attr]
    with counted(memo.engine) as counts:
        memo.engine.execute(RecallWorkItem(work_item_key=key, reason="错"), Actor(login="bai"))
    assert counts["commits"] == 1
    assert counts["statements"] <= 15
    approved(memo).complete("approve", "approve", by="dai")
    assert offered(memo, "dai") is None
