"""The only place for FEEL's types: reading, ``instance of``, and coercion (DMN 1.5 §10.3.2.9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

from engine.feel.parser import Parser, member_table
from engine.feel.temporal import (
    UTC,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
)
from engine.feel.tree import TypeName
from engine.feel.values import FeelFunction, Range

#: A type, or a test for values of a type that only the caller knows.
TypeOrTest = TypeName | Callable[[object], bool]
Types = Mapping[str, TypeOrTest]

ANY = TypeName(0, "Any")
_NO_TYPES: Types = {}
_CLASSES: dict[str, type] = {
    "number": Decimal,
    "string": str,
    "boolean": bool,
    "date": Date,
    "time": Time,
    "date and time": DateTime,
    "dateTime": DateTime,
    "days and time duration": DaysDuration,
    "dayTimeDuration": DaysDuration,
    "years and months duration": MonthsDuration,
    "yearMonthDuration": MonthsDuration,
    "list": list,
    "context": dict,
    "function": FeelFunction,
    "range": Range,
}
_NAMES = {kind: name for name, kind in reversed(list(_CLASSES.items()))}


@lru_cache(maxsize=1024)
def parse_type(text: str) -> TypeName:
    """Read a type such as ``list<number>`` or ``context<a: string>``.

    Raises:
        FeelError: it is none.
    """
    parser = Parser(text, {}, member_table())
    found = parser.type_name()
    parser.skip()
    if parser.pos != len(text):
        parser.unexpected()
    return found


def type_of(value: object) -> str:
    """Return the name of the value's type; ``Null`` for null."""
    return "Null" if value is None else _NAMES.get(type(value), "Any")


def instance_of(value: object, kind: TypeName | str, types: Types = _NO_TYPES) -> bool:
    """Tell whether ``value`` is an instance of the type; null never is.

    ``types`` holds the caller's own types by name; an unknown type has no instances.
    """
    found = parse_type(kind) if isinstance(kind, str) else kind
    return value is not None and _is_instance(value, found, types)


def _is_instance(value: object, kind: TypeName, types: Types) -> bool:
    if kind.name == "Any":
        return True
    own = types.get(kind.name)
    if own is not None:
        return is_of(value, own, types)
    expected = _CLASSES.get(kind.name)
    if expected is None or type(value) is not expected:
        return False
    check = _PART_CHECKS.get(kind.name)
    return check is None or not (kind.parts or kind.members) or check(value, kind, types)


def is_of(value: object, kind: TypeOrTest, types: Types = _NO_TYPES) -> bool:
    """Tell whether ``value`` is of a type or passes a test."""
    if isinstance(kind, TypeName):
        return _is_instance(value, kind, types)
    return kind(value)


def _part_is(value: object, kind: TypeName, types: Types) -> bool:
    return value is None or _is_instance(value, kind, types)


def _list_is(value: object, kind: TypeName, types: Types) -> bool:
    return isinstance(value, list) and all(_part_is(part, kind.parts[0], types) for part in value)


def _context_is(value: object, kind: TypeName, types: Types) -> bool:
    return isinstance(value, dict) and all(
        name in value and _part_is(value[name], part, types)
        for name, part in zip(kind.members, kind.parts, strict=True)
    )


def _range_is(value: object, kind: TypeName, types: Types) -> bool:
    return isinstance(value, Range) and all(
        _part_is(end, kind.parts[0], types) for end in (value.start, value.end)
    )


def _function_is(value: object, kind: TypeName, types: Types) -> bool:
    if not isinstance(value, FeelFunction) or len(value.params) != len(kind.parts) - 1:
        return False
    *wanted, result = kind.parts
    given = [*value.types, *[""] * (len(value.params) - len(value.types))]
    return _conforms_name(value.result_type, result, types) and all(
        _conforms(want, parse_type(have), types) if have else True
        for want, have in zip(wanted, given, strict=True)
    )


def _conforms_name(name: str, wanted: TypeName, types: Types) -> bool:
    return wanted.name == "Any" or not name or _conforms(parse_type(name), wanted, types)


def _conforms(kind: TypeName, wanted: TypeName, types: Types) -> bool:
    """Tell whether every value of ``kind`` is one of ``wanted`` (§10.3.2.9.2)."""
    kind, wanted = _resolved(kind, types), _resolved(wanted, types)
    if wanted.name == "Any" or kind.name == "Null":
        return True
    if kind.name != wanted.name:
        return False
    if kind.name == "context":
        have = dict(zip(kind.members, kind.parts, strict=True))
        return all(
            name in have and _conforms(have[name], part, types)
            for name, part in zip(wanted.members, wanted.parts, strict=True)
        )
    return len(kind.parts) == len(wanted.parts) and all(
        _conforms(one, other, types) for one, other in zip(kind.parts, wanted.parts, strict=True)
    )


def _resolved(kind: TypeName, types: Types) -> TypeName:
    own = types.get(kind.name)
    return own if isinstance(own, TypeName) else kind


_PART_CHECKS: dict[str, Callable[[object, TypeName, Types], bool]] = {
    "list": _list_is,
    "context": _context_is,
    "range": _range_is,
    "function": _function_is,
}


def coerce(value: object, kind: TypeName | str, types: Types = _NO_TYPES) -> object:
    """Return ``value`` as the type asks for it, or None when it cannot be (§10.3.2.9.4).

    A list of one element becomes that element, an element a list of one, a date its midnight
    in UTC.
    """
    found = parse_type(kind) if isinstance(kind, str) else kind
    if value is None or _is_instance(value, found, types):
        return value
    resolved = _resolved(found, types)
    if resolved.name == "list":
        return [value] if _is_instance([value], resolved, types) else None
    if type(value) is list and len(value) == 1 and _is_instance(value[0], found, types):
        return value[0]
    if type(value) is Date and resolved.name in {"date and time", "dateTime"}:
        return DateTime(value, UTC)
    return None
