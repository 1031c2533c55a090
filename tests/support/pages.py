"""One tour through all pages of the task UI, for accessibility checks and for screenshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.support.people import answers_of
from tests.support.plan_filing import PLAN_FILING, file_plan, fill_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from tests.support.browser import Person


#: Pages about people, posts and units.
_PEOPLE: Final = {
    "staff": "/staff",
    "staff-new": "/staff/new",
    "staff-person": "/staff/people/zzjy_sh",
    "units": "/units",
    "unit-new": "/units/new",
    "unit": "/units/of/410100-JYJ",
    "handover": "/handovers/of/zzyz_jb",
    "recusals": "/recusals",
    "substitutions": "/substitutions",
}

#: Pages of the public site, without a log-in.
_PUBLIC: Final = {
    "public-home": "/notices/",
    "public-list": "/notices/list?division=410100",
    "public-nothing": "/notices/list?q=nothing-like-it",
    "public-about": "/notices/about?lang=en",
}


def tour(enter: Callable[[str], Person]) -> Iterator[tuple[str, Page]]:
    """Give every page with its name, in the order of a plan's life.

    Args:
        enter: opens a window for a login and logs in.
    """
    plan = answers_of("PL025")
    title = plan["plan_name"]
    handler = enter("zzyz_jb")
    page = handler.page
    yield "list-empty", page
    yield from _filing(handler, plan)
    yield from _approving(enter, title)
    page.goto(f"{handler.address}/worklist/started")
    yield "list-started", page
    handler.open_started(title)
    yield "instance", page
    yield from _tabs(page, "instance")
    page.goto(f"{handler.address}/preferences")
    yield "preferences", page
    yield from _administrators(enter)
    yield from _refused(enter, handler)
    page.context.clear_cookies()
    page.goto(f"{handler.address}/login")
    yield "login", page
    page.get_by_role("link", name="供应商密码找回").click()
    yield "recovery", page
    page.get_by_label("统一社会信用代码").fill("91410105MA0002029F")
    page.get_by_label("手机号").fill("19900020002")
    page.get_by_role("button", name="确定").click()
    page.get_by_text("找回密码成功").wait_for()
    yield "recovery-answer", page
    yield from _public(handler)


def _public(handler: Person) -> Iterator[tuple[str, Page]]:
    page = handler.page
    for name, address in _PUBLIC.items():
        page.goto(f"{handler.address}{address}")
        yield name, page
    page.goto(f"{handler.address}/notices/list")
    page.locator(".notice-line a").first.click()
    yield "public-notice", page


def _filing(handler: Person, plan: dict[str, object]) -> Iterator[tuple[str, Page]]:
    page = handler.page
    page.goto(f"{handler.address}/start")
    yield "start", page
    handler.start(PLAN_FILING)
    yield "fill-empty", page
    handler.press_and_see("提交")
    yield "fill-refused", page
    fill_plan(handler, plan)
    yield "fill-filled", page
    file_plan(handler, {})
    yield "finished", page


def _approving(enter: Callable[[str], Person], title: str) -> Iterator[tuple[str, Page]]:
    reviewer = enter("zzjy_sh")
    reviewer.page.goto(f"{reviewer.address}/worklist/todo")
    yield "list-todo", reviewer.page
    reviewer.open(title)
    yield "task", reviewer.page
    yield from _tabs(reviewer.page, "task")
    reviewer.open(title)
    reviewer.say("材料齐全，同意。")
    reviewer.press("同意")
    reviewer.expect_done()
    reviewer.page.goto(f"{reviewer.address}/worklist/done")
    yield "list-done", reviewer.page


def _tabs(page: Page, name: str) -> Iterator[tuple[str, Page]]:
    for tab, suffix in (("流程图", "diagram"), ("流转记录", "audit")):
        page.get_by_role("tab", name=tab).click()
        if suffix == "diagram":
            page.locator("[data-ready=shown]").wait_for()
        yield f"{name}-{suffix}", page


def _administrators(enter: Callable[[str], Person]) -> Iterator[tuple[str, Page]]:
    admin = enter("demo_admin")
    for box in ("stopped", "development"):
        admin.page.goto(f"{admin.address}/exchange/{box}")
        yield f"exchange-{box}", admin.page
    for name, address in _PEOPLE.items():
        admin.page.goto(f"{admin.address}{address}")
        admin.page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        yield name, admin.page


def _refused(enter: Callable[[str], Person], owner: Person) -> Iterator[tuple[str, Page]]:
    page = enter("zzwj_sh").page
    page.goto(f"{owner.address}/instances/1")
    yield "not-found", page
    owner.page.goto(f"{owner.address}/worklist/started")
    link = owner.page.locator("a.row-title").first.get_attribute("href")
    page.goto(f"{owner.address}{link}")
    yield "not-allowed", page
