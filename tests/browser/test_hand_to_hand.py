"""Every verb that hands a task on, asks others about it or takes something back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from engine.clock import FakeClock
from engine.handler import HandlerRegistry
from engine.runtime import Engine
from engine.settings import Settings
from tests.browser.test_deadlines import accessible, shot
from tests.browser.test_following_up import choose
from tests.support.browser import NARROW, WIDE
from tests.support.databases import OPENING
from tests.support.memo import PASSWORD, drafted, furnished_memo
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.conftest import Enter
    from tests.support.browser import Person
    from tests.support.databases import ThrowawayDatabases

pytestmark = pytest.mark.browser
TITLE = "关于修缮库房的请示"


@pytest.fixture
def office_password() -> str:
    return PASSWORD


@pytest.fixture
def office_url(
    database_kind: str,
    throwaway_databases: Callable[[str], ThrowawayDatabases],
    tmp_path: Path,
) -> Iterator[str]:
    """Give the office of memos with one memo that an has submitted."""
    with throwaway_databases(database_kind).copy("furnished_memo", furnished_memo) as url:
        settings = Settings(data_dir=tmp_path / "var", database_url=url)
        engine = Engine(settings, clock=FakeClock(OPENING), registry=HandlerRegistry())
        drafted(ProcessDriver.start(engine, "memo", by="an"), TITLE)
        engine.close()
        yield url


def give(person: Person, verb: str, to: str, why: str) -> None:
    """转办 or 委派: choose somebody in the dialog and confirm."""
    page = person.page
    choose(page, verb)
    dialog = page.locator(".verb-item[open]")
    dialog.get_by_label("查找人员").fill(to)
    dialog.get_by_role("radio", name=to).check()
    dialog.get_by_role("textbox").last.fill(why)
    shot(page, f"dialog-{verb}")
    with page.expect_navigation():
        dialog.get_by_role("button", name=f"确认{verb}").click()


def at_once(person: Person, verb: str) -> None:
    """Press a verb that asks for nothing."""
    button = person.page.locator("button.menu-item").filter(has_text=re.compile(rf"^\s*{verb}"))
    if not button.is_visible():
        person.page.get_by_text("更多", exact=True).last.click()
    with person.page.expect_navigation():
        button.click()


def confirm(person: Person, verb: str, button: str, why: str) -> None:
    """Open a verb's dialog, give the reason and confirm."""
    page = person.page
    choose(page, verb)
    dialog = page.locator(".verb-item[open]")
    dialog.get_by_role("textbox").last.fill(why)
    with page.expect_navigation():
        dialog.get_by_role("button", name=button).click()


def sign(person: Person, when: str, *people: str) -> None:
    """加签: choose when and whom, and confirm."""
    page = person.page
    choose(page, "加签")
    dialog = page.locator(".verb-item[open]")
    dialog.get_by_role("radio", name=when).check()
    for name in people:
        dialog.get_by_label("查找人员").fill(name)
        dialog.get_by_role("checkbox", name=name).check()
    dialog.get_by_role("textbox").last.fill("请把关")
    shot(page, f"dialog-{when}")
    dialog.get_by_role("button", name="确认加签").click()
    expect(page.get_by_text("已加签")).to_be_visible()


def test_a_task_goes_from_hand_to_hand(enter: Enter) -> None:
    bai, cen = enter("bai", WIDE), enter("cen", NARROW, color_scheme="dark")
    bai.open(TITLE)
    at_once(bai, "认领")
    bai.open(TITLE)
    at_once(bai, "放弃认领")
    bai.open(TITLE)
    bai.answer("points", "库房漏雨")
    bai.press("保存草稿")
    expect(bai.page.get_by_text("已保存").first).to_be_visible()
    give(bai, "转办", "岑岚", "我出差")

    cen.open(TITLE)
    expect(cen.page.locator("[name=points]")).to_have_value("库房漏雨")
    accessible(cen.page)
    shot(cen.page, "transferred-narrow-dark")
    task = cen.page.url
    give(cen, "委派", "白露", "请核对金额")
    bai.open(TITLE)
    bai.page.locator("[name=_opinion]").fill("金额无误")
    bai.press("交回委派人")
    cen.open(TITLE)
    expect(cen.page.get_by_text("金额无误").first).to_be_visible()
    give(cen, "委派", "白露", "再看一次")
    cen.page.goto(task)
    confirm(cen, "收回委派", "确认收回", "不必了")

    cen.open(TITLE)
    cen.say("同意。")
    cen.press("提交审批")
    cen.expect_done()


def test_signatures_before_and_after_and_without(enter: Enter) -> None:
    bai, gu, dai = enter("bai", WIDE), enter("gu", NARROW), enter("dai", WIDE)
    bai.open(TITLE)
    sign(bai, "前加签", "顾平", "戴维")
    accessible(bai.page)
    shot(bai.page, "signers-wide")
    gu.open(TITLE)
    shot(gu.page, "signer-narrow")
    gu.decide(TITLE, "同意")
    bai.open(TITLE)
    confirm(bai, "减签", "确认撤销", "已电话确认")
    sign(bai, "后加签", "戴维")
    bai.open(TITLE)
    bai.answer("points", "库房漏雨")
    bai.say("可行。")
    bai.press("提交审批")
    bai.expect_done()
    shot(bai.page, "decided-waits")

    dai.decide(TITLE, "同意")

    assert TITLE in dai.titles()


def test_what_was_decided_or_submitted_is_taken_back(enter: Enter) -> None:
    an, bai = enter("an", WIDE), enter("bai", NARROW)
    an.open_started(TITLE)
    confirm(an, "撤回", "确认撤回", "内容有误")
    an.page.goto(f"{an.address}/worklist/drafts")
    an.page.get_by_role("link", name=TITLE, exact=True).first.click()
    an.press("提交")
    an.expect_done()

    bai.open(TITLE)
    bai.answer("points", "库房漏雨")
    bai.say("同意。")
    bai.press("提交审批")
    bai.expect_done()
    bai.page.goto(f"{bai.address}/worklist/done")
    bai.page.get_by_role("link", name=TITLE, exact=True).first.click()
    confirm(bai, "撤回办理", "确认撤回", "意见要改")
    accessible(bai.page)
    shot(bai.page, "recalled-narrow")
    assert TITLE in bai.titles()
