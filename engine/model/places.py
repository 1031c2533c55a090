"""Where the holders of a role are looked for, before it is known which unit that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """How the unit is found."""

    #: the unit itself
    UNIT = "unit"
    #: so many levels above the unit
    ABOVE = "above"
    #: the office that serves the unit, or the nearest superior that names one
    OFFICE = "office"
    #: no unit: whoever's scope covers the division
    COVERING = "covering"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A unit to be found, or the scope that decides.

    Attributes:
        kind: how.
        division: division of the matter's unit, which a scope must cover.
        unit: code of the unit to start from, ``None`` where the scope alone decides.
        levels: how far above, ≥ 1; for ``ABOVE``.
        relation: what the office is to the unit; for ``OFFICE``.
    """

    kind: PlaceKind
    division: str
    unit: str | None = None
    levels: int = 1
    relation: str = ""


@dataclass(frozen=True, kw_only=True)
class Staff:
    """What was found at a place.

    Attributes:
        unit: code of the unit; ``None`` = whoever's scope covers the division, also where there
            is no such office or superior unit.
        somebody: login of one active holder who is not kept away, ``None`` when there is none.
    """

    unit: str | None
    somebody: str | None
