"""How periods, days and holidays are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import gettext, lazy_gettext, ngettext

if TYPE_CHECKING:
    from datetime import date

    from flask import Flask

    from engine.queries.views.clock import ClockView

WEEKDAYS: Final = (
    lazy_gettext("周一"),
    lazy_gettext("周二"),
    lazy_gettext("周三"),
    lazy_gettext("周四"),
    lazy_gettext("周五"),
    lazy_gettext("周六"),
    lazy_gettext("周日"),
)
#: The holidays of 全国年节及纪念日放假办法; other names are shown as they were entered.
_HOLIDAYS: Final = {
    "元旦": lazy_gettext("元旦"),
    "春节": lazy_gettext("春节"),
    "清明节": lazy_gettext("清明节"),
    "劳动节": lazy_gettext("劳动节"),
    "端午节": lazy_gettext("端午节"),
    "中秋节": lazy_gettext("中秋节"),
    "国庆节": lazy_gettext("国庆节"),
}
_AMOUNTS: Final = {
    "working_days": lambda number: ngettext("%(num)s 个工作日", "%(num)s 个工作日", number),
    "days": lambda number: ngettext("%(num)s 日", "%(num)s 日", number),
    "weeks": lambda number: ngettext("%(num)s 周", "%(num)s 周", number),
    "months": lambda number: ngettext("%(num)s 个月", "%(num)s 个月", number),
    "years": lambda number: ngettext("%(num)s 年", "%(num)s 年", number),
    "hours": lambda number: ngettext("%(num)s 小时", "%(num)s 小时", number),
}


def init_app(app: Flask) -> None:
    """Give the templates their filters and words."""
    app.jinja_env.filters["office_day"] = office_day
    app.jinja_env.globals.update(
        clock_words=clock_words, holiday_name=holiday_name, weekday_names=WEEKDAYS
    )


def office_day(day: date) -> str:
    """Write a date with its weekday, ``2026-10-09 周五``."""
    return f"{day:%Y-%m-%d} {WEEKDAYS[day.weekday()]}"


def holiday_name(name: str) -> str:
    """Return a holiday's name in the reader's language."""
    return str(_HOLIDAYS.get(name, name))


def clock_words(clock: ClockView) -> str:
    """Say how long a period is: 5 个工作日."""
    words = _AMOUNTS.get(clock.unit)
    if words is not None:
        return str(words(clock.amount))
    return gettext("固定日期") if clock.unit == "fixed" else clock.text
