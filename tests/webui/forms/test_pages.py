from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.datastructures import MultiDict

from tests.webui.forms.form_desk import attachment
from webui.forms.grid import page_columns

if TYPE_CHECKING:
    from tests.webui.forms.form_desk import Desk


def sent(desk: Desk, data: dict[str, Any] | None = None) -> tuple[int, str]:
    client = desk.app().test_client()
    answer = client.get("/") if data is None else client.post("/", data=MultiDict(data))
    return answer.status_code, answer.get_data(as_text=True)


def test_a_new_form_shows_what_is_asked_and_no_more(desk: Desk) -> None:
    _, page = sent(desk)

    assert 'name="plan_name"' in page
    assert 'name="items-0-unit_price"' in page
    assert 'name="single_reason"' not in page
    assert 'name="unlinked_file"' not in page
    assert "金额汇总" not in page


def test_nothing_in_the_page_runs_or_styles_itself(desk: Desk, typed: dict[str, str]) -> None:
    _, page = sent(desk, typed | {"method": "single"})

    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|\sstyle=|javascript:", page)


def test_what_was_typed_is_text(desk: Desk, typed: dict[str, str]) -> None:
    evil = '"><img src=x onerror=alert(1)>{{ 7*7 }}'

    _, page = sent(desk, typed | {"linked": "no", "plan_name": evil, "unlinked_reason": evil})

    assert "<img" not in page
    assert "&lt;img" in page
    assert "{{ 7*7 }}" in page
    assert "&lt;i&gt;一中" in page


def test_refused_input_comes_back_with_the_error_at_its_field(
    desk: Desk, typed: dict[str, str]
) -> None:
    status, page = sent(
        desk, typed | {"items-0-unit_price": "三百万", "contact-phone": "1", "_outcome": "submit"}
    )

    assert status == 422
    assert 'value="三百万"' in page
    assert 'href="#f-items-0-unit_price"' in page
    assert "采购明细 / 第 1 行 / 单价" in page
    invalid = re.findall(r'id="(f-[^"]+)"[^>]*aria-invalid="true"', page)
    assert invalid == ["f-items-0-unit_price", "f-contact-phone"]
    for name in invalid:
        assert f'id="{name}-error"' in page
        assert re.search(rf'id="{name}"[^>]*aria-describedby="[^"]*{name}-error', page)


def test_every_error_link_leads_somewhere(desk: Desk) -> None:
    _, page = sent(desk, {"linked": "no", "items-0-_row": "1", "_outcome": "submit"})

    links = set(re.findall(r'href="#(f-[^"]+)"', page))
    assert {"f-unlinked_file", "f-items-0-category", "f-confirmed"} <= links
    assert links <= set(re.findall(r'id="([^"]+)"', page))


def test_ids_are_unique_and_labels_find_their_input(desk: Desk, typed: dict[str, str]) -> None:
    _, page = sent(desk, typed | {"linked": "no", "items-1-_row": "1"})

    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'for="([^"]+)"', page)) <= set(ids)


def test_a_choice_sets_other_fields_and_locks_them(desk: Desk, typed: dict[str, str]) -> None:
    _, page = sent(desk, typed)

    assert re.search(r'id="f-plan_name"[^>]*value="教学设备采购意向" readonly', page)
    assert re.search(r'id="f-items-0-unit"[^>]*value="台" readonly', page)


def test_hidden_values_wait_in_the_page(desk: Desk, typed: dict[str, str]) -> None:
    _, page = sent(desk, typed | {"unlinked_reason": "临时追加"})

    assert '<input type="hidden" name="unlinked_reason" value="临时追加">' in page


def test_totals_are_computed_by_the_server(desk: Desk, typed: dict[str, str]) -> None:
    _, page = sent(desk, typed)

    assert re.search(r'id="f-total"[^>]*>25,601.00', page)


def test_many_choices_are_a_list_to_search_in(desk: Desk, typed: dict[str, str]) -> None:
    _, page = sent(desk, typed | {"_q-items-0-category": "品目 71"})

    offered = re.findall(r'type="radio"[^>]*name="items-0-category" value="([^"]+)"', page)
    assert offered == ["A0007", "A0071"]
    assert "<details open>" in page


@pytest.mark.parametrize(("rows", "shown"), [(1, 50), (20, 25)])
def test_many_rows_show_fewer_choices_each(desk: Desk, rows: int, shown: int) -> None:
    _, page = sent(desk, {f"items-{number}-_row": "1" for number in range(rows)})

    assert page.count('name="items-0-category" value=') == shown
    assert f"还有 {80 - shown} 项" in page


def test_a_choice_that_is_offered_no_more_stays_visible(desk: Desk, typed: dict[str, str]) -> None:
    _, page = sent(desk, typed | {"intention": "INT99"})

    assert re.search(r'<option value="INT99" selected>', page)


def test_files_are_listed_where_they_belong(desk: Desk, typed: dict[str, str]) -> None:
    desk.attachments = [attachment("unlinked_file", "说明<1>.pdf"), attachment("other", "无关.pdf")]

    _, page = sent(desk, typed | {"linked": "no"})

    assert "说明&lt;1&gt;.pdf" in page
    assert "1.5 KB" in page
    assert "无关.pdf" not in page
    assert f'name="_remove" value="{desk.attachments[0].key}"' in page
    assert 'accept=".pdf,.docx"' in page


def test_a_full_file_field_takes_no_more(desk: Desk, typed: dict[str, str]) -> None:
    desk.attachments = [attachment("unlinked_file", f"{number}.pdf") for number in range(3)]

    _, page = sent(desk, typed | {"linked": "no"})

    assert 'type="file"' not in page


def test_a_stored_document_reads_without_inputs(desk: Desk, typed: dict[str, str]) -> None:
    _, page = sent(desk, typed | {"_outcome": "submit"})

    document = page.split('<section id="document">')[1]
    assert "<input" not in document
    assert "教学设备采购意向" in document
    assert "品目 7" in document
    assert "12,800.50 元" in document
    assert "投影机 &lt;script&gt;" in document
    assert "不关联原因" not in document
    assert "2026-07-01" in document


def test_everything_around_the_fields_is_english_on_demand(
    desk: Desk, typed: dict[str, str]
) -> None:
    desk.language = "en"

    _, page = sent(desk, typed | {"contact-phone": "1", "_outcome": "submit"})

    assert "Add a row" in page
    assert "1 thing(s) to correct" in page
    assert "Give a mobile number" in page
    assert "添加" not in page
    assert "请" not in page


@pytest.mark.parametrize(
    ("widths", "columns"),
    [
        ([16], [12]),
        ([8, 8], [6, 6]),
        ([None, None, None], [4, 4, 4]),
        ([10, 6], [8, 4]),
        ([4, 3, 5, 4], [3, 2, 4, 3]),
        ([10, None], [8, 4]),
        ([1, 15], [1, 11]),
        ([4], [3]),
    ],
)
def test_sixteen_columns_fit_on_twelve(widths: list[int | None], columns: list[int]) -> None:
    assert page_columns(widths) == columns


def test_a_choice_of_a_long_list_keeps_its_id_when_it_is_chosen(
    desk: Desk, typed: dict[str, str]
) -> None:
    def identity(page: str) -> str:
        inputs = re.findall(r"<input[^>]*>", page)
        chosen = next(one for one in inputs if 'value="A0071"' in one and "radio" in one)
        found = re.search(r'id="([^"]+)"', chosen)
        assert found is not None
        return found[1]

    searched = typed | {"_q-items-0-category": "品目 7"}
    _, before = sent(desk, searched)
    _, after = sent(desk, searched | {"items-0-category": "A0071"})

    assert identity(after) == identity(before)
