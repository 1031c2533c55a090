"""Names of divisions (GB/T 2260-2007 with its changes) in the provinces that are served."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FILE: Final = Path(__file__).with_name("divisions.json")


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    names: dict[str, str] = json.loads(_FILE.read_text(encoding="utf-8"))
    return names


def division_name(code: str) -> str:
    """Return the name of a division, with its city's for a county; the code if it is unknown."""
    names = _names()
    city = names.get(f"{code[:4]}00", "")
    name = names.get(code, code)
    return f"{city}{name}" if city and city != name else name


def prefix_of(code: str) -> str:
    """Return what the codes inside a division begin with, e.g. ``4104`` for ``410400``."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def with_surroundings(codes: Iterable[str]) -> list[str]:
    """Return divisions with the cities and provinces around them, by code."""
    found = {part for code in codes for part in (f"{code[:2]}0000", f"{code[:4]}00", code)}
    return sorted(code for code in found if code in _names() or code in codes)
