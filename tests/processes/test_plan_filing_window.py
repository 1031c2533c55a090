"""The window of 30 to 90 days: scenario S3-O06, one plan per intention, kept first days."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from engine.clock import OFFICE_ZONE
from handlers.records.demo import plan_answers
from tests.processes.plan_filing import (
    FILL,
    file_plan,
    refused,
    selectable,
    send_back,
    start_plan,
    submit,
)

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine

MOMENTS = [
    datetime(2026, 6, 10, 0, 1, tzinfo=OFFICE_ZONE),
    datetime(2026, 6, 10, 9, 0, tzinfo=OFFICE_ZONE),
    datetime(2026, 6, 10, 23, 59, tzinfo=OFFICE_ZONE),
]


@pytest.mark.scenario("S3-O06")
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: f"{moment:%H:%M}")
def test_both_ends_of_the_window_are_offered(
    office: Engine, clock: FakeClock, moment: datetime
) -> None:
    clock.set(moment)

    school = selectable(office, start_plan(office, "zzyz_jb"))
    county = selectable(office, start_plan(office, "zmzj_jb"))

    assert {"INT01", "INT02"} <= set(school)
    assert "INT90" not in school
    assert county == ["INT12", "INT11"]


@pytest.mark.scenario("S3-O06")
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: f"{moment:%H:%M}")
@pytest.mark.parametrize(
    ("login", "intention", "code"),
    [
        ("zzyz_jb", "INT90", "TOO_EARLY"),
        ("zmzj_jb", "INT91", "EXPIRED"),
        ("zzyz_jb", "INT06", "NOT_OWN_UNIT"),
        ("zzyz_jb", "INT999", "ERR_ENUM"),
    ],
)
def test_a_crafted_choice_is_refused_at_the_field(
    office: Engine, clock: FakeClock, moment: datetime, login: str, intention: str, code: str
) -> None:
    clock.set(moment)
    plan = start_plan(office, login)

    found = refused(plan, {**plan_answers("PL025"), "intention_id": intention})

    assert found == [("intention_id", code)]
    assert plan.waiting_at == {FILL}


def test_a_second_plan_cannot_hold_the_same_intention(office: Engine) -> None:
    file_plan(office, "PL025")
    second = start_plan(office, "zzyz_jb")

    assert "INT01" not in selectable(office, second)
    assert refused(second, plan_answers("PL025")) == [("intention_id", "ALREADY_LINKED")]


def test_a_returned_plan_keeps_the_day_of_its_first_submission(
    office: Engine, clock: FakeClock
) -> None:
    plan = file_plan(office, "PL026")
    send_back(plan, "dept_review", "zzjy_sh")
    clock.advance(timedelta(days=10))

    assert "INT02" in selectable(office, plan)
    submit(plan, plan_answers("PL026"))

    assert plan.waiting_at == {"dept_review"}
    fresh = start_plan(office, "zzyz_jb")
    assert "INT02" not in selectable(office, fresh)


def test_a_withdrawn_plan_is_a_draft_that_still_holds_its_intention(office: Engine) -> None:
    plan = file_plan(office, "PL025")

    plan.withdraw(by="zzyz_jb", reason="填错了")

    assert plan.waiting_at == {FILL}
    assert "INT01" in selectable(office, plan)
    assert "INT01" not in selectable(office, start_plan(office, "zzyz_jb"))
    submit(plan, plan_answers("PL025"))
    assert plan.waiting_at == {"dept_review"}


def test_a_terminated_plan_gives_its_intention_back(office: Engine) -> None:
    plan = file_plan(office, "PL025")
    plan.terminate(by="demo_admin", reason="项目取消")

    other = file_plan(office, "PL025")

    assert other.waiting_at == {"dept_review"}


def test_a_month_in_the_past_is_refused(office: Engine) -> None:
    plan = start_plan(office, "zzyz_jb")

    found = refused(plan, {**plan_answers("PL025"), "expected_month": "2026-05"})

    assert found == [("expected_month", "ERR_DATE")]


def test_an_unknown_category_is_refused_in_its_row(office: Engine) -> None:
    plan = start_plan(office, "zzyz_jb")
    answers = plan_answers("PL025")
    answers["items"] = [*answers["items"], {**answers["items"][0], "category_code": "Z99"}]

    assert refused(plan, answers) == [("items.1.category_code", "ERR_ENUM")]
