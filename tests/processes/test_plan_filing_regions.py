"""Which flow a unit gets: by the division of its finance level, nearest region first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.catalog import check_package, read_package
from engine.handler import registry
from handlers.records.demo import plan_answers
from tests.processes.plan_filing import FILL, approve, file_plan, send_back
from tests.processes.rule_book import PACKAGE, rule_book

if TYPE_CHECKING:
    from engine.runtime import Engine

LUOYANG = (
    ("internal_review", "lysw_sh"),
    ("dept_review", "ly_zg"),
    ("biz_first", "ly_ywcs"),
    ("biz_second", "ly_ywfh"),
)
PROVINCE = (
    ("dept_review", "hn_zg"),
    ("biz_first", "hn_ywcs"),
    ("biz_second", "hn_ywfh"),
)


def test_luoyang_takes_the_standard_flow(office: Engine) -> None:
    plan = file_plan(office, "PL052")

    for element_id, login in LUOYANG:
        assert plan.waiting_at == {element_id}
        assert plan.people_at(element_id) == {login}
        approve(plan, (element_id, login))

    assert plan.state == "completed"
    assert plan.number == "豫财计备-410300-2026-00001"


def test_a_provincial_university_in_zhengzhou_takes_the_standard_flow(office: Engine) -> None:
    plan = file_plan(office, "PL047")

    assert plan.root.region == ""
    approve(plan, ("internal_review", "hnsd_sh"), *PROVINCE)

    assert plan.number == "豫财计备-410000-2026-00001"


def test_a_county_under_zhengzhou_takes_the_zhengzhou_flow(office: Engine) -> None:
    plan = file_plan(office, "PL035")

    assert plan.root.region == "410100"
    assert plan.people_at("dept_review") == {"zz_zg"}
    approve(plan, ("dept_review", "zz_zg"), ("biz_first", "zzyw1_cs"), ("biz_second", "zzyw1_fh"))

    assert plan.number == "郑财计备-2026-00001"


def test_the_regions_of_the_package_are_those_that_r01_sends_here() -> None:
    (rule,) = [rule for rule in rule_book() if rule.id == "R01"]
    info = read_package(PACKAGE).info

    for facts in rule.grid():
        (row,) = rule.expected(facts) or [{"variant": ""}]
        ours = row["variant"].startswith(("zz_", "henan_", "pds_", "REJECT"))
        assert info.covers(facts["purchaser_division_code"]) is ours, facts


def test_the_province_asks_the_regulator_about_imports(office: Engine) -> None:
    plan = file_plan(office, "PL050")
    approve(plan, ("internal_review", "hnky_sh"), *PROVINCE)
    assert plan.people_at("reg_first") == {"hn_jgcs"}

    approve(plan, ("reg_first", "hn_jgcs"), escalate="yes")
    approve(plan, ("reg_second", "hn_jgfh"))

    assert plan.state == "completed"


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_first_review_returns_to_the_purchaser_and_everything_starts_again(
    office: Engine, steps: int
) -> None:
    plan = file_plan(office, "PL052")
    approve(plan, *LUOYANG[:steps])

    send_back(plan, *LUOYANG[steps])
    assert plan.waiting_at == {FILL}
    plan.complete(FILL, by="lysw_jb", answers=plan_answers("PL052"), opinion="")

    assert plan.waiting_at == {"internal_review"}


def test_the_package_passes_every_check() -> None:
    findings = check_package(read_package(PACKAGE), registry)

    assert [(f.file, f.element_id, f.message_zh) for f in findings] == []
