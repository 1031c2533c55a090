"""The only place that asks the IANA time zone database."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from engine.feel import civil

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_ERA_YEARS = 400


@lru_cache(maxsize=256)
def find_zone(name: str) -> ZoneInfo | None:
    """Return the zone of that IANA name such as ``Asia/Shanghai``, or None."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415, RUF100 (slow import)

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def offset_at(name: str, seconds: int) -> int:
    """Return the zone's seconds east of UTC at the moment ``seconds`` after 1970 in UTC."""
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415, RUF100 (beside their only use)

    zone = find_zone(name)
    if zone is None:
        return 0
    days, rest = divmod(seconds, 86_400)
    year, month, day = civil.from_day_number(days)
    moment = datetime(_usable(year), month, day, tzinfo=UTC) + timedelta(seconds=rest)
    delta = moment.astimezone(zone).utcoffset()
    return 0 if delta is None else delta.days * 86_400 + delta.seconds


def _usable(year: int) -> int:
    """Return a year that ``datetime`` can hold, of the same length and weekdays."""
    if year < 2:
        return year % _ERA_YEARS + _ERA_YEARS
    return year if year < 9999 else year % _ERA_YEARS + 9_200


def zone_offset(name: str, local: tuple[int, int, int, int, int, int]) -> int:
    """Return the zone's seconds east of UTC at a local (year, month, day, hour, minute, second).

    Years that the standard library cannot hold use the rules of the same year of the
    400-year cycle: the first one for early, the last one for late years.
    """
    from datetime import datetime  # noqa: PLC0415, RUF100 (kept beside its only use)

    zone = find_zone(name)
    if zone is None:
        return 0
    year, *rest = local
    month, day, hour, minute, second = rest
    moment = datetime(_usable(year), month, day, hour, minute, second, tzinfo=zone)
    delta = moment.utcoffset()
    return 0 if delta is None else delta.days * 86_400 + delta.seconds
