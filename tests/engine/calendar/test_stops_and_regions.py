"""A stopped clock, regional holidays, newer versions of a year."""

from __future__ import annotations

from datetime import date

import pytest

from engine.calendar import (
    NATION,
    CalendarYear,
    OfficeCalendar,
    SpecialDay,
    Stop,
    Verdict,
    library_years,
)
from tests.engine.calendar.reckoning import beijing, counted, due


class TestAStoppedClock:
    def stop(self, since: str, until: str | None) -> Stop:
        end = beijing(until) if until else None
        return Stop(since=beijing(since), until=end, ground="补正", document="补正〔2026〕3号")

    def test_leaves_out_the_days_from_stopping_to_resuming(self) -> None:
        stop = self.stop("2026-06-11 15:00", "2026-06-16 10:00")

        found = counted("P3WD", "2026-06-10 09:00", stops=(stop,))

        assert due(found) == "2026-06-18 18:00"
        left_out = [line.day.date.day for line in found.days if line.verdict is Verdict.STOPPED]
        assert left_out == [11, 12, 13, 14, 15]
        assert found.days[1].stop == stop

    def test_has_no_end_until_it_runs_again(self) -> None:
        found = counted("P3WD", "2026-06-10 09:00", stops=(self.stop("2026-06-11 15:00", None),))

        assert found.due_at is None

    def test_for_hours_of_one_day_changes_nothing(self) -> None:
        stop = self.stop("2026-06-11 10:00", "2026-06-11 15:00")

        assert due(counted("P3WD", "2026-06-10 09:00", stops=(stop,))) == "2026-06-15 18:00"

    def test_adds_calendar_days_at_the_end(self) -> None:
        stop = self.stop("2026-06-12 10:00", "2026-06-15 10:00")

        assert due(counted("P5D", "2026-06-10 09:00", stops=(stop,))) == "2026-06-18 18:00"

    def test_adds_its_length_to_hours(self) -> None:
        stop = self.stop("2026-06-10 10:00", "2026-06-10 12:30")

        assert due(counted("PT4H", "2026-06-10 09:00", stops=(stop,))) == "2026-06-10 15:30"
        assert (
            counted("PT4H", "2026-06-10 09:00", stops=(self.stop("2026-06-10 10:00", None),)).due_at
            is None
        )

    def test_on_the_first_day_does_not_lengthen_twice(self) -> None:
        stop = self.stop("2026-06-10 10:00", "2026-06-11 08:00")

        assert due(counted("P1D", "2026-06-10 09:00", first=True, stops=(stop,))) == (
            "2026-06-11 18:00"
        )

    def test_after_the_end_changes_nothing(self) -> None:
        stop = self.stop("2026-06-20 10:00", None)

        assert due(counted("P1WD", "2026-06-10 09:00", stops=(stop,))) == "2026-06-11 18:00"


class TestARegion:
    #: 壮族三月三, two days off in Guangxi only
    GUANGXI = CalendarYear(
        key=7,
        division="45",
        year=2026,
        version=1,
        source="桂政办电〔2026〕1号",
        days={
            date(2026, 4, 20): SpecialDay(works=False, name="壮族三月三"),
            date(2026, 4, 21): SpecialDay(works=False, name="壮族三月三"),
        },
    )
    CALENDAR = OfficeCalendar([*library_years(), GUANGXI])

    def test_has_its_own_holidays_on_top_of_the_countrys(self) -> None:
        there = counted("P1WD", "2026-04-17 09:00", division="450100", calendar=self.CALENDAR)
        elsewhere = counted("P1WD", "2026-04-17 09:00", calendar=self.CALENDAR)

        assert (due(there), due(elsewhere)) == ("2026-04-22 18:00", "2026-04-20 18:00")
        assert there.days[3].day.basis == self.GUANGXI

    def test_still_has_the_countrys(self) -> None:
        there = counted("P1WD", "2026-04-30 09:00", division="450100", calendar=self.CALENDAR)

        assert due(there) == "2026-05-06 18:00"


def test_the_newest_version_of_a_year_counts() -> None:
    changed = CalendarYear(
        key=9, division=NATION, year=2026, version=2, source="国办发明电〔2026〕1号"
    )
    calendar = OfficeCalendar([changed, *library_years()])

    assert calendar.key == 9
    # version 2 names no holiday at all
    assert due(counted("P1WD", "2026-09-30 09:00", calendar=calendar)) == "2026-10-01 18:00"


def test_a_period_that_never_ends_is_an_error_and_no_endless_loop() -> None:
    off = {
        date(year, month, day): SpecialDay(works=False, name="停工")
        for year in range(2026, 2060)
        for month in range(1, 13)
        for day in range(1, 29)
    }
    years = [
        CalendarYear(key=1, division=NATION, year=year, version=1, source="-",
                     days={day: special for day, special in off.items() if day.year == year})
        for year in range(2026, 2060)
    ]  # fmt: skip

    with pytest.raises(ValueError, match="does not end"):
        counted("P2000WD", "2026-01-05 09:00", calendar=OfficeCalendar(years))
