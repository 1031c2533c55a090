from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.people import password_of
from tests.webui.office_client import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask


@pytest.mark.parametrize("address", ["/worklist/todo", "/start", "/worklist/started", "/nowhere"])
def test_english_pages_hold_no_chinese_but_names(
    person: Callable[[str], Person], address: str
) -> None:
    handler = person("zzyz_jb")
    handler.get("/preferences")
    handler.post("/preferences", {"language": "en"})

    page = handler.get(address)

    assert '<html lang="en"' in page
    for name in ("虚构经办ZZYZ", "郑州市示例第一中学", "中文", ">采<"):
        page = page.replace(name, "")
    assert re.findall(r"[\u4e00-\u9fff]+", page) == []


def test_colours_are_rendered_by_the_server(app: Flask) -> None:
    stranger = Person(app.test_client())
    plain = stranger.get("/login")

    dark = stranger.post("/preferences", {"theme": "dark", "back": "/login"})
    system = stranger.post("/preferences", {"theme": "system", "back": "/login"})

    assert "<html" in plain
    assert "data-bs-theme" not in plain
    assert 'data-bs-theme="dark"' in dark
    assert "data-bs-theme" not in system


def test_two_different_new_passwords_are_refused(person: Callable[[str], Person]) -> None:
    handler = person("zzyz_jb")
    handler.get("/preferences")

    page = handler.post(
        "/preferences/password",
        {"old": password_of("zzyz_jb"), "new": "Longer-2026", "again": "Other-2026"},
    )

    assert handler.status == 422
    assert "两次输入的新密码不一致" in page


def test_a_changed_password_ends_every_session(app: Flask, person: Callable[[str], Person]) -> None:
    here, elsewhere = person("zzyz_jb"), person("zzyz_jb")
    here.get("/preferences")

    page = here.post(
        "/preferences/password",
        {"old": password_of("zzyz_jb"), "new": "Longer-2026", "again": "Longer-2026"},
    )

    assert "密码已修改，请用新密码重新登录。" in page
    assert elsewhere.client.get("/worklist/todo").status_code == 303
