"""采购公告发布: scenarios S4-O02, S4-O06, S4-O07, lots that change after the draft, all methods."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from engine.catalog import check_package, read_package
from engine.errors import WrongStateError
from engine.handler import registry
from engine.model.participants import Actor
from engine.queries import WorkItemQuery
from handlers.records.lots import LotState
from handlers.records.notices import NoticeKind
from handlers.records.projects import Stage
from tests.processes.interconnected import (
    TWO_LOTS,
    filed_plan,
    project,
    push_lots,
    stored_lots,
)
from tests.processes.notice_publication import (
    CALL,
    CHOOSE,
    CONFIRM,
    DRAFT,
    announced,
    button,
    lot_choices,
    notices,
    open_draft,
    publish,
    start,
    submit,
    with_lots,
)
from tests.processes.outside import sent, work_off
from tests.processes.refusals import refused
from tests.processes.rule_book import PROCESSES

if TYPE_CHECKING:
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver

WAIT = "请等待交易中心推送标段"


@pytest.mark.scenario("S4-O02")
def test_a_call_waits_for_lots_and_announces_both(office: Engine) -> None:
    number = filed_plan(office)
    assert button(office, number) == WAIT

    push_lots(office, number, *TWO_LOTS)
    assert button(office, number) == "起草公告（2 个标段）"
    matter = open_draft(office, number)
    submit(matter, lot_choices(office, matter))
    assert notices(office, number) == []
    publish(matter)

    (notice,) = notices(office, number)
    assert (notice.kind, notice.version) == (NoticeKind.TENDER, 1)
    basics = notice.sections[0]
    assert basics.heading == "一、项目基本情况"
    assert basics.rows == (
        ("01", "实训电脑", "800,000.00"),
        ("02", "网络设备", "474,000.00"),
    )
    assert [lot["number"] for lot in notice.facts["lots"]] == [f"{number}-01", f"{number}-02"]
    assert (notice.period_from, notice.period_to) == (date(2026, 6, 10), date(2026, 6, 17))
    assert project(office, number).stage is Stage.ANNOUNCED
    assert {lot.state for lot in stored_lots(office, number)} == {LotState.ANNOUNCED}
    (message,) = sent(office, "notice.published")
    assert message.message_id == f"{notice.key}/1"
    assert (matter.state, matter.number) == ("completed", number)


def test_later_lots_get_their_own_notice(office: Engine) -> None:
    number = filed_plan(office)
    push_lots(office, number, TWO_LOTS[0])
    announced(office, number)
    assert button(office, number) == WAIT

    push_lots(office, number, TWO_LOTS[1], message_id="M-2")
    matter = open_draft(office, number)
    assert lot_choices(office, matter) == [f"{number}-02@1"]
    submit(matter, [f"{number}-02@1"])
    publish(matter)

    first, second = notices(office, number)
    assert first.key != second.key
    assert second.sections[0].rows == (("02", "网络设备", "474,000.00"),)


def test_one_of_two_lots_may_be_announced(office: Engine) -> None:
    number = with_lots(office)
    matter = open_draft(office, number)

    submit(matter, [f"{number}-02@1"])
    publish(matter)

    assert [lot.state for lot in stored_lots(office, number)] == [
        LotState.RECEIVED,
        LotState.ANNOUNCED,
    ]
    assert button(office, number) == "起草公告（1 个标段）"


@pytest.mark.scenario("S4-O07")
def test_without_lots_nothing_is_drafted(office: Engine) -> None:
    number = filed_plan(office)
    matter = start(office)

    assert refused(matter, CHOOSE, {"project": number}) == [("project", "ERR_STATE")]


@pytest.mark.scenario("S4-O07")
def test_lots_must_be_chosen(office: Engine) -> None:
    number = with_lots(office)
    matter = open_draft(office, number)

    assert refused(matter, DRAFT, {**CALL, "lots": []}) == [("lots", "ERR_LOT_REQUIRED")]
    assert refused(matter, DRAFT, dict(CALL)) == [("lots", "ERR_LOT_REQUIRED")]
    assert notices(office, number) == []


@pytest.mark.parametrize("value", ["{number}-03@1", "x", "@1", "{number}-01"])
def test_a_lot_that_does_not_exist_is_refused(office: Engine, value: str) -> None:
    number = with_lots(office)
    matter = open_draft(office, number)

    answers = {**CALL, "lots": [value.format(number=number)]}

    assert refused(matter, DRAFT, answers) == [("lots", "ERR_ENUM")]


def test_a_lot_of_another_live_notice_is_refused(office: Engine) -> None:
    number = with_lots(office)
    first, second = open_draft(office, number), open_draft(office, number)
    submit(first, [f"{number}-01@1"])
    publish(first)

    answers = {**CALL, "lots": [f"{number}-01@1", f"{number}-02@1"]}

    assert refused(second, DRAFT, answers) == [("lots", "ERR_LOT_ANNOUNCED")]
    submit(second, [f"{number}-02@1"])
    publish(second)
    assert len(notices(office, number)) == 2


def change_first_lot(office: Engine, number: str) -> None:
    push_lots(office, number, ("01", "实训电脑", "790000.00"), message_id="M-2")


@pytest.mark.scenario("BAD-02")
def test_a_lot_that_changed_while_it_was_drafted_is_chosen_again(office: Engine) -> None:
    number = with_lots(office)
    matter = open_draft(office, number)
    change_first_lot(office, number)

    answers = {**CALL, "lots": [f"{number}-01@1", f"{number}-02@1"]}

    assert refused(matter, DRAFT, answers) == [("lots", "ERR_LOT_CHANGED")]
    assert lot_choices(office, matter) == [f"{number}-01@2", f"{number}-02@1"]


@pytest.mark.scenario("BAD-02")
def test_a_lot_that_changed_before_the_publication_brings_the_draft_back(office: Engine) -> None:
    number = with_lots(office)
    matter = open_draft(office, number)
    submit(matter, lot_choices(office, matter))
    change_first_lot(office, number)

    publish(matter)

    assert matter.waiting_at == {DRAFT}
    assert notices(office, number) == []
    assert sent(office, "notice.published") == []
    assert "已由交易中心变更" in warning(office, matter)
    submit(matter, lot_choices(office, matter))
    assert matter.waiting_at == {CONFIRM}
    publish(matter)
    (notice,) = notices(office, number)
    assert notice.sections[0].rows[0] == ("01", "实训电脑", "790,000.00")


def warning(office: Engine, matter: ProcessDriver) -> str:
    query = WorkItemQuery(work_item_key=matter.key_at(DRAFT))
    page = office.ask(query, Actor(login=matter.initiator))
    assert page.answers["demand"] == CALL["demand"]
    return str(page.context["lots_changed"])


def test_an_announced_lot_that_the_centre_changes_is_checked_and_stays(office: Engine) -> None:
    number = with_lots(office)
    announced(office, number)

    change_first_lot(office, number)

    assert str(stored_lots(office, number)[0].amount) == "800000.00"
    assert notices(office, number)[0].version == 1


def test_back_to_the_draft_keeps_what_was_written(office: Engine) -> None:
    number = with_lots(office)
    matter = open_draft(office, number)
    submit(matter, lot_choices(office, matter))

    matter.complete(CONFIRM, "revise", by="pdzx_jb", opinion="")

    assert matter.waiting_at == {DRAFT}
    query = WorkItemQuery(work_item_key=matter.key_at(DRAFT))
    page = office.ask(query, Actor(login="pdzx_jb"))
    assert page.answers["lots"] == [f"{number}-01@1", f"{number}-02@1"]


def test_the_confirmation_shows_what_will_be_published(office: Engine) -> None:
    number = with_lots(office)
    matter = open_draft(office, number)
    submit(matter, lot_choices(office, matter))

    query = WorkItemQuery(work_item_key=matter.key_at(CONFIRM))
    draft = office.ask(query, Actor(login="pdzx_jb")).context["draft"]

    assert draft["total"] == "1,274,000.00"
    assert (draft["last_day"], draft["deadline"]) == ("2026-06-17", "2026-07-02 09:00")
    assert [lot["number"] for lot in draft["lots"]] == ["01", "02"]


@pytest.mark.scenario("S4-O06")
def test_a_project_without_a_platform_is_drafted_at_once_and_is_its_own_lot(
    office: Engine,
) -> None:
    number = filed_plan(office, "PL059")
    assert button(office, number) == "起草公告"

    matter = open_draft(office, number)
    submit(matter, deadline="2026-06-15T17:00", documents_to="2026-06-12")
    publish(matter)

    (notice,) = notices(office, number)
    assert notice.kind is NoticeKind.COMPETITIVE
    assert notice.sections[0].rows == ()
    assert [lot.number for lot in stored_lots(office, number)] == [f"{number}-01"]
    assert button(office, number) == ""


def test_a_project_without_a_platform_is_announced_once(office: Engine) -> None:
    number = filed_plan(office, "PL059")
    matter = open_draft(office, number)
    submit(matter, deadline="2026-06-15T17:00", documents_to="2026-06-12")
    publish(matter)

    again = start(office)

    assert refused(again, CHOOSE, {"project": number}) == [("project", "ERR_STATE")]


def test_a_draft_is_given_up_until_it_is_published(office: Engine) -> None:
    number = with_lots(office)
    matter = open_draft(office, number)
    matter.claim(DRAFT, by="pdzx_jb")
    matter.withdraw(by="pdzx_jb", reason="选错了项目")
    matter.complete(CHOOSE, by="pdzx_jb", answers={"project": number}, opinion="")
    submit(matter, lot_choices(office, matter))
    matter.claim(CONFIRM, by="pdzx_jb")
    matter.withdraw(by="pdzx_jb", reason="不公告了")
    assert matter.waiting_at == {CHOOSE}
    matter.terminate(by="pdzx_jb", reason="不公告了")

    again = open_draft(office, number)
    submit(again, lot_choices(office, again))
    again.complete(CONFIRM, "publish", by="pdzx_jb", opinion="")
    with pytest.raises(WrongStateError, match="system is at work"):
        again.withdraw(by="pdzx_jb", reason="写错了")
    work_off(office)

    assert again.state == "completed"
    assert len(sent(office, "notice.published")) == 1


def test_the_package_passes_every_check() -> None:
    findings = check_package(read_package(PROCESSES / "notice_publication"), registry)

    assert [(f.file, f.element_id, f.message_zh) for f in findings] == []
