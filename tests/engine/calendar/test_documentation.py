"""The examples of docs/deadlines.md are true."""

from __future__ import annotations

import re
from typing import Final

import pytest

from engine.calendar import Stop
from engine.commands.clock import terms_of
from tests.engine.calendar.reckoning import beijing, counted, due
from tests.support.source_code import ROOT

TEXT: Final = (ROOT / "docs" / "deadlines.md").read_text(encoding="utf-8")
MOMENT: Final = r"(\d{4}-\d\d-\d\d \d\d:\d\d)"
LINE: Final = re.compile(rf"到达 {MOMENT}，(P\w+)(?:，停 {MOMENT} 至 {MOMENT})? → {MOMENT}")
LINES: Final = [
    line
    for block in re.findall(r"```due\n(.*?)```", TEXT, re.DOTALL)
    for line in block.splitlines()
]


@pytest.mark.parametrize("line", LINES)
def test_due_dates_come_out_as_written(line: str) -> None:
    match = LINE.fullmatch(line)
    assert match is not None
    since, span, stopped, resumed, expected = match.groups()
    stops = (Stop(since=beijing(stopped), until=beijing(resumed)),) if stopped else ()

    assert due(counted(span, since, stops=stops)) == expected


def test_there_are_examples() -> None:
    assert len(LINES) >= 9


def test_the_properties_can_be_read() -> None:
    block = re.search(r"```xml\n(.*?)```", TEXT, re.DOTALL)
    assert block is not None
    properties = dict(re.findall(r'name="([^"]+)" value="([^"]+)"', block[1]))

    terms = terms_of(properties)

    assert f"{terms.closes:%H:%M}" == "17:30"
    assert [str(span) for span in terms.reminders] == ["P2WD", "P1WD"]
    assert [str(rung) for rung in terms.escalations] == [
        "P1WD: notify leader:1",
        "P3WD: add role:admin",
    ]
    assert terms.grounds == ("补正", "听证")
