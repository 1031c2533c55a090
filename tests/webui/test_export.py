"""导出 Excel: the list as shown; texts stay texts; times are the office's."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # ships no types
from sqlalchemy import update

from engine.clock import OFFICE_ZONE
from engine.store.tables import process_instance
from handlers.records.demo import plan_answers
from tests.processes.plan_filing import file_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.runtime import Engine
    from tests.webui.office_client import Person

FORMULA = '=HYPERLINK("http://evil.example","点击")'


def sheet_of(reader: Person, address: str) -> Any:
    answer = reader.client.get(address)
    assert answer.status_code == 200
    assert "filename*=" in answer.headers["Content-Disposition"]
    content = answer.data
    answer.close()
    return load_workbook(BytesIO(content)).active


@pytest.mark.scenario("BAD-05")
def test_the_file_holds_what_the_list_shows_and_no_formula(
    office: Engine, person: Callable[[str], Person]
) -> None:
    file_plan(office, "PL025")
    with office.database.writer.begin() as connection:
        # the engine takes titles from anywhere, also from a neighbour's system
        connection.execute(update(process_instance).values(title=FORMULA))
    file_plan(office, "PL028")
    reader = person("zzjy_sh")

    sheet = sheet_of(reader, "/worklist/todo/export?columns=arrived,unit&sort=oldest")

    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]] == ["事项", "标记", "到达时间", "单位"]
    assert [row[0].value for row in rows[1:]] == [FORMULA, plan_answers("PL028")["plan_name"]]
    assert (rows[1][0].data_type, rows[1][0].quotePrefix) == ("s", True)
    arrived = office.clock.now().astimezone(OFFICE_ZONE).replace(tzinfo=None)
    assert rows[1][2].value == arrived
    assert arrived != datetime.now(UTC).replace(tzinfo=None)
    assert reader.client.get("/worklist/nothing/export").status_code == 404


def test_a_search_narrows_the_file_and_a_long_list_ends_with_a_sentence(
    office: Engine, person: Callable[[str], Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    for plan in ("PL025", "PL028"):
        file_plan(office, plan)
    reader = person("zzjy_sh")
    name = plan_answers("PL028")["plan_name"]

    one = sheet_of(reader, f"/worklist/todo/export?q={name}")
    monkeypatch.setattr("engine.queries.list_lines.MOST_LINES", 1)
    capped = sheet_of(reader, "/worklist/todo/export")

    assert [row[0].value for row in one.iter_rows(min_row=2)] == [name]
    assert capped.max_row == 3
    assert "只导出了前 1 项" in capped.cell(3, 1).value
