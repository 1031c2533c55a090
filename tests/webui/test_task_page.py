from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.webui.office_client import Person


def _submitted(person: Callable[[str], Person], typed: dict[str, str]) -> Person:
    """Let zzyz_jb submit plan PL025."""
    handler = person("zzyz_jb")
    address = handler.start("plan_filing")
    handler.press(address, ("_outcome", "complete"), **typed)
    return handler


def _first_task(page: str) -> str:
    found = re.search(r'href="(/tasks/\d+)["?]', page)
    assert found is not None, page
    return found[1]


def test_refused_input_comes_back_with_the_error_at_its_field(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    handler = person("zzyz_jb")
    address = handler.start("plan_filing")

    page = handler.press(address, ("_outcome", "complete"), **typed_plan | {"contact_phone": "abc"})

    assert handler.status == 422
    assert 'value="abc"' in page
    assert typed_plan["contact"] in page
    assert 'aria-invalid="true"' in page
    assert "ERR_" not in page


def test_submitting_says_who_has_it_now(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    handler = _submitted(person, typed_plan)

    assert handler.status == 200
    assert "已办理" in handler.page
    assert "现在由" in handler.page
    assert "智慧课堂设备" in handler.page


def test_a_second_click_is_shown_the_first_ones_outcome(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    handler = person("zzyz_jb")
    address = handler.start("plan_filing")
    sent = handler.form() | typed_plan | {"_outcome": "complete"}
    token = re.search(r'name="csrf_token" value="([^"]+)"', handler.page)
    assert token is not None

    answers = [handler.client.post(address, data=sent | {"csrf_token": token[1]}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]


def test_the_second_of_two_people_learns_who_was_faster(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    _submitted(person, typed_plan)
    winner, loser = person("zzjy_sh"), person("zzjy_sh")
    address = _first_task(winner.get("/worklist/todo"))
    winner.get(address)
    loser.get(address)

    winner.press(address, ("_outcome", "approve"), _opinion="同意")
    page = loser.press(address, ("_outcome", "approve"), _opinion="同意")

    assert winner.status == 200
    assert loser.status == 409
    assert "于 2026-06-10 09:00 办理完毕" in page
    assert "查看最新情况" in page


def test_a_missing_opinion_is_asked_for_at_its_field(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    _submitted(person, typed_plan)
    reviewer = person("zzjy_sh")
    address = _first_task(reviewer.get("/worklist/todo"))
    reviewer.get(address)

    page = reviewer.press(address, ("_outcome", "approve"), _opinion="  ")

    assert reviewer.status == 422
    assert 'id="opinion-error"' in page
    assert "请填写办理意见。" in page


def test_another_units_task_is_none_of_ones_business(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    _submitted(person, typed_plan)
    address = _first_task(person("zzjy_sh").get("/worklist/todo"))
    stranger = person("lysw_jb")

    page = stranger.get(address)

    assert stranger.status == 403
    assert "智慧课堂设备" not in page
    assert "没有权限" in page


def test_a_draft_is_kept_as_typed(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    handler = person("zzyz_jb")
    address = handler.start("plan_filing")

    page = handler.press(
        address, ("_action", "save"), **typed_plan | {"items-0-unit_price": "300万"}
    )

    assert handler.status == 200
    assert "草稿已保存" in page
    assert 'value="300万"' in page


def test_a_draft_of_another_window_is_not_replaced_unseen(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    handler = person("zzyz_jb")
    address = handler.start("plan_filing")
    handler.press(address, ("_action", "save"), **typed_plan | {"contact": "张三丰"})
    opened_before = {"_draft": "", "contact": "李四光"}

    page = handler.press(address, ("_action", "save"), **typed_plan | opened_before)

    assert handler.status == 422
    assert "您已在其他窗口保存过这份草稿" in page
    assert 'value="李四光"' in page
    assert 'value="张三丰"' in handler.get(address)
    handler.press(address, ("_action", "save"), **typed_plan | {"contact": "李四光"})
    assert 'value="李四光"' in handler.get(address)


def test_files_are_kept_even_if_the_rest_is_refused_and_come_back_with_their_names(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    handler = person("zzyz_jb")
    address = handler.start("plan_filing")
    content = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
    file = (io.BytesIO(content), "采购需求论证报告（终稿）.pdf", "application/pdf")

    page = handler.press(
        address, ("_outcome", "complete"), **typed_plan | {"contact": "", "attachments": file}
    )
    link = re.search(r'href="(/attachments/\d+)"', page)
    assert link is not None
    download = handler.client.get(link[1])

    assert handler.status == 422
    assert "采购需求论证报告（终稿）.pdf" in page
    assert download.data == content
    disposition = download.headers["Content-Disposition"]
    assert unquote(disposition.partition("UTF-8''")[2]) == "采购需求论证报告（终稿）.pdf"
    assert disposition.startswith("attachment; ")
    assert download.headers["X-Content-Type-Options"] == "nosniff"


def test_the_outline_says_what_the_diagram_shows(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    _submitted(person, typed_plan)
    reviewer = person("zzjy_sh")
    page = reviewer.get(_first_task(reviewer.get("/worklist/todo")))

    outline = page[page.index('class="outline"') :]
    assert "主管单位审核" in outline
    assert "已完成" in outline
    assert "办理中" in outline
    assert '<script type="application/json" id="diagram-data">' in page


def test_ending_a_matter_without_a_reason_loses_nothing(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    handler = person("zzyz_jb")
    address = handler.start("plan_filing")

    refused = handler.press(address, ("_action", "terminate"), **typed_plan)
    status = handler.status
    ended = handler.press(
        address, ("_action", "terminate"), **typed_plan | {"_v.terminate.reason": "重复填报"}
    )

    assert status == 422
    assert "请填写原因。" in refused
    assert typed_plan["contact_phone"] in refused
    assert handler.status == 200
    assert "已终止" in ended


def test_a_submitted_matter_is_withdrawn_until_somebody_looks_at_it(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    handler = _submitted(person, typed_plan)
    instance = re.search(r'href="(/instances/\d+)"', handler.page)
    assert instance is not None
    handler.get(instance[1])

    withdrawn = handler.post(instance[1], {"_action": "withdraw", "_v.withdraw.reason": "金额有误"})

    assert "已撤回" in withdrawn
    assert "撤回后重办" in handler.get(instance[1])
    assert "没有待办事项" in person("zzjy_sh").get("/worklist/todo")
