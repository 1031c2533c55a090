"""Due dates of work items: what they are counted from, and that newer calendars move them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from engine.calendar import Festival
from engine.worker import Worker
from tests.engine.commands.test_publish_calendar import BOSS, notice, off_days
from tests.support.permit import Permit

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("P5WD", "2026-06-17 18:00"),
        ("P3D", "2026-06-15 18:00"),  # the 13th is a Saturday
        ("PT4H", "2026-06-10 13:00"),
        ("2026-06-30", "2026-06-30 18:00"),
        ("2026-06-30T12:00:00", "2026-06-30 12:00"),
        ('="P" + string(1 + 1) + "WD"', "2026-06-12 18:00"),
        ('=duration("P2D")', "2026-06-12 18:00"),
        ('=duration("PT36H")', "2026-06-11 21:00"),
        ('=date("2026-06-30")', "2026-06-30 18:00"),
        ("=工作日.加(today(), 7)", "2026-06-22 18:00"),  # 19 to 21 June are off
        ('=now() + duration("PT1H")', "2026-06-10 10:00"),
        ("=null", "-"),
    ],
)
def test_a_due_date_is_a_span_a_date_or_a_moment(
    engine: Engine, clock: FakeClock, due: str, expected: str
) -> None:
    assert Permit.asked(engine, clock, due).due == expected


def test_closing_time_and_first_day_are_the_models(engine: Engine, clock: FakeClock) -> None:
    permit = Permit.asked(engine, clock, "P1WD", due_closes="17:30", due_first__day="counts")

    assert permit.due == "2026-06-10 17:30"


def test_a_return_begins_a_new_period(engine: Engine, clock: FakeClock) -> None:
    permit = Permit.asked(engine, clock, "P2WD")
    permit.matter.complete("review", "return", by="yi", opinion="请补充。")

    permit.pass_to("2026-06-15 10:00")
    permit.matter.complete("ask", by="jia")

    assert permit.due == "2026-06-17 18:00"


class TestANewCalendar:
    def test_moves_open_due_dates_with_a_line_and_a_notice(
        self, engine: Engine, clock: FakeClock
    ) -> None:
        permit = Permit.asked(engine, clock, "P5WD", at="2026-12-30 09:00", timer="P6WD")
        permit.matter.claim("review", by="yi")
        assert permit.due == "2027-01-06 18:00"
        new_year = Festival("元旦", date(2027, 1, 1), date(2027, 1, 1))
        later = Festival("停工", date(2027, 1, 4), date(2027, 1, 5))

        engine.execute(
            notice(festivals=(new_year, later), off=off_days(2027, new_year, later)), BOSS
        )
        Worker(engine).run_due()

        # 12-31 | 01-06, 07, 08, 11
        assert permit.due == "2027-01-11 18:00"
        assert permit.told("yi") == ["due_moved"]
        assert permit.actions("deadline_recounted") == [
            {"before": "2027-01-06 18:00", "due": "2027-01-11 18:00"}
        ]
        permit.pass_to("2027-01-08 09:00")
        assert permit.told("yi") == ["due_moved", "due_soon"]
        permit.pass_to("2027-01-12 17:59")
        assert permit.matter.waiting_at == {"review"}
        permit.pass_to("2027-01-12 18:00")
        assert permit.matter.waiting_at == {"review", "note_delay"}

    def test_leaves_alone_what_it_does_not_concern(self, engine: Engine, clock: FakeClock) -> None:
        permit = Permit.asked(engine, clock, "P5WD")

        engine.execute(notice(), BOSS)
        Worker(engine).run_due()

        assert permit.due == "2026-06-17 18:00"
        assert permit.actions("deadline_recounted") == []
        assert permit.told("yi") == []

    def test_is_looked_at_twice_and_then_no_more(self, engine: Engine, clock: FakeClock) -> None:
        Permit.asked(engine, clock, "P5WD")
        engine.execute(notice(), BOSS)

        assert Worker(engine).run_due() == 2
        assert Worker(engine).run_due() == 0
        clock.set(clock.now().replace(minute=10))
        assert Worker(engine).run_due() == 1
        assert Worker(engine).run_due() == 0
