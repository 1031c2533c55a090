"""The library that the product evaluates with: Chinese office functions, the command's own time."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final

from engine.clock import OFFICE_ZONE
from engine.feel.extensions_cn import chinese_office_library
from engine.feel.standard import standard_library

_now: ContextVar[datetime] = ContextVar("now", default=datetime(1970, 1, 1, tzinfo=UTC))

#: FEEL in conditions, tables and forms: ``now()`` is the moment of the command, in office time.
OFFICE: Final = chinese_office_library(standard_library(lambda: _now.get().astimezone(OFFICE_ZONE)))


def set_now(moment: datetime) -> None:
    """Let ``now()`` and ``today()`` mean ``moment`` for what follows in this thread."""
    _now.set(moment)


def present() -> datetime:
    """Return the moment that ``now()`` means in this thread."""
    return _now.get()
