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
    from engine.feel.scope import Run
    from engine.feel.values import FeelFunction


def _sort(run: Run, values: list[object], precedes: FeelFunction | None = None) -> list[object]:
    """Sort stably; without a function by the natural order."""
    run.charge(len(values), NOWHERE)
    if precedes is None:
        return sorted(values, key=cmp_to_key(compare))

    def order(one: object, other: object) -> int:
        if invoke(precedes, [one, other], run, NOWHERE) is True:
            return -1
        return 1 if invoke(precedes, [other, one], run, NOWHERE) is True else 0

    return sorted(values, key=cmp_to_key(order))


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
