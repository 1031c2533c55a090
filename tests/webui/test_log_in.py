from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.people import password_of
from tests.webui.office_client import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask


def test_a_wrong_password_is_refused_without_telling_which_was_wrong(app: Flask) -> None:
    stranger = Person(app.test_client())
    stranger.get("/login")

    known = stranger.post("/login", {"login": "zzyz_jb", "password": "wrong"})
    status = stranger.status
    unknown = stranger.post("/login", {"login": "nobody", "password": "wrong"})

    message = "用户名或密码不正确，或账号已停用。请核对后重试。"
    assert (status, stranger.status) == (401, 401)
    assert message in known
    assert message in unknown


def test_the_session_cookie_is_out_of_reach_for_scripts(app: Flask) -> None:
    stranger = Person(app.test_client())
    stranger.get("/login")

    stranger.post("/login", {"login": "zzyz_jb", "password": password_of("zzyz_jb")}, follow=False)

    cookie = stranger.client.get_cookie("procureflow_session")
    assert stranger.status == 303
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_after_log_in_the_wanted_page_is_shown(app: Flask) -> None:
    stranger = Person(app.test_client())

    asked = stranger.client.get("/worklist/done?q=x")
    stranger.get("/worklist/done?q=x")
    stranger.post(
        "/login",
        {"login": "zzyz_jb", "password": password_of("zzyz_jb"), "next": "/worklist/done?q=x"},
        follow=False,
    )

    assert asked.status_code == 303
    assert asked.headers["Location"] == "/login?next=/worklist/done?q%3Dx"
    assert stranger.headers["Location"] == "/worklist/done?q=x"


def test_log_in_never_leads_to_another_site(app: Flask) -> None:
    stranger = Person(app.test_client())
    stranger.get("/login")

    stranger.post(
        "/login",
        {"login": "zzyz_jb", "password": password_of("zzyz_jb"), "next": "//evil.example"},
        follow=False,
    )

    assert stranger.headers["Location"] == "/"


def test_after_log_out_the_old_cookie_opens_nothing(person: Callable[[str], Person]) -> None:
    handler = person("zzyz_jb")
    cookie = handler.client.get_cookie("procureflow_session")
    handler.get("/")

    handler.post("/logout", {})

    assert cookie is not None
    handler.client.set_cookie("procureflow_session", cookie.value)
    assert handler.client.get("/worklist/todo").status_code == 303


def test_what_was_typed_survives_the_end_of_the_session(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    handler = person("zzyz_jb")
    address = handler.start("plan_filing")
    form = handler.form() | typed_plan
    handler.client.delete_cookie("procureflow_session")

    asked = handler.post(address, form | {"_outcome": "complete"})
    kept = dict(_hidden(asked))
    status = handler.status
    handler.post("/login", kept | {"login": "zzyz_jb", "password": password_of("zzyz_jb")})
    resumed = handler.post(address, dict(_hidden(handler.page)) | {"_refresh": "1"})

    assert status == 401
    assert "刚才填写的内容会保留" in asked
    assert handler.status == 200
    assert typed_plan["contact_phone"] in resumed


def test_nothing_is_changed_without_the_pages_token(person: Callable[[str], Person]) -> None:
    handler = person("zzyz_jb")

    answer = handler.client.post("/start", data={"process_id": "plan_filing"})

    assert answer.status_code == 400
    assert "页面已失效" in answer.get_data(as_text=True)
    assert "还没有发起过事项" in handler.get("/worklist/started")


def _hidden(page: str) -> list[tuple[str, str]]:
    import html
    import re

    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return [
        (html.unescape(name), html.unescape(value)) for name, value in found if name != "csrf_token"
    ]
