"""Pages that begin after a row instead of at a number: nothing is skipped, nothing is counted."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, or_, tuple_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement

#: The values of the ordering columns of one row, in their order.
Cursor = tuple[Any, ...]
#: Largest value of a BIGINT.
_LARGEST: Final = 2**63 - 1


@dataclass(frozen=True)
class Key:
    """A column to order by; never null."""

    column: ColumnElement[Any]
    descending: bool = False


def order_by(keys: Sequence[Key], *, backwards: bool) -> list[ColumnElement[Any]]:
    """Return the ORDER BY of a list read forwards or backwards."""
    return [
        key.column.desc() if key.descending is not backwards else key.column.asc() for key in keys
    ]


def beyond(keys: Sequence[Key], *, backwards: bool) -> ColumnElement[bool]:
    """Return the condition "comes after the cursor" (before it, when read backwards).

    The cursor's values are the parameters ``at0``, ``at1`` … One direction throughout is one
    comparison of rows, which an index answers; mixed directions are written out.
    """
    values = [bindparam(f"at{place}", type_=key.column.type) for place, key in enumerate(keys)]
    if len({key.descending for key in keys}) == 1:
        row = tuple_(*(key.column for key in keys))
        falling = keys[0].descending is not backwards
        return row < tuple_(*values) if falling else row > tuple_(*values)
    cases = []
    for place, (key, value) in enumerate(zip(keys, values, strict=True)):
        same = [
            other.column == known for other, known in zip(keys[:place], values[:place], strict=True)
        ]
        falling = key.descending is not backwards
        cases.append(and_(*same, key.column < value if falling else key.column > value))
    return or_(*cases)


def cursor_values(cursor: Cursor | None) -> dict[str, Any]:
    """Return the parameters of ``beyond``."""
    return {f"at{place}": value for place, value in enumerate(cursor or ())}


def written(cursor: Cursor) -> str:
    """Return a cursor as text for an address."""
    values = [value.isoformat() if isinstance(value, datetime) else value for value in cursor]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(text: str, keys: Sequence[Key]) -> Cursor | None:
    """Return the cursor that ``text`` holds, ``None`` when it is none of this order."""
    try:
        padded = text + "=" * (-len(text) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        return None
    if not isinstance(values, list) or len(values) != len(keys):
        return None
    cursor = tuple(
        _read_value(value, key.column.type.python_type)
        for value, key in zip(values, keys, strict=True)
    )
    return None if None in cursor else cursor


def _read_value(value: object, kind: type) -> Any:
    if kind is datetime and isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return None
        return moment if moment.tzinfo is not None else None
    if kind is int and isinstance(value, int) and abs(value) <= _LARGEST:
        return int(value)
    if kind is str and isinstance(value, str) and "\x00" not in value:
        return value
    return None
