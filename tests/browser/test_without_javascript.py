"""Everything that matters works with JavaScript switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.people import answers_of
from tests.support.plan_filing import PLAN_FILING, filed_plan

if TYPE_CHECKING:
    from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser


def test_a_plan_is_filed_and_approved_without_scripts(enter: Enter) -> None:
    plan = answers_of("PL025")
    handler = enter("zzyz_jb", java_script_enabled=False)
    handler.start(PLAN_FILING)
    # Without scripts a button asks the server what the answer so far leads to.
    for question in ("intention_linked", "intention_id"):
        handler.type_in({question: plan.pop(question)})
        handler.refresh()

    handler.type_in(plan)
    handler.press("提交")
    handler.expect_done()

    reviewer = enter("zzjy_sh", java_script_enabled=False)
    reviewer.decide(plan["plan_name"], "同意")


def test_a_return_needs_words_and_leads_back(enter: Enter) -> None:
    handler = enter("zzyz_jb")
    title = filed_plan(handler)
    reviewer = enter("zzjy_sh", java_script_enabled=False)
    reviewer.open(title)

    reviewer.press("退回采购人")

    expect(reviewer.page.locator("#opinion-error")).to_be_visible()
    reviewer.say("请补充数量依据。")
    reviewer.press("退回采购人")
    reviewer.expect_done()
    handler.open(title)
    expect(handler.page.get_by_text("请补充数量依据。").first).to_be_visible()
