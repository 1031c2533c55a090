"""How moments, deadlines and sizes are written; all times are the office's."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from flask_babel import gettext, ngettext

from engine.clock import OFFICE_ZONE
from webui.access import engine

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

#: Days before the deadline from which it is shown as near.
NEAR_DAYS: Final = 2


def init_app(app: Flask) -> None:
    """Give the templates their filters."""
    app.jinja_env.filters.update(
        office_time=office_time,
        office_date=office_date,
        deadline=lambda due: deadline(due, engine().clock.now()),
        file_size=file_size,
        initial=initial,
    )
    app.jinja_env.globals["new_idempotency_key"] = new_idempotency_key


@dataclass(frozen=True)
class Deadline:
    """A due time as a reader sees it.

    Attributes:
        text: e.g. 逾期 2 天.
        level: ``late``, ``near`` or ``far``.
    """

    text: str
    level: str


def office_time(moment: datetime | None) -> str:
    """Write date and minute, ``""`` for none."""
    return "" if moment is None else moment.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M")


def office_date(moment: datetime | None) -> str:
    """Write the date, ``""`` for none."""
    return "" if moment is None else moment.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d")


def deadline(due: datetime | None, now: datetime) -> Deadline | None:
    """Say how many calendar days are left until ``due``; ``None`` without a deadline."""
    if due is None:
        return None
    days = (due.astimezone(OFFICE_ZONE).date() - now.astimezone(OFFICE_ZONE).date()).days
    if due < now:
        late = max(-days, 0)
        text = (
            ngettext("逾期 %(num)s 天", "逾期 %(num)s 天", late) if late else gettext("今天已逾期")
        )
        return Deadline(text, "late")
    if days == 0:
        return Deadline(gettext("今天到期"), "near")
    text = ngettext("剩 %(num)s 天", "剩 %(num)s 天", days)
    return Deadline(text, "near" if days <= NEAR_DAYS else "far")


def file_size(size: int) -> str:
    """Write a number of bytes with a unit, e.g. ``1.5 MB``."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def initial(name: str) -> str:
    """Return what stands in a person's circle: the first character."""
    return name[:1]


def new_idempotency_key() -> str:
    """Return a key that makes a repeated submission harmless."""
    return uuid.uuid4().hex


def typed_date(text: str) -> date | None:
    """Read what a date field sends (ISO 8601), ``None`` for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
