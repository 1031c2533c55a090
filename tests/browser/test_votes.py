"""A vote with a return and a second round, and people chosen for what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from engine.clock import FakeClock
from engine.commands import DeployPackage, hash_password
from tests.browser.test_deadlines import accessible, shot
from tests.support.browser import NARROW, WIDE
from tests.support.databases import OPENING
from tests.support.furniture import engine_on
from tests.support.panel import panel_package
from tests.support.small_office import furnish_small_office

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Enter
    from tests.support.browser import Person

pytestmark = pytest.mark.browser
PASSWORD = "Votes-2026-office"


@pytest.fixture
def office_password() -> str:
    return PASSWORD


@pytest.fixture
def office_url(database_url: str, tmp_path: Path) -> str:
    """Furnish the small office with a vote and a procedure with choices."""
    with engine_on(database_url, tmp_path / "var", FakeClock(OPENING)) as engine:
        furnish_small_office(engine, "routed", keep=hash_password(PASSWORD))
        package = panel_package(vote_voters="chosen", vote_people="anybody")
        engine.execute(DeployPackage(package=package))
    return database_url


def choose(person: Person, step: str, *names: str) -> None:
    """Tick people in the picker of a step that comes next."""
    picker = person.page.locator(".next-step", has_text=step)
    picker.get_by_role("searchbox").scroll_into_view_if_needed()  # the list comes when it is seen
    for name in names:
        picker.get_by_role("checkbox", name=name).first.check()


def convene(person: Person, amount: str) -> None:
    """Fill in the form and choose the three signers."""
    person.fill_in({"subject": "修缮实验楼", "amount": amount})
    choose(person, "会签", "易", "尔", "单")
    person.press("提交")
    person.expect_done()


def send_back(voter: Person) -> None:
    """Return the matter from a ballot, having read what that does to the votes."""
    page = voter.page
    page.locator(".verb-bar summary", has_text="退回").click()
    page.locator("#return-reason").fill("预算依据不足")
    expect(page.get_by_text("1 票", exact=False).first).to_be_visible()
    accessible(page)
    shot(page, "vote-return-wide")
    page.get_by_role("button", name="确认退回").click()
    voter.expect_done()


def test_a_vote_goes_back_and_is_held_again(enter: Enter) -> None:
    applicant = enter("an", WIDE)
    applicant.start("会签事项")
    applicant.fill_in({"subject": "修缮实验楼", "amount": "1200"})
    applicant.press("提交")
    expect(applicant.page.get_by_text("请选择下一环节“会签”的人员。").first).to_be_visible()
    accessible(applicant.page)
    shot(applicant.page, "vote-choose-wide")
    convene(applicant, "1200")

    first = enter("yi", NARROW, color_scheme="dark")
    first.decide("修缮实验楼", "同意")
    second = enter("er", WIDE)
    second.open("修缮实验楼")
    expect(second.page.locator(".vote-card")).to_contain_text("已投 1/3 人：同意 1，不同意 0")
    send_back(second)

    applicant.open("修缮实验楼")
    convene(applicant, "900")

    third = enter("san", NARROW, color_scheme="dark")
    third.open("修缮实验楼")
    expect(third.page.locator(".vote-card")).to_contain_text("第 2 轮表决")
    accessible(third.page)
    shot(third.page, "vote-second-narrow-dark")
    third.press("同意")
    third.expect_done()
    second.decide("修缮实验楼", "同意")
    applicant.open_started("修缮实验楼")
    rounds = applicant.page.locator(".timeline .vote-rule")
    expect(rounds).to_have_count(2)
    expect(rounds.first).to_contain_text("第 1 轮 已投 1/3 人：同意 1，不同意 0")
    expect(rounds.last).to_contain_text("第 2 轮 已投 2/3 人：同意 2，不同意 0")
    shot(applicant.page, "vote-record")


def test_the_next_step_and_its_people_are_chosen(enter: Enter) -> None:
    applicant = enter("an", WIDE)
    applicant.start("分派事项")
    applicant.fill_in({"subject": "购置设备", "amount": "1200"})
    choose(applicant, "会审", "尔")
    shot(applicant.page, "next-people-wide")
    applicant.fill_in({"amount": "900"})
    applicant.page.keyboard.press("Tab")  # the page is told of a change when the field is left
    judged = applicant.page.locator(".next-step", has_text="会审")
    expect(judged.get_by_role("status")).to_contain_text("已清除为该环节选择的 1 人")
    expect(judged.get_by_role("checkbox")).to_have_count(0)
    accessible(applicant.page)
    shot(applicant.page, "next-people-cleared-wide")
    applicant.fill_in({"amount": "1200"})
    applicant.page.keyboard.press("Tab")
    expect(judged.get_by_role("status")).to_have_text("")
    choose(applicant, "会审", "尔")
    applicant.press("提交")
    applicant.expect_done()

    judge = enter("er", NARROW, color_scheme="dark")
    judge.open("购置设备")
    judge.say("请财务把关")
    choose(judge, "财务审核", "平")
    accessible(judge.page)
    shot(judge.page, "next-steps-narrow-dark")
    judge.press("财务审核")
    judge.expect_done()

    assert enter("ping", WIDE).titles() == ["购置设备"]
    assert enter("cai", WIDE).titles() == []
