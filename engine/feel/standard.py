"""The only place where the standard library (DMN 1.5 §10.3.4) is put together."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from engine.feel import contexts, higher, lists, numbers, ranges, strings, temporal_functions
from engine.feel.conversion import feel_text, to_feel
from engine.feel.equality import is_same
from engine.feel.errors import NullResultError
from engine.feel.library import Definitions, FunctionLibrary, define_all
from engine.feel.limits import check_string_size
from engine.feel.temporal import DateTime, Time

Now = Callable[[], datetime.datetime]


def _string(value: object) -> str | None:
    if value is None:
        return None
    text = feel_text(value)
    check_string_size(len(text))
    return text


def _not(value: object) -> bool | None:
    if value is None:
        return None
    if type(value) is not bool:
        raise NullResultError("not 只能用于布尔值。", "not() needs a boolean.")
    return not value


def _is(one: object = None, other: object = None) -> bool:
    """Tell whether two values are the same element of the same domain, zones included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (Time, DateTime)):
        return one == other
    return is_same(one, other)


_GENERAL: Definitions = {
    "string": ("from: any", _string),
    "not": ("negand: any", _not),
    "is": ("value1?: any, value2?: any", _is),
}


def _system_now() -> datetime.datetime:
    from engine.clock import OFFICE_ZONE, SystemClock  # noqa: PLC0415, RUF100 (slow import)

    return SystemClock().now().astimezone(OFFICE_ZONE)


def _clock_definitions(now: Now) -> Definitions:
    def moment() -> object:
        return to_feel(now())

    def today() -> object:
        present = moment()
        return present.date if isinstance(present, DateTime) else None

    return {"now": ("", moment), "today": ("", today)}


def standard_library(now: Now = _system_now) -> FunctionLibrary:
    """Return the functions of the standard; ``now`` returns the present moment with its zone.

    The default is the machine's clock in the office's zone (Asia/Shanghai).
    """
    definitions: Definitions = {
        **_GENERAL,
        **strings.DEFINITIONS,
        **numbers.DEFINITIONS,
        **lists.DEFINITIONS,
        **contexts.DEFINITIONS,
        **temporal_functions.DEFINITIONS,
        **ranges.DEFINITIONS,
        **_clock_definitions(now),
    }
    more = [
        *higher.functions(),
        *contexts.functions(),
        *ranges.functions(),
        *temporal_functions.functions(),
    ]
    return FunctionLibrary([*define_all(definitions), *more])


#: The standard library with the machine's clock; what is used when none is given.
STANDARD = standard_library()

#: Functions whose result changes without their arguments changing.
IMPURE = frozenset({"now", "today"})
