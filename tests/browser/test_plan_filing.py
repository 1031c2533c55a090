"""The two starred plan filings of Zhengzhou, wholly in the browser (S3-O01, S3-O02)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.people import answers_of
from tests.support.plan_filing import PLAN_FILING, file_plan
from tests.support.process_driver import TINY_PDF

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser


@pytest.mark.scenario("S3-O01")
def test_a_linked_plan_gets_its_number_without_the_regulator(enter: Enter) -> None:
    plan = answers_of("PL025")
    handler = enter("zzyz_jb")
    handler.start(PLAN_FILING)
    handler.answer("intention_linked", "yes")
    intentions = handler.choices("intention_id")
    assert "INT01" in intentions
    assert not {"INT90", "INT91", "INT06"} & set(intentions)

    file_plan(handler, plan)

    expect(handler.page.locator("main")).to_contain_text("主管单位审核")
    for login in ("zzjy_sh", "zzyw2_cs", "zzyw2_fh"):
        enter(login).decide(plan["plan_name"], "同意")
        assert enter("zzjg_cs").titles() == []
    number = handler.number_of(plan["plan_name"])
    assert re.fullmatch(r"郑财计备-2026-\d{5}", number)


@pytest.mark.scenario("S3-O01")
def test_the_name_follows_the_chosen_intention(enter: Enter) -> None:
    handler = enter("zzyz_jb")
    handler.start(PLAN_FILING)

    handler.answer("intention_linked", "yes")
    handler.answer("intention_id", "INT01")

    name = handler.page.locator("[name='plan_name']")
    expect(name).to_have_value("智慧课堂设备")
    expect(name).not_to_be_editable()


@pytest.mark.scenario("S3-O02")
def test_an_unlinked_plan_goes_to_the_regulator_first(enter: Enter, tmp_path: Path) -> None:
    plan = answers_of("PL040")
    note = tmp_path / "shuoming.pdf"
    note.write_bytes(TINY_PDF)
    handler = enter("zzyy_jb")
    handler.start(PLAN_FILING)

    file_plan(handler, plan, unlinked_file=note)

    regulator = enter("zzjg_cs")
    regulator.open(plan["plan_name"])
    expect(regulator.page.get_by_text("shuoming.pdf").first).to_be_visible()
    regulator.answer("escalate", "yes")
    regulator.say("同意，请领导审批。")
    regulator.press("同意")
    regulator.expect_done()
    for login in ("zzjg_fh", "zzwj_sh", "zzyw2_cs", "zzyw2_fh"):
        assert handler.number_of(plan["plan_name"]) == ""
        enter(login).decide(plan["plan_name"], "同意")
    assert re.fullmatch(r"郑财计备-2026-\d{5}", handler.number_of(plan["plan_name"]))
