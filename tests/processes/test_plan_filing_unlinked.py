"""Zhengzhou, plans without an intention: scenarios S3-O02, S3-O03 and S3-O07; changed answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from handlers.records.demo import plan_answers
from tests.processes.plan_filing import (
    FILL,
    approve,
    file_plan,
    refused,
    selectable,
    send_back,
    start_plan,
    submit,
)

if TYPE_CHECKING:
    from engine.runtime import Engine

NUMBER = re.compile(r"郑财计备-2026-\d{5}")


@pytest.mark.scenario("S3-O02")
def test_the_regulator_reviews_first_and_twice_when_a_superior_must_approve(
    office: Engine,
) -> None:
    plan = file_plan(office, "PL040")
    assert plan.waiting_at == {"reg_first"}
    assert plan.people_at("reg_first") == {"zzjg_cs"}

    approve(plan, ("reg_first", "zzjg_cs"), escalate="yes")
    for element_id, login in (
        ("reg_second", "zzjg_fh"),
        ("dept_review", "zzwj_sh"),
        ("biz_first", "zzyw2_cs"),
        ("biz_second", "zzyw2_fh"),
    ):
        assert plan.people_at(element_id) == {login}
        assert plan.number == ""
        approve(plan, (element_id, login))

    assert plan.state == "completed"
    assert NUMBER.fullmatch(plan.number)


@pytest.mark.scenario("S3-O03")
def test_the_regulator_finishes_alone(office: Engine) -> None:
    plan = file_plan(office, "PL041")

    approve(plan, ("reg_first", "zzjg_cs"), escalate="no")
    assert plan.waiting_at == {"dept_review"}
    assert plan.people_at("dept_review") == {"zzjy_sh"}
    approve(plan, ("dept_review", "zzjy_sh"), ("biz_first", "zzyw2_cs"), ("biz_second", "zzyw2_fh"))

    assert plan.state == "completed"
    assert "reg_second" not in {item.element_id for item in plan.work_items}


@pytest.mark.scenario("S3-O07")
@pytest.mark.parametrize("reason", ["", "   ", None])
def test_a_reason_is_needed(office: Engine, reason: str | None) -> None:
    plan = start_plan(office, "zzyy_jb")
    plan.attach(FILL, "unlinked_file", by="zzyy_jb")

    answers = {**plan_answers("PL040"), "unlinked_reason": reason}

    assert refused(plan, answers) == [("unlinked_reason", "ERR_REQUIRED")]


@pytest.mark.scenario("S3-O07")
def test_a_file_is_needed(office: Engine) -> None:
    plan = start_plan(office, "zzyy_jb")

    found = refused(plan, plan_answers("PL040"))

    assert found == [("unlinked_file", "ERR_ATTACHMENT_REQUIRED")]


@pytest.mark.scenario("S3-O07")
def test_the_question_must_be_answered(office: Engine) -> None:
    plan = start_plan(office, "zzyy_jb")
    answers = plan_answers("PL040")
    del answers["intention_linked"]

    assert refused(plan, answers) == [("intention_linked", "question_unanswered")]


@pytest.mark.scenario("S3-O07")
@pytest.mark.parametrize(
    "missing", [("unlinked_reason",), ("unlinked_reason", "plan_name"), ("intention_linked",)]
)
def test_a_draft_may_be_incomplete(office: Engine, missing: tuple[str, ...]) -> None:
    plan = start_plan(office, "zzyy_jb")
    answers: dict[str, Any] = plan_answers("PL040")
    for key in missing:
        del answers[key]

    plan.save_draft(FILL, answers, by="zzyy_jb")

    assert plan.waiting_at == {FILL}


def test_an_answer_changed_to_yes_takes_the_linked_route(office: Engine) -> None:
    plan = file_plan(office, "PL041")
    send_back(plan, "reg_first", "zzjg_cs")
    assert plan.waiting_at == {FILL}

    changes = {"intention_linked": "yes", "intention_id": "INT05", "plan_name": "食堂家具"}
    submit(plan, {**plan_answers("PL041"), **changes})

    assert plan.waiting_at == {"dept_review"}
    approve(plan, ("dept_review", "zzjy_sh"), ("biz_first", "zzyw2_cs"), ("biz_second", "zzyw2_fh"))
    assert plan.state == "completed"


def test_an_answer_changed_to_no_gives_the_intention_back(office: Engine) -> None:
    plan = file_plan(office, "PL025")
    other = start_plan(office, "zzyz_jb")
    assert "INT01" not in selectable(office, other)
    send_back(plan, "dept_review", "zzjy_sh")

    plan.attach(FILL, "unlinked_file", by="zzyz_jb")
    changes = {"intention_linked": "no", "unlinked_reason": "改为应急采购", "intention_id": None}
    submit(plan, {**plan_answers("PL025"), **changes})

    assert plan.waiting_at == {"reg_first"}
    assert "INT01" in selectable(office, other)
