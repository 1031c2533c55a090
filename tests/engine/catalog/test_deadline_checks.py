"""Due dates and their properties are checked before a package is deployed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.catalog import build_package
from engine.catalog.checks import check_package
from engine.feel.office import set_now
from engine.handler import HandlerRegistry
from tests.support.permit import permit_files


def rules(due: str, at: str = "2026-06-10", **properties: str) -> list[tuple[str, str]]:
    """Return (rule, severity) of what is found at the review."""
    set_now(datetime.fromisoformat(at).replace(tzinfo=UTC))
    named = {name.replace("__", "-").replace("_", "."): text for name, text in properties.items()}
    package = build_package("permit", permit_files(due, named))
    found = check_package(package, HandlerRegistry())
    return [(one.rule, one.severity) for one in found if one.element_id == "review"]


@pytest.mark.parametrize("due", ["P5WD", "P3D", "P1M", "PT4H", "2026-06-30", "=后日", ""])
def test_a_due_date_that_can_be_read_is_fine(due: str) -> None:
    assert rules(due) == []


@pytest.mark.parametrize("due", ["5wd", "P5wd", "5个工作日", "P0WD", "明天", "2026-13-01"])
def test_a_due_date_that_cannot_be_read_is_an_error(due: str) -> None:
    assert rules(due) == [("due-date", "error")]


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("remind", "P2WD, P1WD", "2wd"),
        ("remind", "none", "P1M"),
        ("escalate", "P1WD: notify leader:2; P3WD: add role:admin", "overdue 1wd: leader 1"),
        ("escalate", "PT4H: notify holder", "P1WD: approve leader"),
        ("due_closes", "17:30", "25:00"),
        ("due_first__day", "counts", "yes"),
        ("clock_stops", "补正、听证", "、"),
    ],
)
def test_properties_are_checked(name: str, good: str, bad: str) -> None:
    assert rules("P5WD", **{name: good}) == []
    assert rules("P5WD", **{name: bad}) == [("property-value", "error")]


def test_properties_without_a_due_date_are_pointed_out() -> None:
    assert rules("", remind="P1WD") == [("no-due-date", "warning")]


@pytest.mark.parametrize(("at", "found"), [("2026-12-01", False), ("2026-12-30", True)])
def test_a_year_without_a_calendar_is_pointed_out(at: str, found: bool) -> None:
    assert rules("P5WD", at) == ([("calendar-missing", "warning")] if found else [])
    assert rules("PT4H", at) == []
