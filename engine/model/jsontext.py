"""JSON text of values that are not all JSON: Decimal and dates become their exact text."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any


def encode_json(value: Any) -> str:
    """Return compact JSON text.

    Raises:
        TypeError: a value that has no exact text.
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    message = f"{type(value).__name__} is not JSON"
    raise TypeError(message)
