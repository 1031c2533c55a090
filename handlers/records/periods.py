"""How long notices stand and how long offers are taken, counted by the office's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import or_, select

from engine.calendar import Period, Span, current_calendar, reckon
from engine.clock import OFFICE_ZONE
from engine.errors import ConfigurationError
from handlers.records.regulated import superior_codes
from handlers.records.tables import notice_period

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

_EVERYWHERE: Final = "000000"
_CALENDAR_DAYS: Final = "自然日"


@dataclass(frozen=True, kw_only=True)
class NoticePeriod:
    """Least periods of a type of notice (rule R37); 0 = none.

    Attributes:
        period: 公告期限.
        period_unit: ``自然日`` or ``工作日``.
        offer_period: from publication to the end of the offers.
        offer_unit: its unit.
        source: regulation and article.
    """

    period: int
    period_unit: str
    offer_period: int
    offer_unit: str
    source: str

    def last_day(self, now: datetime) -> date | None:
        """Return the last day on which a notice published now stands, ``None`` without one."""
        return _counted(self.period, self.period_unit, now)

    def earliest_deadline(self, now: datetime) -> date | None:
        """Return the first day on which offers may end, ``None`` when any will do."""
        return _counted(self.offer_period, self.offer_unit, now)


def working_days(after: date, until: date) -> int:
    """Count the working days behind one day until another, that one included."""
    calendar = current_calendar()
    days = (after + timedelta(days=number) for number in range(1, (until - after).days + 1))
    return sum(calendar.works(day) for day in days)


def _counted(length: int, unit: str, now: datetime) -> date | None:
    """Count ``length`` days; the day of publication is not counted (reference T-11)."""
    if not length:
        return None
    if unit == _CALENDAR_DAYS:
        return now.astimezone(OFFICE_ZONE).date() + timedelta(days=length)
    period = Period(span=Span(working_days=length), since=now)
    due = reckon(period, current_calendar()).due_at
    return None if due is None else due.astimezone(OFFICE_ZONE).date()


def period_of(session: Session, notice_type: str, division: str, on: date) -> NoticePeriod:
    """Return the periods in force for a division, the nearest superior's first.

    Raises:
        ConfigurationError: none is in force.
    """
    codes = (*superior_codes(division), _EVERYWHERE)
    statement = select(notice_period).where(
        notice_period.c.notice_type == notice_type,
        notice_period.c.division.in_(codes),
        notice_period.c.valid_from <= on,
        or_(notice_period.c.valid_to.is_(None), notice_period.c.valid_to >= on),
    )
    rows: dict[str, Any] = {row.division: row for row in session.execute(statement)}
    for code in codes:
        if code in rows:
            values = rows[code]._mapping
            return NoticePeriod(**{name: values[name] for name in NoticePeriod.__annotations__})
    raise ConfigurationError(
        f"区划 {division} 没有“{notice_type}”的公告期限，请管理员维护后再办理。",
        f"No period of {notice_type!r} is in force for {division}; maintain one first.",
    )
