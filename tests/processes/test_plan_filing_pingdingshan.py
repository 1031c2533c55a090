"""Pingdingshan: the standard flow with a trading platform and one push after the number (R27)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from engine.model.participants import Actor
from engine.queries import FieldOptions
from handlers.records.demo import plan_answers
from handlers.records.plans import plan_of
from handlers.records.projects import project_of_number
from tests.processes.outside import sent, work_off
from tests.processes.plan_filing import FILL, approve, file_plan, start_plan, submit
from tests.processes.refusals import refused

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver

NUMBER = "平财计备-2026-00001"
SCHOOL = (
    ("internal_review", "pdzx_sh"),
    ("dept_review", "pd_zg"),
    ("biz_first", "pd_ywcs"),
    ("biz_second", "pd_ywfh"),
)


def filed(office: Engine, plan_id: str, **changes: str) -> ProcessDriver:
    plan = file_plan(office, plan_id, **changes)
    for element_id, login in SCHOOL:
        assert plan.people_at(element_id) == {login}
        assert sent(office, "plan.filed") == []
        approve(plan, (element_id, login))
    return plan


@pytest.mark.scenario("S4-O01")
def test_a_plan_with_a_platform_is_pushed_once_after_its_number(
    office: Engine, clock: FakeClock
) -> None:
    clock.set(datetime(2026, 5, 11, 1, 0, tzinfo=UTC))
    plan = filed(office, "PL055")
    assert plan.number == NUMBER
    assert plan.state == "active"

    work_off(office)
    work_off(office)

    assert plan.state == "completed"
    (message,) = sent(office, "plan.filed")
    assert (message.message_id, message.partner) == (NUMBER, "trading_centre")
    assert message.body["plan_number"] == NUMBER
    assert message.body["amount"] == "1274000.00"
    assert message.body["purchaser"] == {
        "code": "410400-JY01",
        "name": "平顶山市示例职业学校",
        "uscc": "12410400MA0000170C",
    }
    assert message.body["items"] == [
        {
            "category_code": "A02010104",
            "name": "台式计算机",
            "quantity": "260",
            "unit": "台",
            "unit_price": "4900.00",
            "amount": "1274000.00",
        }
    ]
    assert message.answer


def test_the_project_is_interconnected(office: Engine) -> None:
    filed(office, "PL055")

    with office.database.session(write=False) as session:
        project = project_of_number(session, NUMBER)
    assert project is not None
    assert (project.platform, project.category_class) == ("ggzy410400", "A")


@pytest.mark.scenario("S4-O06")
def test_a_plan_without_a_platform_is_filed_without_a_push(office: Engine) -> None:
    plan = filed(office, "PL059")

    work_off(office)

    assert plan.state == "completed"
    assert sent(office, "plan.filed") == []
    with office.database.session(write=False) as session:
        project = project_of_number(session, plan.number)
    assert project is not None
    assert project.platform is None


def test_a_channel_that_the_centre_does_not_handle_is_not_pushed(office: Engine) -> None:
    plan = filed(office, "PL055", channel="网上商城")

    work_off(office)

    assert plan.state == "completed"
    assert sent(office, "plan.filed") == []


def offered(office: Engine, plan: ProcessDriver) -> list[str]:
    query = FieldOptions(work_item_key=plan.key_at(FILL), lookup="reference.platforms")
    return [option.label for option in office.ask(query, Actor(login=plan.initiator))]


@pytest.mark.parametrize("login", ["pdzx_jb", "bfny_jb"])
def test_the_city_and_its_counties_offer_the_citys_platform(office: Engine, login: str) -> None:
    plan = start_plan(office, login)

    assert plan.root.region == "410400"
    assert offered(office, plan) == ["平顶山市公共资源交易中心"]


def test_an_unknown_platform_is_refused(office: Engine) -> None:
    plan = file_plan(office, "PL055")
    plan.complete("internal_review", "return", by="pdzx_sh", opinion="请核对。")

    answers = {**plan_answers("PL055"), "platform": "ggzy000000"}

    assert refused(plan, FILL, answers) == [("platform", "ERR_ENUM")]


def test_other_cities_are_not_asked_for_a_platform(office: Engine) -> None:
    plan = file_plan(office, "PL052", platform="ggzy410400")

    with office.database.session(write=False) as session:
        record = plan_of(session, int(plan.instance_key))
    assert record is not None
    assert record.platform is None


def test_a_returned_plan_may_change_its_platform(office: Engine) -> None:
    plan = file_plan(office, "PL055")
    plan.complete("internal_review", "return", by="pdzx_sh", opinion="不进场。")

    submit(plan, {**plan_answers("PL055"), "platform": ""})
    approve(plan, *SCHOOL)
    work_off(office)

    assert plan.state == "completed"
    assert sent(office, "plan.filed") == []
