"""Dates, times and durations."""

from __future__ import annotations

import datetime

import pytest

from engine.feel import compile_expression, from_feel, standard_library
from tests.engine.feel.evaluation import cases, result

VALUES = cases("""
date("2026-11-21")  ==>  @"2026-11-21"
date(2026, 11, 21)  ==>  @"2026-11-21"
date("2026-02-29")  ==>  null
date(2026, 13, 1)  ==>  null
date(2026.5, 1, 1)  ==>  null
date("12026-01-01")  ==>  @"12026-01-01"
date("-0044-03-15")  ==>  @"-0044-03-15"
date("1000000000-01-01")  ==>  null
date("01211-12-31")  ==>  null
date(@"2026-11-21T10:00:00+08:00")  ==>  @"2026-11-21"
time("10:30:00")  ==>  @"10:30:00"
time("10:30:00.123456789+08:00")  ==>  @"10:30:00.123456789+08:00"
time("10:30:00@Asia/Shanghai")  ==>  @"10:30:00@Asia/Shanghai"
time("10:30:00@Mars/Base")  ==>  null
time("24:01:00")  ==>  null
time("24:00:00")  ==>  @"00:00:00"
time("10:30:00+19:00")  ==>  null
time(10, 30, 0, @"PT8H")  ==>  @"10:30:00+08:00"
time(@"2026-11-21")  ==>  @"00:00:00Z"
date and time("2026-11-21T10:30:00")  ==>  @"2026-11-21T10:30:00"
date and time("2026-11-21")  ==>  @"2026-11-21T00:00:00"
date and time("2026-12-31T24:00:00")  ==>  @"2027-01-01T00:00:00"
date and time(@"2026-11-21", @"10:30:00Z")  ==>  @"2026-11-21T10:30:00Z"
date and time(2026, 11, 21, 10, 30, 0)  ==>  @"2026-11-21T10:30:00"
date and time(2026, 11, 21, 10, 30, 0, @"PT8H")  ==>  @"2026-11-21T10:30:00+08:00"
date and time(2026, 11, 21, 10, 30, 0, "Asia/Shanghai")  ==>  @"2026-11-21T10:30:00@Asia/Shanghai"
duration("P1DT2H")  ==>  @"P1DT2H"
duration("PT36H")  ==>  @"P1DT12H"
duration("-P13M")  ==>  @"-P1Y1M"
duration("P1Y1D")  ==>  null
duration("P")  ==>  null
years and months duration(@"2025-12-22", @"2026-11-21")  ==>  @"P10M"
years and months duration(@"2026-11-21", @"2025-12-22")  ==>  @"-P10M"
""")

PARTS = cases("""
@"2026-11-21".weekday  ==>  6
@"2026-11-21T10:30:05.5+08:00".second  ==>  5
@"2026-11-21T10:30:00+08:00".time offset  ==>  @"PT8H"
@"2026-11-21T10:30:00@Asia/Shanghai".time offset  ==>  @"PT8H"
@"2026-07-01T10:30:00@Europe/Berlin".time offset  ==>  @"PT2H"
@"2026-11-21T10:30:00@Asia/Shanghai".timezone  ==>  "Asia/Shanghai"
@"10:30:00".time offset  ==>  null
@"-P1DT2H3M4S".hours  ==>  -2
@"P1Y2M".months  ==>  2
@"P1Y".days  ==>  null
day of year(@"2024-12-31")  ==>  366
day of week(@"2026-11-21")  ==>  "Saturday"
month of year(@"2026-11-21")  ==>  "November"
week of year(@"2005-01-01")  ==>  53
""")

ARITHMETIC = cases("""
@"2026-01-31" + @"P1M"  ==>  @"2026-02-28"
@"2024-02-29" - @"P1Y"  ==>  @"2023-02-28"
@"2026-11-21" + @"P10D"  ==>  @"2026-12-01"
@"2026-11-21" - @"PT1H"  ==>  @"2026-11-20"
@"2026-11-21" - @"2026-11-01"  ==>  @"P20D"
@"2026-11-21" - @"2026-11-20T12:00:00"  ==>  @"PT12H"
@"P1D" + @"2026-11-21"  ==>  @"2026-11-22"
@"23:30:00" + @"PT1H"  ==>  @"00:30:00"
@"10:00:00+08:00" - @"10:00:00Z"  ==>  @"-PT8H"
@"2026-11-21T10:00:00+08:00" - @"2026-11-21T02:00:00Z"  ==>  @"PT0S"
@"2026-11-21T10:00:00" - @"2026-11-21T02:00:00Z"  ==>  null
@"2026-03-29T01:30:00@Europe/Berlin" + @"PT1H"  ==>  @"2026-03-29T03:30:00@Europe/Berlin"
@"2026-10-25T02:30:00@Europe/Berlin" + @"PT2H"  ==>  @"2026-10-25T03:30:00@Europe/Berlin"
@"9999-12-31" + @"P1D"  ==>  @"10000-01-01"
@"0001-01-01" - @"P1D"  ==>  @"0000-12-31"
@"999999999-12-31" + @"P1D"  ==>  null
@"P1D" * 2.5  ==>  @"P2DT12H"
2 * @"P1M"  ==>  @"P2M"
@"P1Y" / 2  ==>  @"P6M"
@"P1D" / @"PT6H"  ==>  4
@"P1D" / 0  ==>  null
@"P1D" + @"P1M"  ==>  null
-@"P1D"  ==>  @"-P1D"
@"2026-11-21" + 1  ==>  null
""")

ORDER = cases("""
@"2026-11-21" < @"2026-11-22"  ==>  true
@"2026-11-21T10:00:00+08:00" = @"2026-11-21T02:00:00Z"  ==>  true
@"2026-11-21T10:00:00+08:00" < @"2026-11-21T03:00:00Z"  ==>  true
@"2026-11-21T10:00:00" < @"2026-11-21T03:00:00Z"  ==>  null
@"2026-11-21T10:00:00" = @"2026-11-21T10:00:00Z"  ==>  false
@"10:00:00+08:00" = @"02:00:00Z"  ==>  true
@"P1D" = @"PT24H"  ==>  true
@"P1Y" = @"P12M"  ==>  true
@"P1M" < @"P31D"  ==>  null
is(@"10:00:00Z", @"10:00:00+00:00")  ==>  true
is(@"10:00:00+08:00", @"02:00:00Z")  ==>  false
""")


@pytest.mark.parametrize(("expression", "expected"), VALUES + PARTS + ARITHMETIC + ORDER)
def test_temporal(expression: str, expected: str) -> None:
    assert result(expression) == expected


def test_the_hour_that_the_clock_repeats_keeps_its_length() -> None:
    expression = (
        '(@"2026-10-25T02:30:00@Europe/Berlin" + @"PT1H") - @"2026-10-25T02:30:00@Europe/Berlin"'
    )

    assert result(expression) == '@"PT1H"'


def test_now_and_today_come_from_the_clock_that_was_given() -> None:
    office = datetime.timezone(datetime.timedelta(hours=8))
    library = standard_library(lambda: datetime.datetime(2026, 11, 21, 0, 30, tzinfo=office))

    now = compile_expression("now()", (), library).evaluate({})
    today = compile_expression('today() + duration("P7D")', (), library).evaluate({})

    assert from_feel(now) == datetime.datetime(2026, 11, 20, 16, 30, tzinfo=datetime.UTC)
    assert from_feel(today) == datetime.date(2026, 11, 28)


def test_the_machines_clock_is_asked_when_none_was_given() -> None:
    assert result("now() instance of date and time and today() instance of date") == "true"
