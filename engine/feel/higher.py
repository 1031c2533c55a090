"""The only place for built-in functions that call functions: ``sort`` and ``list replace``."""

from __future__ import annotations

from functools import cmp_to_key
from typing import TYPE_CHECKING

from engine.feel.calling import invoke
from engine.feel.equality import compare
from engine.feel.errors import NOWHERE, NullResultError
from engine.feel.library import signature
from engine.feel.lists import replace_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.scope import Run
    from engine.feel.values import FeelFunction


#: Steps for each element, its comparisons included.
_NATURAL_SORT_STEPS = 6


class _Item:
    """An element that asks a function for its place; ``sorted`` asks once per comparison."""

    __slots__ = ("is_before", "value")

    def __init__(self, value: object, is_before: Callable[[object, object], bool]) -> None:
        self.value = value
        self.is_before = is_before

    def __lt__(self, other: _Item) -> bool:
        return self.is_before(self.value, other.value)


def _sort(run: Run, values: list[object], precedes: FeelFunction | None = None) -> list[object]:
    """Sort stably; without a function by the natural order."""
    if precedes is None:
        run.charge(_NATURAL_SORT_STEPS * len(values), NOWHERE)
        return sorted(values, key=cmp_to_key(compare))

    def is_before(one: object, other: object) -> bool:
        return invoke(precedes, [one, other], run, NOWHERE) is True

    return [item.value for item in sorted(_Item(value, is_before) for value in values)]


def _replace(run: Run, values: list[object], match: FeelFunction, item: object) -> list[object]:
    """Return the list with ``item`` for each element that ``match(element, item)`` accepts."""
    found: list[object] = []
    for value in values:
        accepted = invoke(match, [value, item], run, NOWHERE)
        if type(accepted) is not bool:
            raise NullResultError("函数须返回布尔值。", "The function must return a boolean.")
        found.append(item if accepted else value)
    return found


def functions() -> list[FeelFunction]:
    """Return the functions."""
    return [
        signature("sort", "list: list, precedes?: function", _sort, with_run=True),
        signature("list replace", "list: list, position: number, newItem: any", replace_at).also(
            signature(
                "list replace",
                "list: list, match: function, newItem: any",
                _replace,
                with_run=True,
            )
        ),
    ]
