"""Zhengzhou, plans linked to an intention: scenarios S3-O01 and S3-O08, and the regulator (R04)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from handlers.records.demo import plan_answers
from handlers.records.plans import filing_of, items_of, plan_of
from handlers.records.tables import review_flag
from tests.processes.plan_filing import (
    FILL,
    approve,
    file_plan,
    selectable,
    send_back,
    start_plan,
    submit,
)
from tests.processes.refusals import refused

if TYPE_CHECKING:
    from engine.runtime import Engine

NUMBER = re.compile(r"郑财计备-2026-\d{5}")
SCHOOL = (("dept_review", "zzjy_sh"), ("biz_first", "zzyw2_cs"), ("biz_second", "zzyw2_fh"))
HOSPITAL = (("dept_review", "zzwj_sh"), ("biz_first", "zzyw2_cs"), ("biz_second", "zzyw2_fh"))


@pytest.mark.scenario("S3-O01")
def test_a_linked_plan_is_filed_without_the_regulator(office: Engine) -> None:
    plan = start_plan(office, "zzyz_jb")
    assert selectable(office, plan) == ["INT02", "INT04", "INT13", "INT03", "INT01"]

    submit(plan, plan_answers("PL025"))

    for element_id, login in SCHOOL:
        assert plan.waiting_at == {element_id}
        assert plan.people_at(element_id) == {login}
        assert plan.number == ""
        approve(plan, (element_id, login))
    assert plan.state == "completed"
    assert NUMBER.fullmatch(plan.number)
    assert {item.element_id for item in plan.work_items} == {FILL, *dict(SCHOOL)}


def test_the_filed_plan_is_in_the_register(office: Engine) -> None:
    plan = file_plan(office, "PL025")
    approve(plan, *SCHOOL)

    with office.database.session(write=False) as session:
        record = plan_of(session, int(plan.instance_key))
        lines = items_of(session, int(plan.instance_key))
        filing = filing_of(session, int(plan.instance_key))

    assert record is not None
    assert filing is not None
    assert (record.name, record.unit, record.variant) == (
        "智慧课堂设备",
        "410100-JY01",
        "zz_plan_filing_linked",
    )
    assert str(record.amount) == "1200000.00"
    assert record.intention_required is True
    assert [(line.category_code, str(line.amount)) for line in lines] == [("A020808", "1200000.00")]
    assert filing.number == plan.number
    assert filing.filed_at is not None
    assert filing.first_submitted_on == date(2026, 6, 10)


def test_a_posted_amount_is_ignored(office: Engine) -> None:
    answers = plan_answers("PL025")
    answers["items"] = [{**answers["items"][0], "amount": "1.00"}]
    answers["total"] = "1.00"

    plan = start_plan(office, "zzyz_jb")
    submit(plan, answers)

    with office.database.session(write=False) as session:
        record = plan_of(session, int(plan.instance_key))
    assert record is not None
    assert str(record.amount) == "1200000.00"


@pytest.mark.scenario("S3-O08")
def test_returns_go_where_the_rule_book_says(office: Engine) -> None:
    plan = file_plan(office, "PL027")
    approve(plan, *SCHOOL[:2])

    send_back(plan, "biz_second", "zzyw2_fh")
    assert plan.waiting_at == {"biz_first"}
    assert plan.people_at("biz_first") == {"zzyw2_cs"}

    send_back(plan, "biz_first", "zzyw2_cs")
    assert plan.waiting_at == {FILL}
    assert plan.people_at(FILL) == {"zzyz_jb"}

    answers = plan_answers("PL027")
    answers["items"] = [{**answers["items"][0], "quantity": "0.5"}]
    submit(plan, answers)
    assert plan.waiting_at == {"dept_review"}
    assert plan.people_at("dept_review") == {"zzjy_sh"}

    for outcome in ("approve", "return"):
        blank = refused(plan, "dept_review", {}, outcome=outcome, by="zzjy_sh", opinion="  ")
        assert blank == [("opinion", "ERR_OPINION_REQUIRED")]
    approve(plan, *SCHOOL)
    assert plan.state == "completed"


def test_imported_products_go_to_the_regulator_alone(office: Engine) -> None:
    plan = file_plan(office, "PL031")
    approve(plan, *HOSPITAL)
    assert plan.people_at("reg_first") == {"zzjg_cs"}

    approve(plan, ("reg_first", "zzjg_cs"), escalate="no")

    assert plan.state == "completed"
    assert NUMBER.fullmatch(plan.number)


def test_a_method_other_than_open_tendering_above_the_threshold_goes_to_both_regulators(
    office: Engine,
) -> None:
    plan = file_plan(office, "PL032")
    approve(plan, *HOSPITAL)

    approve(plan, ("reg_first", "zzjg_cs"), escalate="yes")
    assert plan.people_at("reg_second") == {"zzjg_fh"}
    send_back(plan, "reg_second", "zzjg_fh")
    assert plan.waiting_at == {"reg_first"}
    approve(plan, ("reg_first", "zzjg_cs"), escalate="yes")
    approve(plan, ("reg_second", "zzjg_fh"))

    assert plan.state == "completed"


def test_the_regulator_must_say_whether_a_superior_approves(office: Engine) -> None:
    plan = file_plan(office, "PL031")
    approve(plan, *HOSPITAL)

    found = refused(plan, "reg_first", {}, outcome="approve", by="zzjg_cs")

    assert found == [("escalate", "ERR_REQUIRED")]


def test_the_regulator_returns_to_the_purchaser_without_answering(office: Engine) -> None:
    plan = file_plan(office, "PL031")
    approve(plan, *HOSPITAL)

    send_back(plan, "reg_first", "zzjg_cs")

    assert plan.waiting_at == {FILL}


def test_a_unit_under_review_goes_to_the_regulator(office: Engine) -> None:
    row = {"unit": "410100-JY01", "valid_from": date(2026, 1, 1), "reason": "专项检查"}
    with office.database.session(write=True) as session:
        session.execute(insert(review_flag).values(**row))
        session.commit()

    plan = file_plan(office, "PL025")
    approve(plan, *SCHOOL)

    assert plan.waiting_at == {"reg_first"}


def test_more_than_the_intention_s_budget_is_a_warning_only(office: Engine) -> None:
    answers = plan_answers("PL025")
    answers["items"] = [{**answers["items"][0], "unit_price": "1200000.01"}]

    plan = start_plan(office, "zzyz_jb")
    submit(plan, answers)

    assert plan.waiting_at == {"dept_review"}


def test_a_return_across_the_called_approval_ends_it(office: Engine) -> None:
    plan = file_plan(office, "PL027")
    approve(plan, *SCHOOL[:2])
    assert plan.waiting_at == {"biz_second"}

    plan.return_to("biz_second", FILL, by="zzyw2_fh", reason="采购明细有误")

    assert plan.waiting_at == {FILL}
    assert plan.people_at(FILL) == {"zzyz_jb"}
    submit(plan, plan_answers("PL027"))
    approve(plan, *SCHOOL)
    assert plan.state == "completed"
    assert NUMBER.fullmatch(plan.number)
