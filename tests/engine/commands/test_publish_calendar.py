"""Administrators publish later years and regional additions; FEEL counts by the newest version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.bpmn.expressions import FeelText
from engine.calendar import Festival, days_of, set_division
from engine.commands import PublishCalendar
from engine.errors import NotAllowedError, StaleRevisionError, ValidationFailedError
from engine.model.participants import Actor
from engine.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver

BOSS = Actor(login="boss")
NEW_YEAR = Festival("元旦", date(2027, 1, 1), date(2027, 1, 3))
SPRING = Festival(
    "春节", date(2027, 2, 5), date(2027, 2, 11), (date(2027, 1, 31), date(2027, 2, 20))
)


def off_days(year: int, *festivals: Festival) -> frozenset[date]:
    off = {day for day in days_of(year) if day.weekday() >= 5}
    for festival in festivals:
        off |= set(festival.off)
        off -= set(festival.worked)
    return frozenset(off)


def notice(**changes: Any) -> PublishCalendar:
    values: dict[str, Any] = {
        "year": 2027,
        "source": "国办发明电〔2026〕9号",
        "festivals": (NEW_YEAR, SPRING),
        "off": off_days(2027, NEW_YEAR, SPRING),
    }
    return PublishCalendar(**(values | changes))


@dataclass(frozen=True)
class Counted:
    """Evaluates FEEL as a command would."""

    text: str
    division: str = "410100"

    def answer(self, services: Services) -> Any:
        set_division(self.division)
        return FeelText(self.text, "test").value({})


def test_a_published_year_counts_at_once_and_everywhere(engine: Engine) -> None:
    question = Counted('工作日.加(date("2027-02-04"), 1)')
    assert engine.ask(question, BOSS) == date(2027, 2, 5)

    year = engine.execute(notice(), BOSS)

    assert year.version == 1
    assert engine.ask(question, BOSS) == date(2027, 2, 12)
    assert engine.ask(Counted('工作日.是否(date("2027-01-31"))'), BOSS) is True
    assert engine.ask(Counted('工作日.是否(date("2027-01-03"))'), BOSS) is False


def test_a_correction_is_a_new_version_and_the_old_one_stays(engine: Engine) -> None:
    engine.execute(notice(), BOSS)
    shorter = Festival("春节", date(2027, 2, 5), date(2027, 2, 10), SPRING.worked)

    again = engine.execute(
        notice(
            festivals=(NEW_YEAR, shorter),
            off=off_days(2027, NEW_YEAR, shorter),
            source="国办发明电〔2027〕1号",
            replaces=1,
        ),
        BOSS,
    )

    assert again.version == 2
    with engine.database.session(write=False) as session:
        versions = UnitOfWork(session).calendars.versions("", 2027)
    assert [(one.year.version, one.year.source, one.published_by) for one in versions] == [
        (2, "国办发明电〔2027〕1号", "boss"),
        (1, "国办发明电〔2026〕9号", "boss"),
    ]
    assert date(2027, 2, 11) in versions[1].year.days


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE calendar_year SET source = 'x'",
        "DELETE FROM calendar_year",
        "UPDATE calendar_day SET name = 'x'",
        "DELETE FROM calendar_day",
    ],
)
def test_what_was_published_cannot_be_changed(engine: Engine, statement: str) -> None:
    with engine.database.session(write=True) as session, pytest.raises(DBAPIError):
        session.execute(text(statement))


def test_a_region_adds_to_the_country(engine: Engine) -> None:
    local = Festival("壮族三月三", date(2027, 4, 9), date(2027, 4, 9))
    engine.execute(notice(), BOSS)

    regional = off_days(2027, NEW_YEAR, SPRING) | {date(2027, 4, 9)}
    year = engine.execute(
        notice(division="45", off=regional, festivals=(local,), source="桂政办〔2027〕1号"), BOSS
    )

    assert list(year.days) == [date(2027, 4, 9)]
    question = '工作日.加(date("2027-04-08"), 1)'
    assert engine.ask(Counted(question, "450100"), BOSS) == date(2027, 4, 12)
    assert engine.ask(Counted(question, "410100"), BOSS) == date(2027, 4, 9)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source": "  "}, "source"),
        ({"source": "文" * 121}, "source"),
        ({"year": 1999}, "year"),
        ({"division": "4"}, "division"),
        ({"division": "四一"}, "division"),
        ({"festivals": (Festival("", date(2027, 1, 1), date(2027, 1, 3)),)}, "festivals.0.name"),
        (
            {"festivals": (Festival("春节", date(2027, 2, 9), date(2027, 2, 5)),)},
            "festivals.0.first",
        ),
        (
            {"festivals": (Festival("元旦", date(2026, 12, 31), date(2027, 1, 2)),)},
            "festivals.0.first",
        ),
        ({"off": off_days(2027, NEW_YEAR, SPRING) - {date(2027, 2, 9)}}, "off.2027-02-09"),
        ({"off": off_days(2027, NEW_YEAR, SPRING) | {date(2027, 1, 31)}}, "off.2027-01-31"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(
    engine: Engine, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationFailedError) as refused:
        engine.execute(notice(**changes), BOSS)

    assert field in [error.field for error in refused.value.errors]
    assert engine.ask(Counted('工作日.加(date("2027-02-04"), 1)'), BOSS) == date(2027, 2, 5)


def test_nothing_new_is_not_published(engine: Engine) -> None:
    engine.execute(notice(), BOSS)

    with pytest.raises(ValidationFailedError, match="same"):
        engine.execute(notice(replaces=1), BOSS)


def test_only_administrators_publish(engine: Engine, leave: ProcessDriver) -> None:
    with pytest.raises(NotAllowedError):
        engine.execute(notice(), Actor(login="jia"))


def test_who_looked_at_an_older_version_must_look_again(engine: Engine) -> None:
    engine.execute(notice(), BOSS)
    other = notice(off=off_days(2027, NEW_YEAR, SPRING) | {date(2027, 3, 8)})

    with pytest.raises(StaleRevisionError):
        engine.execute(other, BOSS)
