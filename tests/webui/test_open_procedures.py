"""The pages before the log-in: a public procedure, and the one page of a forced change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.processes.supplier_password_recovery import ACCOUNT, CODE, LEGAL_PERSON, received
from tests.support.people import password_of
from tests.webui.office_client import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from engine.runtime import Engine

ADDRESS = "/open/supplier_password_recovery"


@pytest.fixture
def stranger(app: Flask) -> Person:
    """Give somebody who has not logged in."""
    return Person(app.test_client())


@pytest.fixture
def supplier(app: Flask, office: Engine, stranger: Person) -> Person:
    """Give a supplier who has come in with the password of the SMS."""
    stranger.get(ADDRESS)
    stranger.post(ADDRESS, {"uscc": CODE, "phone": LEGAL_PERSON})
    person = Person(app.test_client())
    person.get("/login")
    person.post("/login", {"login": ACCOUNT, "password": received(office)})
    return person


def test_the_log_in_page_leads_to_it(stranger: Person) -> None:
    page = stranger.get("/login")

    assert f'href="{ADDRESS}"' in page
    assert "供应商密码找回" in page


def test_the_form_is_filled_in_and_answered_without_a_log_in(stranger: Person) -> None:
    form = stranger.get(ADDRESS)
    answer = stranger.post(ADDRESS, {"uscc": CODE, "phone": LEGAL_PERSON})

    assert 'name="uscc"' in form
    assert stranger.status == 200
    assert "找回密码成功" in answer
    assert "立即登录" in answer


def test_what_was_typed_survives_a_refusal(stranger: Person) -> None:
    stranger.get(ADDRESS)
    page = stranger.post(ADDRESS, {"uscc": CODE, "phone": "1990002000"})

    assert stranger.status == 422
    assert f'value="{CODE}"' in page
    assert "f-phone" in page


def test_no_match_says_so_and_offers_another_try(stranger: Person) -> None:
    stranger.get(ADDRESS)
    page = stranger.post(ADDRESS, {"uscc": CODE, "phone": "19900010001"})

    assert stranger.status == 200
    assert "信息不匹配" in page
    assert "重新填写" in page


def test_without_the_pages_token_nothing_begins(stranger: Person) -> None:
    answer = stranger.client.post(ADDRESS, data={"uscc": CODE, "phone": LEGAL_PERSON})

    assert answer.status_code == 400


def test_a_flood_is_stopped(stranger: Person) -> None:
    stranger.get(ADDRESS)
    for _ in range(20):
        stranger.post(ADDRESS, {"uscc": CODE, "phone": "19900010001"})
        stranger.get(ADDRESS)

    page = stranger.post(ADDRESS, {"uscc": CODE, "phone": LEGAL_PERSON})

    assert stranger.status == 429
    assert "操作过于频繁" in page


@pytest.mark.parametrize(("name", "status"), [("plan_filing", 403), ("nothing", 404)])
def test_other_procedures_stay_closed(stranger: Person, name: str, status: int) -> None:
    stranger.get(f"/open/{name}")

    assert stranger.status == status


def test_english_pages_hold_no_chinese(stranger: Person) -> None:
    stranger.get("/login")
    stranger.post("/preferences", {"language": "en", "back": ADDRESS})

    pages = [stranger.page, stranger.post(ADDRESS, {"uscc": CODE, "phone": "19900010001"})]
    stranger.get(ADDRESS)
    pages.append(stranger.post(ADDRESS, {"uscc": CODE, "phone": LEGAL_PERSON}))

    for page in pages:
        plain = page.replace("中文", "").replace(">采<", "")
        assert re.findall(r"[\u4e00-\u9fff]+", plain) == []


@pytest.mark.parametrize(
    "address",
    ["/", "/worklist/todo", "/start", "/preferences", "/instances/1", "/tasks/1", "/nowhere"],
)
def test_until_the_change_every_address_leads_to_it(supplier: Person, address: str) -> None:
    answer = supplier.client.get(address)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/password")


def test_until_the_change_nothing_can_be_sent(supplier: Person) -> None:
    supplier.get("/password")
    supplier.post("/start", {"process_id": "plan_filing"}, follow=False)

    assert (supplier.status, supplier.headers["Location"]) == (303, "/password")


def test_the_page_says_why_a_password_is_refused(supplier: Person) -> None:
    page = supplier.get("/password")
    short = supplier.post("/password", {"new": "abc1234", "again": "abc1234"})
    status = supplier.status
    zeros = supplier.post("/password", {"new": "000000", "again": "000000"})
    different = supplier.post("/password", {"new": "Xin-mima8", "again": "Xin-mima9"})

    assert "请先设置新密码" in page
    assert 'class="app-nav"' not in page
    assert status == 422
    assert "新密码太短" in short
    assert "新密码太短" in zeros
    assert "两次输入的新密码不一致" in different


def test_after_the_change_the_new_password_opens_everything(app: Flask, supplier: Person) -> None:
    supplier.get("/password")
    page = supplier.post("/password", {"new": "Xin-mima8", "again": "Xin-mima8"})
    supplier.post("/login", {"login": ACCOUNT, "password": "Xin-mima8"})

    assert "密码修改成功！" in page
    assert supplier.status == 200
    assert "app-nav" in supplier.page
    assert Person.logged_in(app, "zzyz_jb").status == 200


def test_others_change_their_password_where_the_old_one_is_asked_for(
    person: Callable[[str], Person],
) -> None:
    handler = person("zzyz_jb")
    answer = handler.client.get("/password")
    handler.get("/preferences")
    handler.post("/password", {"new": "Xin-mima8", "again": "Xin-mima8"}, follow=False)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/preferences")
    assert handler.headers["Location"] == "/preferences"
    assert password_of("zzyz_jb")
