from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.webui.office_client import Person


def test_filters_live_in_the_address(person: Callable[[str], Person]) -> None:
    handler = person("zzyz_jb")
    handler.start("plan_filing")

    found = handler.get("/worklist/drafts?process=plan_filing")
    nothing = handler.get("/worklist/todo?q=没有这样的事项")

    assert 'class="row-title"' in found
    assert 'value="plan_filing" selected' in found
    assert "没有符合条件的事项" in nothing
    assert 'value="没有这样的事项"' in nothing


def test_nonsense_in_the_address_does_no_harm(person: Callable[[str], Person]) -> None:
    handler = person("zzyz_jb")

    handler.get(
        "/worklist/todo?after=%27%3B--&sort=%27%3B--&due=x&process=nothing&group=1&columns=a,b"
    )

    assert handler.status == 200


def test_null_characters_are_refused_politely(person: Callable[[str], Person]) -> None:
    handler = person("zzyz_jb")

    page = handler.get("/worklist/todo?process=%00")

    assert handler.status == 400
    assert "无法处理此请求" in page


def test_an_unknown_list_is_not_found(person: Callable[[str], Person]) -> None:
    handler = person("zzyz_jb")

    page = handler.get("/worklist/other")

    assert handler.status == 404
    assert "返回待办" in page


def test_what_was_started_is_listed_as_a_draft(person: Callable[[str], Person]) -> None:
    handler = person("zzyz_jb")
    handler.start("plan_filing")

    page = handler.get("/worklist/started")

    assert "采购计划备案" in page
    assert "草稿" in page


def test_only_what_the_post_may_start_is_offered(person: Callable[[str], Person]) -> None:
    offered = person("zzyz_jb").get("/start")
    reviewer = person("zzjy_sh").get("/start")

    assert 'value="plan_filing"' in offered
    assert "没有可以发起的事项" in reviewer


def test_starting_by_a_guessed_address_is_refused(person: Callable[[str], Person]) -> None:
    reviewer = person("zzjy_sh")
    reviewer.get("/start")

    page = reviewer.post("/start", {"process_id": "plan_filing"})

    assert reviewer.status == 403
    assert "本次访问已记入审计日志" in page
