"""The years that come with the product: the only place that reads ``chinesecalendar``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from engine.calendar.days import NATION, CalendarYear, OfficeCalendar, SpecialDay

if TYPE_CHECKING:
    import datetime

#: Notices of the General Office of the State Council (国务院办公厅关于…部分节假日安排的通知).
_NOTICES: Final = {
    2020: "国办发明电〔2019〕16号、〔2020〕1号",
    2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}
#: Of years before, and of years that a newer library brings.
_UNNAMED: Final = "chinesecalendar"
#: The names of the notices where the library's are shorter.
_NAMES: Final = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


@cache
def library_years() -> tuple[CalendarYear, ...]:
    """Return every year that the library knows, as version 1 without a key."""
    from chinese_calendar.constants import (  # noqa: PLC0415, RUF100 (slow import)
        Holiday,
        holidays,
        workdays,
    )

    names = {day.value: _NAMES.get(day.chinese, day.chinese) for day in Holiday}
    years: dict[int, dict[datetime.date, SpecialDay]] = {}
    for works, days in ((False, holidays), (True, workdays)):
        for date, holiday in days.items():
            years.setdefault(date.year, {})[date] = SpecialDay(works, names[holiday])
    return tuple(
        CalendarYear(
            key=0,
            division=NATION,
            year=year,
            version=1,
            source=_NOTICES.get(year, _UNNAMED),
            days=dict(sorted(days.items())),
        )
        for year, days in sorted(years.items())
    )


@cache
def library_calendar() -> OfficeCalendar:
    """Return the calendar of an installation in which nobody has published anything."""
    return OfficeCalendar(library_years())
