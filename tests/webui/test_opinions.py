"""Phrases, signatures, files of an opinion, what changed, and the approval form on paper."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from pypdf import PdfReader

from tests.support.process_driver import TINY_PDF
from tests.webui.test_task_page import _first_task, _submitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.webui.office_client import Person

#: One black pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def _upload(who: Person, name: str, content: bytes) -> None:
    token = who.get("/preferences")
    found = re.search(r'name="csrf_token" value="([^"]+)"', token)
    assert found is not None
    answer = who.client.post(
        "/preferences/signature",
        data={"csrf_token": found[1], "signature": (io.BytesIO(content), name)},
    )
    who.status, who.page = answer.status_code, answer.get_data(as_text=True)


def _approve(who: Person, address: str) -> str:
    who.get(address)
    return who.press(address, ("_outcome", "approve"), _opinion="材料齐全，同意。")


def test_own_phrases_replace_the_usual_ones(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    _submitted(person, typed_plan)
    reviewer = person("zzjy_sh")

    reviewer.get("/preferences")
    reviewer.post("/preferences/phrases", {"phrases": "已核对预算。\n\n已核对预算。\n请速办。"})
    page = reviewer.get(_first_task(reviewer.get("/worklist/todo")))

    assert re.findall(r'data-phrase="([^"]+)"', page) == ["已核对预算。", "请速办。"]


def test_a_phrase_that_is_too_long_comes_back_as_typed(person: Callable[[str], Person]) -> None:
    reviewer = person("zzjy_sh")
    reviewer.get("/preferences")

    page = reviewer.post("/preferences/phrases", {"phrases": "好" * 101})

    assert reviewer.status == 422
    assert "好" * 101 in page
    assert "不超过 100 字" in page


def test_a_signature_stands_under_opinions_from_then_on(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    handler = _submitted(person, typed_plan)
    reviewer = person("zzjy_sh")
    _upload(reviewer, "签名.png", PNG)
    assert reviewer.status == 303
    address = _first_task(reviewer.get("/worklist/todo"))

    _approve(reviewer, address)
    matter = re.search(r'href="(/instances/\d+)"', handler.get("/worklist/started"))
    assert matter is not None
    page = handler.get(matter[1])

    image = re.search(r'class="step-signature" src="([^"]+)"', page)
    assert image is not None
    assert handler.client.get(image[1]).data == PNG
    assert person("lysw_jb").client.get(image[1]).status_code == 403


def test_what_is_no_image_is_no_signature(person: Callable[[str], Person]) -> None:
    reviewer = person("zzjy_sh")

    _upload(reviewer, "签名.png", TINY_PDF)

    assert reviewer.status == 422
    assert "扩展名与内容不符" in reviewer.page


def test_a_file_given_with_an_opinion_stands_under_it(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    handler = _submitted(person, typed_plan)
    reviewer = person("zzjy_sh")
    address = _first_task(reviewer.get("/worklist/todo"))
    reviewer.get(address)

    reviewer.press(
        address,
        ("_outcome", "approve"),
        _opinion="同意。",
        _opinion_file=(io.BytesIO(TINY_PDF), "核对说明.pdf"),
    )
    matter = re.search(r'href="(/instances/\d+)"', handler.get("/worklist/started"))
    assert matter is not None

    assert "核对说明.pdf" in handler.get(matter[1])


def test_who_returned_a_matter_sees_what_was_changed_since(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    handler = _submitted(person, typed_plan)
    reviewer = person("zzjy_sh")
    address = _first_task(reviewer.get("/worklist/todo"))
    reviewer.get(address)
    reviewer.press(address, ("_outcome", "return"), _opinion="数量不对。")
    again = _first_task(handler.get("/worklist/todo"))
    handler.get(again)
    handler.press(again, ("_outcome", "complete"), **typed_plan | {"contact": "王五"})

    page = reviewer.get(_first_task(reviewer.get("/worklist/todo")))

    assert "自您上次办理后的修改" in page
    assert f"<del>{typed_plan['contact']}</del>" in page
    assert "<ins>王五</ins>" in page


def test_the_approval_form_is_a_pdf_with_every_opinion(
    person: Callable[[str], Person], typed_plan: dict[str, str]
) -> None:
    handler = _submitted(person, typed_plan)
    reviewer = person("zzjy_sh")
    _upload(reviewer, "签名.png", PNG)
    _approve(reviewer, _first_task(reviewer.get("/worklist/todo")))
    matter = re.search(r'href="(/instances/\d+)"', handler.get("/worklist/started"))
    assert matter is not None

    answer = handler.client.get(f"{matter[1]}/approval.pdf")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    assert "材料齐全，同意。" in text
    assert typed_plan["plan_name"] in text
    assert person("lysw_jb").client.get(f"{matter[1]}/approval.pdf").status_code == 403
