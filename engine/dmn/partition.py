"""Cuts the values of a column into regions inside which no cell of the column changes its mind."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from engine import feel
from engine.dmn.cells import Between, Cell, Equal, Part, Prefix
from engine.dmn.line import Kind, Line, Region

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Partition:
    """The regions of one column, made from its cells.

    Order: null, false, true; numbers and dates each as interval, point, interval, …; strings as
    points, then prefixes without the strings of longer ones, then all others.
    """

    def __init__(self, cells: Iterable[Cell]) -> None:
        """Cut at every constant of ``cells``."""
        parts = [part for cell in cells for part in cell.parts]
        self.regions: list[Region] = [
            Region(Kind.NULL, None),
            Region(Kind.BOOLEAN, False),
            Region(Kind.BOOLEAN, True),
        ]
        self._lines = {kind: self._line(kind, points) for kind, points in _points(parts).items()}
        self._strings: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._add_strings(parts)
        self._lengths = sorted({len(prefix) for prefix in self._prefixes}, reverse=True)

    def locate(self, value: object) -> int | None:
        """Return the region of ``value``, ``None`` for values of no kind."""
        if isinstance(value, str):
            return self._locate_string(value)
        if value is None:
            return 0
        if isinstance(value, bool):
            return 2 if value else 1
        ordered = _ORDERED.get(type(value))
        return None if ordered is None else self._lines[ordered].locate(value)

    def indexes(self, part: Part) -> Sequence[int]:
        """Return the regions inside ``part``."""
        match part:
            case Equal(value=value):
                found = self.locate(value)
                return () if found is None else (found,)
            case Between():
                kind = _ORDERED[type(part.ends[0])]
                return self._lines[kind].between(part)
            case Prefix(text=text):
                return [
                    index
                    for index, region in enumerate(self.regions)
                    if region.kind is Kind.STRING and str(region.example).startswith(text)
                ]

    def _line(self, kind: Kind, points: set[object]) -> Line:
        line = Line(kind, points, len(self.regions))
        self.regions.extend(line.regions())
        return line

    def _add_strings(self, parts: list[Part]) -> None:
        texts = dict.fromkeys(part.value for part in parts if isinstance(part, Equal))
        for text in texts:
            if isinstance(text, str):
                self._strings[text] = len(self.regions)
                self.regions.append(Region(Kind.STRING, text))
        prefixes = [part.text for part in parts if isinstance(part, Prefix)]
        for prefix in dict.fromkeys(prefixes):
            self._prefixes[prefix] = len(self.regions)
            self.regions.append(Region(Kind.STRING, self._unused(prefix, prefixes)))
        self._others = len(self.regions)
        self.regions.append(Region(Kind.STRING, self._unused("", prefixes)))

    def _unused(self, prefix: str, prefixes: list[str]) -> str:
        """Return a string with ``prefix`` that is no point and has no longer prefix of the set."""
        longer = [other for other in prefixes if len(other) > len(prefix)]
        for ending in _ENDINGS if prefix else _OTHERS:
            text = prefix + ending
            if text not in self._strings and not any(text.startswith(one) for one in longer):
                return text
        taken = [*longer, *self._strings]
        rare = (prefix + chr(code) for code in range(_FIRST_RARE, _FIRST_RARE + len(taken) + 1))
        return next(text for text in rare if not any(one.startswith(text) for one in taken))

    def _locate_string(self, text: str) -> int:
        found = self._strings.get(text)
        if found is not None:
            return found
        for length in self._lengths:
            found = self._prefixes.get(text[:length])
            if found is not None:
                return found
        return self._others


_ORDERED: Final[dict[type, Kind]] = {Decimal: Kind.NUMBER, feel.Date: Kind.DATE}
_ENDINGS: Final = ("00", "", "99", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "x", "~")
_OTHERS: Final = ("其他", "（其他）", "～")
#: Hanzi from here on make a string unlike any other when the usual endings are taken.
_FIRST_RARE: Final = 0x4E00


def kind_of(part: Part) -> Kind:
    """Return the kind of values that ``part`` accepts."""
    match part:
        case Prefix():
            return Kind.STRING
        case Between():
            return _ORDERED[type(part.ends[0])]
        case Equal(value=None):
            return Kind.NULL
        case Equal(value=bool()):
            return Kind.BOOLEAN
        case Equal(value=value):
            return _ORDERED.get(type(value), Kind.STRING)


def _points(parts: list[Part]) -> dict[Kind, set[object]]:
    found: dict[Kind, set[object]] = {Kind.NUMBER: set(), Kind.DATE: set()}
    for part in parts:
        values = part.ends if isinstance(part, Between) else getattr(part, "value", None)
        for value in values if isinstance(values, tuple) else (values,):
            kind = _ORDERED.get(type(value))
            if kind is not None:
                found[kind].add(value)
    return found
