"""The calendar that comes with the product, and lengths of time as models write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.calendar import DayKind, Span, SpanKind, library_calendar


def test_the_library_agrees_with_the_notices_for_2026() -> None:
    calendar = library_calendar().of("110000")
    year = [date(2026, 1, 1) + timedelta(days=day) for day in range(365)]

    worked = [f"{day:%m-%d}" for day in year if calendar.day(day).kind is DayKind.MAKE_UP]
    off = [day for day in year if calendar.day(day).kind is DayKind.HOLIDAY]

    assert worked == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]
    assert len(off) == 3 + 9 + 3 + 5 + 3 + 3 + 7
    assert calendar.day(date(2026, 9, 25)).name == "中秋节"
    assert sum(calendar.works(day) for day in year) == 248


def test_the_library_knows_its_years_and_no_more() -> None:
    calendar = library_calendar()

    assert calendar.published >= frozenset(range(2004, 2027))
    assert not calendar.of("").is_published(2099)
    assert calendar.of("").day(date(2099, 1, 3)).kind is DayKind.WEEKEND  # a Saturday


def test_working_days_are_counted_backwards_too() -> None:
    calendar = library_calendar().of("")

    assert calendar.shift(date(2026, 2, 26), -7) == date(2026, 2, 10)
    assert calendar.shift(date(2026, 2, 14), 0) == date(2026, 2, 14)
    assert calendar.next_working(date(2026, 10, 3)) == date(2026, 10, 8)


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("P5WD", SpanKind.WORKING_DAYS, "P5WD"),
        ("P3D", SpanKind.CALENDAR, "P3D"),
        ("P1Y2M3W4D", SpanKind.CALENDAR, "P1Y2M3W4D"),
        ("PT4H", SpanKind.CLOCK, "PT4H0M0S"),
        ("PT90M", SpanKind.CLOCK, "PT1H30M0S"),
        ("P1DT0.5S", SpanKind.CLOCK, "P1DT0H0M0.5S"),
    ],
)
def test_spans_are_read_and_written(text: str, kind: SpanKind, written: str) -> None:
    span = Span.parse(text)

    assert span.kind is kind
    assert str(span) == written
    assert Span.parse(written) == span


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "5wd", "P5wd", "5WD", "P-5WD", "P0WD", "P0D", "PT0S", "P5WDT1H", "P1DT",
     "P1M5WD", "P2001D", "P9999WD", "P5个工作日", "３", "P５WD"],
)  # fmt: skip
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no span"):
        Span.parse(text)
