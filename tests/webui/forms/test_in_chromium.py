from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.browser import NARROW, WIDE, Watch
from tests.webui.forms.form_desk import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, FilePayload, Page

    from tests.webui.forms.form_desk import Desk

pytestmark = pytest.mark.browser

PDF: FilePayload = {
    "name": "不关联说明（盖章）.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7",
}


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    with served(desk) as address:
        yield address


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def live(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Page]:
    width, height = request.param
    page = chromium.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    watch = Watch(address.rstrip("/"))
    watch.over(page)
    page.goto(address)
    yield page
    page.close()
    assert watch.troubles == []


@pytest.fixture
def plain(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def fill_in(page: Page) -> None:
    page.get_by_label("采购方式").select_option("公开招标")
    page.get_by_label("名称", exact=False).and_(page.locator("#f-items-0-name")).fill("投影机")
    page.locator("#f-items-0-quantity").fill("２")
    page.locator("#f-items-0-unit_price").fill("12,800.50")
    page.get_by_label("联系人").fill("张文")
    page.get_by_label("联系电话").fill("010-55550001")
    page.get_by_label("预计采购日期").fill("2026-07-01")
    page.get_by_label("以上内容真实、完整").check()


def test_conditions_follow_each_answer(live: Page) -> None:
    live.get_by_label("否", exact=True).check()
    expect(live.get_by_label("不关联原因")).to_be_visible()
    live.get_by_label("不关联原因").fill("上级追加任务")

    live.get_by_label("是", exact=True).check()
    expect(live.get_by_label("不关联原因")).to_have_count(0)
    expect(live.locator("#f-intention")).to_be_visible()

    live.get_by_label("否", exact=True).check()
    expect(live.get_by_label("不关联原因")).to_have_value("上级追加任务")


def test_typing_goes_on_while_the_form_is_written_again(live: Page) -> None:
    live.locator("#f-items-0-quantity").fill("2")
    live.locator("#f-items-0-unit_price").fill("100.00")
    live.locator("#f-items-0-name").focus()
    live.keyboard.insert_text("投影机")

    expect(live.locator("#f-total")).to_contain_text("200.00")
    expect(live.locator("#f-items-0-name")).to_be_focused()
    expect(live.locator("#f-items-0-name")).to_have_value("投影机")


def test_rows_come_and_go_without_leaving_the_page(live: Page) -> None:
    live.locator("#f-items-0-name").fill("投影机")
    live.get_by_role("button", name="添加一行").click()
    live.locator("#f-items-1-name").fill("幕布")
    live.get_by_role("button", name="删除第 1 行").click()

    expect(live.locator("#f-items-1")).to_have_count(0)
    expect(live.locator("#f-items-0-name")).to_have_value("幕布")


def test_a_choice_among_many_is_searched_and_made(live: Page) -> None:
    live.locator("summary#f-items-0-category").click()
    live.get_by_label("在“品目”中查找").fill("品目 71")
    live.get_by_role("button", name="查找").click()
    live.get_by_label("品目 71").check()

    expect(live.locator("summary#f-items-0-category")).to_contain_text("品目 71")
    expect(live.locator("#f-items-0-unit")).to_have_value("台")
    expect(live.locator("#f-items-0-unit")).not_to_be_editable()


def test_a_file_is_uploaded_once_when_it_is_chosen(live: Page, desk: Desk) -> None:
    live.get_by_label("否", exact=True).check()
    live.locator("input[type=file]").set_input_files(files=[PDF])
    expect(live.get_by_role("link", name="不关联说明（盖章）.pdf")).to_be_visible()

    live.get_by_label("不关联原因").fill("上级追加任务")
    live.get_by_label("联系人").focus()
    expect(live.locator("#f-unlinked_reason")).to_have_value("上级追加任务")
    live.get_by_role("button", name="添加一行").click()
    expect(live.locator("#f-items-1")).to_be_visible()
    assert len(desk.attachments) == 1

    live.get_by_role("button", name="移除文件").click()
    expect(live.get_by_role("link", name="不关联说明（盖章）.pdf")).to_have_count(0)
    assert desk.attachments == []


def test_a_link_of_the_error_summary_leads_to_the_field(live: Page) -> None:
    live.get_by_role("button", name="提交").click()
    live.get_by_role("link", name="联系方式 / 联系人：请填写。").click()

    expect(live.get_by_label("联系人")).to_be_focused()


def test_the_whole_form_works_without_scripts(plain: Page, desk: Desk) -> None:
    plain.get_by_label("否", exact=True).check()
    plain.get_by_role("button", name="刷新表单").click()
    plain.get_by_label("不关联原因").fill("上级追加任务，未列入意向")
    plain.locator("input[type=file]").set_input_files(files=[PDF])
    plain.get_by_role("button", name="上传").click()
    plain.locator("#f-plan_name").fill("二〇二六年教学设备")
    fill_in(plain)
    plain.get_by_role("button", name="添加一行").click()
    plain.get_by_role("button", name="删除第 2 行").click()
    plain.get_by_role("button", name="提交").click()
    expect(plain.get_by_role("link", name="采购明细 / 第 1 行 / 品目：请选择。")).to_be_visible()

    plain.locator("summary#f-items-0-category").click()
    plain.get_by_label("品目 7 ", exact=False).first.check()
    plain.get_by_role("button", name="提交").click()

    expect(plain.locator("#document")).to_contain_text("25,601.00 元")
    assert desk.stored is not None
    assert desk.stored["items"][0]["unit"] == "台"
    assert desk.stored["unlinked_file.files"] == 1
