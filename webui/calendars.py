"""工作日历: everybody reads it, administrators publish years and regional additions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from engine.calendar import NATION, Festival, days_of
from engine.commands import PublishCalendar
from engine.commands.publish_calendar import FIRST_YEAR, LAST_YEAR
from engine.errors import FieldError, NotAllowedError, ValidationFailedError
from engine.queries import CalendarPage, CalendarPreview
from webui.access import ask, engine, execute
from webui.formats import office_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.wrappers import Response as BaseResponse

    from engine.calendar import Day
    from engine.queries.calendar_page import CalendarChange, CalendarView

blueprint = Blueprint("calendars", __name__, url_prefix="/calendar")

#: Lines of a notice that can be entered; the usual ones are named beforehand.
_LINES: Final = 10
_USUAL: Final = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
_WORDS: Final = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True)
class Line:
    """One line of a notice as typed."""

    name: str = ""
    first: str = ""
    last: str = ""
    worked: str = ""


@dataclass(frozen=True)
class Entry:
    """The contents of the page on which a year is entered.

    Attributes:
        lines: as typed.
        off: the dates whose boxes are ticked.
        source: number of the document.
        replaces: version that was seen.
    """

    lines: Sequence[Line]
    off: frozenset[date]
    source: str
    replaces: int


@blueprint.get("")
def index() -> BaseResponse:
    """Lead to the present year."""
    return redirect(url_for(".show", year=int(office_date(engine().clock.now())[:4])))


@blueprint.get("/<int:year>")
def show(year: int) -> str:
    """Show a year."""
    return render_template("calendars/show.html", view=_view(year))


@blueprint.get("/<int:year>/edit")
def edit(year: int) -> str:
    """Show the page on which a new version is entered; 403 for others than administrators."""
    view = _view(year)
    return _page(view, _entry_of(view))


@blueprint.post("/<int:year>/edit")
def publish(year: int) -> BaseResponse | str | tuple[str, int]:
    """Fill in, check or publish; refused input (422) comes back as typed."""
    view = _view(year)
    try:
        entry = _typed(year)
        festivals = _festivals(entry, year)
        if request.form.get("_action") == "fill":
            return _page(view, _filled(entry, festivals, view))
        command = PublishCalendar(
            year=year,
            division=view.division,
            source=entry.source,
            off=entry.off,
            festivals=festivals,
            replaces=entry.replaces,
        )
        if request.form.get("_action") != "publish":
            return _page(view, entry, change=ask(CalendarPreview(command=command)))
        made = execute(command)
    except ValidationFailedError as error:
        return _page(view, _typed(year), errors=error.errors), 422
    words = gettext(
        "已发布 %(year)s 年日历第 %(version)s 版，未办结的期限正在重新计算。",
        year=made.year,
        version=made.version,
    )
    flash(words, "done")
    return redirect(url_for(".show", year=year, division=view.division or None), code=303)


def _view(year: int) -> CalendarView:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
    division = request.values.get("division", NATION).strip()
    if not re.fullmatch(r"(\d\d){0,3}", division, re.ASCII):
        abort(404)
    return ask(CalendarPage(year=year, division=division))


def _page(
    view: CalendarView,
    entry: Entry,
    *,
    errors: Sequence[FieldError] = (),
    change: CalendarChange | None = None,
) -> str:
    if not view.may_publish:
        raise NotAllowedError
    return render_template(
        "calendars/edit.html", view=view, entry=entry, errors=errors, change=change
    )


def _entry_of(view: CalendarView) -> Entry:
    """Start from the present version, else from the usual names and weekends."""
    lines = [
        Line(
            line.name,
            line.first.isoformat(),
            line.last.isoformat(),
            " ".join(f"{day:%m-%d}" for day in line.worked),
        )
        for line in view.festivals
    ] or [Line(name) for name in (_USUAL if view.division == NATION else ())]
    return Entry(
        lines=[*lines, *[Line()] * (_LINES - len(lines))],
        off=frozenset(day.date for day in view.days if not day.works),
        source="",
        replaces=view.versions[0].version if view.versions else 0,
    )


def _typed(year: int) -> Entry:
    form = request.form
    names = ("name", "first", "last", "worked")
    typed = zip(*(form.getlist(f"line_{name}")[:_LINES] for name in names), strict=False)
    known = {day.isoformat(): day for day in days_of(year)}
    seen = form.get("replaces", "")
    return Entry(
        lines=[Line(*(text.strip() for text in one)) for one in typed],
        off=frozenset(known[text] for text in form.getlist("off") if text in known),
        source=form.get("source", ""),
        replaces=int(seen) if seen.isdecimal() else 0,
    )


def _filled(entry: Entry, festivals: Sequence[Festival], view: CalendarView) -> Entry:
    """Tick what the lines say, on top of weekends (of the country's calendar for a region)."""
    if view.division == NATION:
        off = {day for day in days_of(view.year) if day.weekday() >= 5}
    else:
        nation = ask(CalendarPage(year=view.year))
        off = {day.date for day in nation.days if not day.works}
    for festival in festivals:
        off |= {day for day in festival.off if day.year == view.year}
        off -= set(festival.worked)
    return Entry(entry.lines, frozenset(off), entry.source, entry.replaces)


def _festivals(entry: Entry, year: int) -> list[Festival]:
    """Read the lines that say something.

    Raises:
        ValidationFailedError: a date cannot be read; names the line.
    """
    found, errors = [], []
    for number, line in enumerate(entry.lines):
        if not (line.first or line.last or line.worked):
            continue
        try:
            first = date.fromisoformat(line.first)
            last = date.fromisoformat(line.last or line.first)
            worked = tuple(_short(text, year) for text in _WORDS.split(line.worked) if text)
        except ValueError:
            errors.append(_unreadable(number, line.name))
            continue
        found.append(Festival(line.name, first, last, worked))
    if errors:
        raise ValidationFailedError(errors)
    return found


def _short(text: str, year: int) -> date:
    """Read ``9-20``, ``09-20`` or ``2027-09-20``."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 2:
        parts.insert(0, year)
    return date(*parts)


def _unreadable(number: int, name: str) -> FieldError:
    return FieldError(
        field=f"festivals.{number}.first",
        code="ERR_CALENDAR",
        message_zh=f"“{name}”的日期无法识别，请按 9-20 或 2027-09-20 的写法填写。",
        message_en=f"The dates of “{name}” cannot be read; write them like 9-20 or 2027-09-20.",
    )


def months_of(view: CalendarView) -> Mapping[int, Sequence[Day | None]]:
    """Return ``{month: days}`` with ``None`` before the first Monday; a global of the templates."""
    months: dict[int, list[Day | None]] = {}
    for day in view.days:
        before = [None] * day.date.weekday() if day.date.day == 1 else []
        months.setdefault(day.date.month, [*before]).append(day)
    return months
