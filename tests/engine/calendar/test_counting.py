"""Periods are counted by the statutory calendar; every expected date was counted by hand."""

from __future__ import annotations

from datetime import time

import pytest

from engine.calendar import DayKind, Verdict
from tests.engine.calendar.reckoning import counted, due

#: From the notices of the State Council for 2024, 2025 and 2026: what falls into their weeks.
HOLIDAY_WEEKS = [
    # 2024: 春节 2/10-17, work 2/4 and 2/18
    ("2024-02-02 10:00", "P1WD", "2024-02-04"),
    ("2024-02-07 10:00", "P3WD", "2024-02-18"),
    ("2024-02-09 10:00", "P3WD", "2024-02-20"),
    # 清明 4/4-6, work 4/7; 劳动节 5/1-5, work 4/28 and 5/11
    ("2024-04-03 10:00", "P2WD", "2024-04-08"),
    ("2024-04-26 10:00", "P3WD", "2024-04-30"),
    ("2024-04-30 10:00", "P5WD", "2024-05-10"),
    ("2024-05-10 10:00", "P1WD", "2024-05-11"),
    # 端午 6/8-10; 中秋 9/15-17, work 9/14; 国庆 10/1-7, work 9/29 and 10/12
    ("2024-06-07 10:00", "P1WD", "2024-06-11"),
    ("2024-09-13 10:00", "P3WD", "2024-09-19"),
    ("2024-09-27 10:00", "P5WD", "2024-10-10"),
    ("2024-09-30 10:00", "P5WD", "2024-10-12"),
    # 2025: 春节 1/28-2/4, work 1/26 and 2/8
    ("2024-12-31 10:00", "P1WD", "2025-01-02"),
    ("2025-01-24 10:00", "P3WD", "2025-02-05"),
    ("2025-02-05 10:00", "P3WD", "2025-02-08"),
    # 清明 4/4-6; 劳动节 5/1-5, work 4/27; 端午 5/31-6/2; 国庆、中秋 10/1-8, work 9/28 and 10/11
    ("2025-04-03 10:00", "P1WD", "2025-04-07"),
    ("2025-04-25 10:00", "P4WD", "2025-04-30"),
    ("2025-04-30 10:00", "P1WD", "2025-05-06"),
    ("2025-05-30 10:00", "P1WD", "2025-06-03"),
    ("2025-09-26 10:00", "P4WD", "2025-10-09"),
    ("2025-10-09 10:00", "P2WD", "2025-10-11"),
    # 2026: 元旦 1/1-3, work 1/4; 春节 2/15-23, work 2/14 and 2/28
    ("2025-12-31 10:00", "P1WD", "2026-01-04"),
    ("2026-02-10 10:00", "P7WD", "2026-02-26"),
    ("2026-02-13 10:00", "P2WD", "2026-02-24"),
    ("2026-02-27 10:00", "P1WD", "2026-02-28"),
    # 劳动节 5/1-5, work 5/9; 端午 6/19-21; 中秋 9/25-27, work 9/20; 国庆 10/1-7, work 10/10
    ("2026-04-30 10:00", "P7WD", "2026-05-13"),
    ("2026-06-18 10:00", "P1WD", "2026-06-22"),
    ("2026-09-18 10:00", "P2WD", "2026-09-21"),
    ("2026-09-24 10:00", "P1WD", "2026-09-28"),
    ("2026-09-28 10:00", "P7WD", "2026-10-13"),
    # month ends
    ("2024-02-29 10:00", "P1WD", "2024-03-01"),
    ("2026-07-31 10:00", "P1WD", "2026-08-03"),
]


@pytest.mark.parametrize(("since", "span", "expected"), HOLIDAY_WEEKS)
def test_working_days_skip_holidays_and_count_days_worked_instead(
    since: str, span: str, expected: str
) -> None:
    assert due(counted(span, since)) == f"{expected} 18:00"


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("2026-06-10 00:00", "2026-06-11 18:00"),
        ("2026-06-10 06:00", "2026-06-11 18:00"),  # before business hours
        ("2026-06-10 20:00", "2026-06-11 18:00"),  # after business hours
        ("2026-06-10 23:59", "2026-06-11 18:00"),  # 15:59 UTC
        ("2026-06-11 00:01", "2026-06-12 18:00"),  # still the 10th in UTC
    ],
)
def test_the_day_is_the_offices_whatever_the_hour(since: str, expected: str) -> None:
    assert due(counted("P1WD", since)) == expected
    assert due(counted("P1D", since)) == expected


@pytest.mark.parametrize(
    ("span", "since", "expected"),
    [
        # one calendar day is not 24 business hours (three office days)
        ("P1D", "2026-06-10 09:00", "2026-06-11 18:00"),
        ("P2D", "2026-06-10 09:00", "2026-06-12 18:00"),
        # the last day is off: the next working day, art. 203
        ("P1D", "2026-06-12 09:00", "2026-06-15 18:00"),
        ("P2D", "2026-09-29 09:00", "2026-10-08 18:00"),
        ("P1W", "2026-06-11 09:00", "2026-06-18 18:00"),
        # the corresponding day, or the last day of a shorter month, art. 202
        ("P1M", "2026-01-31 09:00", "2026-02-28 18:00"),  # a Saturday worked instead
        ("P1M", "2024-01-31 09:00", "2024-02-29 18:00"),
        ("P1M", "2025-01-31 09:00", "2025-02-28 18:00"),
        ("P1Y", "2024-02-29 09:00", "2025-02-28 18:00"),
        ("P1M15D", "2026-03-03 09:00", "2026-04-20 18:00"),
        # hours run at once, day and night
        ("PT24H", "2026-06-12 09:00", "2026-06-13 09:00"),
        ("PT4H30M", "2026-06-12 22:00", "2026-06-13 02:30"),
        ("P1DT1H", "2026-06-12 09:00", "2026-06-13 10:00"),
    ],
)
def test_calendar_days_and_hours(span: str, since: str, expected: str) -> None:
    assert due(counted(span, since)) == expected


def test_the_first_day_counts_when_the_model_says_so() -> None:
    assert due(counted("P1WD", "2026-06-10 09:00", first=True)) == "2026-06-10 18:00"
    assert due(counted("P2D", "2026-06-10 09:00", first=True)) == "2026-06-11 18:00"
    # nothing is left of the day after closing time
    assert due(counted("P1WD", "2026-06-10 18:00", first=True)) == "2026-06-11 18:00"
    # a day off never counts as a working day
    assert due(counted("P1WD", "2026-06-13 09:00", first=True)) == "2026-06-15 18:00"


def test_closing_time_is_the_models() -> None:
    assert due(counted("P1WD", "2026-06-10 09:00", closes=time(17, 30))) == "2026-06-11 17:30"


def test_every_day_is_listed_with_what_it_was_and_who_says_so() -> None:
    found = counted("P2WD", "2026-09-30 16:00")

    days = [(f"{line.day.date:%m-%d}", line.verdict, line.number) for line in found.days]
    assert days == [
        ("09-30", Verdict.ARRIVAL, 0),
        *((f"10-0{day}", Verdict.HOLIDAY, 0) for day in range(1, 8)),
        ("10-08", Verdict.COUNTED, 1),
        ("10-09", Verdict.COUNTED, 2),
    ]
    national = found.days[1].day
    assert national.name == "国庆节"
    assert national.basis is not None
    assert national.basis.source == "国办发明电〔2025〕7号"


def test_a_weekend_day_worked_instead_says_for_which_holiday() -> None:
    found = counted("P1WD", "2026-10-09 16:00")

    assert found.days[-1].day.kind is DayKind.MAKE_UP
    assert found.days[-1].day.name == "国庆节"


def test_a_moved_last_day_says_from_where_to_where() -> None:
    found = counted("P2D", "2026-06-11 09:00")

    assert [(f"{line.day.date:%m-%d}", line.verdict, line.number) for line in found.days] == [
        ("06-11", Verdict.ARRIVAL, 0),
        ("06-12", Verdict.COUNTED, 1),
        ("06-13", Verdict.COUNTED, 2),
        ("06-14", Verdict.MOVED, 0),
        ("06-15", Verdict.ENDS, 0),
    ]


def test_years_without_a_calendar_are_counted_monday_to_friday_and_named() -> None:
    found = counted("P3WD", "2026-12-30 09:00")

    assert due(found) == "2027-01-04 18:00"
    assert found.unpublished == (2027,)
