"""form-js rows of sixteen columns on Bootstrap's grid of twelve."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from engine.forms.components import Component

FORM_COLUMNS = 16
PAGE_COLUMNS = 12


def grid_rows(components: Iterable[Component]) -> Iterator[list[tuple[Component, int]]]:
    """Yield rows of (component, columns 1–12); a component without a row has one of its own."""
    keyed = [(component.row or f"\0{component.id}", component) for component in components]
    for _, row in groupby(keyed, key=lambda pair: pair[0]):
        members = [component for _, component in row]
        yield list(zip(members, page_columns([one.width for one in members]), strict=True))


def page_columns(widths: Sequence[int | None]) -> list[int]:
    """Return twelfths for widths in sixteenths; ``None`` takes an equal share of what is left.

    What does not fit is taken from the widest, so that a row of sixteen fills exactly twelve.
    """
    given = sum(width or 0 for width in widths)
    open_ones = sum(1 for width in widths if width is None)
    share = max(FORM_COLUMNS - given, open_ones) / open_ones if open_ones else 0
    exact = [(share if width is None else width) * PAGE_COLUMNS / FORM_COLUMNS for width in widths]
    columns = [max(1, round(one)) for one in exact]
    while sum(columns) > PAGE_COLUMNS and max(columns) > 1 and sum(exact) <= PAGE_COLUMNS:
        columns[columns.index(max(columns))] -= 1
    return columns
