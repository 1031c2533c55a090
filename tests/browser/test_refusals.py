"""What a person sees when the server says no: nothing is lost, and the page says what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.people import answers_of, name_of, password_of
from tests.support.plan_filing import PLAN_FILING, filed_plan, fill_plan
from tests.support.process_driver import TINY_PDF

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Dialog

    from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser


def test_refused_input_comes_back_with_the_error_at_its_field(enter: Enter) -> None:
    plan = answers_of("PL025")
    handler = enter("zzyz_jb")
    handler.start(PLAN_FILING)
    fill_plan(handler, plan)
    handler.answer("items-0-unit_price", "300万")
    handler.answer("contact", "张三丰")

    answer = handler.press_and_see("提交")

    assert answer.status == 422
    price = handler.page.locator("[name='items-0-unit_price']")
    expect(price).to_have_value("300万")
    expect(price).to_have_attribute("aria-invalid", "true")
    expect(handler.page.locator("[name='contact']")).to_have_value("张三丰")
    expect(handler.page.locator("[name='intention_linked'][value='yes']")).to_be_checked()
    described = price.get_attribute("aria-describedby") or ""
    error = handler.page.locator(f"#{described.split()[-1]}")
    expect(error).to_contain_text("请填写数字")


def stay(dialog: Dialog, asked: list[str]) -> None:
    """Do not leave the page; keep what was asked."""
    asked.append(dialog.type)
    dialog.dismiss()


def test_nothing_typed_is_lost_when_the_log_in_ends(enter: Enter, tmp_path: Path) -> None:
    asked: list[str] = []
    file = tmp_path / "采购说明.pdf"
    file.write_bytes(TINY_PDF)
    handler = enter("zzyz_jb")
    page, contact = handler.page, handler.page.locator("[name='contact']")
    page.on("dialog", lambda dialog: stay(dialog, asked))
    handler.start(PLAN_FILING)
    handler.attach("attachments", file)
    handler.answer("contact", "张三丰")
    with page.expect_download():
        page.get_by_role("link", name=file.name).click()
    assert asked == []
    page.context.clear_cookies()

    handler.answer("contact_phone", "0371-55550001")

    expect(page.locator("#unanswered")).to_contain_text("登录已失效")
    expect(contact).to_have_value("张三丰")
    assert handler.press_and_see("保存草稿").status == 401
    page.get_by_label("用户名").fill(handler.login)
    page.get_by_label("密码").fill(password_of(handler.login))
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("button", name="回到刚才的页面").click()
    expect(contact).to_have_value("张三丰")
    page.locator(".crumbs [data-go=list]").click(no_wait_after=True)
    expect(contact).to_have_value("张三丰")
    assert asked == ["beforeunload"]


def test_the_summary_of_errors_leads_to_the_field(enter: Enter) -> None:
    handler = enter("zzyz_jb")
    handler.start(PLAN_FILING)

    handler.press("提交")

    link = handler.page.locator(".error-summary a").first
    expect(link).to_be_visible()
    target = (link.get_attribute("href") or "").removeprefix("#")
    link.click()
    expect(handler.page.locator(f"[id='{target}']")).to_be_visible()


def test_the_second_of_two_people_is_told_who_was_faster(enter: Enter) -> None:
    title = filed_plan(enter("zzyz_jb"))
    first, second = enter("zzjy_sh"), enter("zzjy_sh")
    first.open(title)
    second.open(title)
    first.say("同意。")
    first.press("同意")
    first.expect_done()
    second.say("同意。")

    answer = second.press_and_see("同意")

    assert answer.status == 409
    expect(second.page.locator("main")).to_contain_text(name_of("zzjy_sh"))
    expect(second.page.get_by_role("link", name="返回待办")).to_be_visible()


def test_a_guessed_address_leaks_nothing(enter: Enter) -> None:
    owner = enter("zzyz_jb")
    title = filed_plan(owner)
    reviewer = enter("zzjy_sh")
    reviewer.open(title)
    stranger = enter("zzwj_sh")

    answer = stranger.page.goto(reviewer.page.url)

    assert answer is not None
    assert answer.status == 403
    expect(stranger.page.get_by_role("heading", name="没有权限")).to_be_visible()
    assert title not in stranger.page.content()
    assert owner.name not in stranger.page.content()


def test_an_address_that_never_existed_is_not_found(enter: Enter) -> None:
    person = enter("zzyz_jb")

    answer = person.page.goto(f"{person.address}/tasks/1")

    assert answer is not None
    assert answer.status == 404
    expect(person.page.get_by_role("heading", name=re.compile("找不到"))).to_be_visible()
