"""A day of three people: one files, one asks and returns, one decides on a telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_deadlines import accessible, shot
from tests.support.browser import NARROW
from tests.support.plan_filing import filed_plan

if TYPE_CHECKING:
    from tests.browser.conftest import Enter
    from tests.support.browser import Person

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def ask_for_an_opinion(reviewer: Person, title: str, whom: str, question: str) -> None:
    """Ask somebody else about the task, which stays."""
    page = reviewer.page
    reviewer.open(title)
    page.locator(".verbs [data-more] > summary").click()
    dialog = page.locator("details.verb-item", has=page.locator("#consult-request"))
    dialog.locator("summary").first.click()
    dialog.get_by_label("查找人员").fill(whom)
    dialog.get_by_role("checkbox", name=whom).check()
    dialog.get_by_label("想了解什么").fill(question)
    shot(page, "day-asking")
    dialog.get_by_role("button", name="确认征求").click()
    expect(page.get_by_text("已发出征求意见")).to_be_visible()


def answer(leader: Person, title: str, opinion: str) -> None:
    """Answer what one was asked."""
    leader.open(title)
    leader.say(opinion)
    shot(leader.page, "day-answering-narrow")
    leader.press("答复")
    expect(leader.page.get_by_text("已答复")).to_be_visible()


def return_it(reviewer: Person, title: str, reason: str) -> None:
    """Read the answer and give the matter back."""
    reviewer.open(title)
    expect(reviewer.page.locator("main")).to_contain_text("建议核对数量")
    too_long = reason * 50
    reviewer.say(too_long)
    reviewer.press("退回采购人")
    expect(reviewer.page.locator("#opinion-error")).to_contain_text(f"现在 {len(too_long)} 字")
    expect(reviewer.page.locator("#opinion")).to_have_value(too_long)
    reviewer.say(reason)
    reviewer.press("退回采购人")
    reviewer.expect_done()


def correct(handler: Person, title: str, reason: str) -> None:
    """See why it came back, and hand it in again."""
    page = handler.page
    page.goto(f"{handler.address}/worklist/todo")
    expect(page.locator("tr.is-returned")).to_contain_text(title)
    shot(page, "day-returned")
    handler.open(title)
    expect(page.get_by_text(reason).first).to_be_visible()
    expect(page.locator(".timeline .chip-warn", has_text="退回采购人")).to_be_visible()
    handler.press("提交")
    handler.expect_done()


def test_three_people_work_a_day(enter: Enter) -> None:
    handler, reviewer = enter("zzyz_jb"), enter("zzjy_sh")
    leader = enter("zzyw2_fh", NARROW)
    reason = "请核对数量后重新提交。"

    title = filed_plan(handler)
    ask_for_an_opinion(reviewer, title, leader.name, "数量是否合适？")
    answer(leader, title, "建议核对数量。")
    return_it(reviewer, title, reason)
    correct(handler, title, reason)
    reviewer.decide(title, "同意")
    enter("zzyw2_cs").decide(title, "同意")
    leader.open(title)
    accessible(leader.page)
    shot(leader.page, "day-deciding-narrow")
    leader.say("同意。")
    leader.press("同意")
    leader.expect_done()

    handler.open_started(title)
    page = handler.page
    expect(page.locator(".matter-title")).to_contain_text("已办结")
    expect(page.locator(".timeline")).to_contain_text("建议核对数量")
    shot(page, "day-end")
    page.locator(".timeline a", has_text="为什么").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("为什么")
    accessible(page)
