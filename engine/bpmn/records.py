"""What was completed in a scope and can be undone: kept in the scope's internal data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from engine.bpmn.token import Token

#: Key in a scope's internal data: ``[[activity, handler or "", local data, inner records], …]``.
RECORDS: Final = "h"

Record = list[Any]


def remember(token: Token, handler: str, times: int = 1) -> None:
    """Note in its scope that ``token``'s activity completed and how to undo it.

    Args:
        token: of the activity, still in its scope.
        handler: id of the activity that undoes it; ``""`` undoes what was completed inside.
        times: how often it has to be undone (instances of a loop).
    """
    inner = token.internal_data.get(RECORDS, [])
    if not handler and not inner:
        return
    entry = [token.task_spec.element.id, handler, dict(token.data), inner]
    token.parent.internal_data.setdefault(RECORDS, []).extend([entry] * times)


def take(scope: Token, activity: str) -> list[list[Any]]:
    """Take the records of one activity (``""``: all) out of a scope.

    Returns:
        ``[handler, local data, inner records]``, last completed first.
    """
    records: list[Record] = scope.internal_data.pop(RECORDS, [])
    chosen = [entry for entry in records if not activity or entry[0] == activity]
    left = [entry for entry in records if activity and entry[0] != activity]
    if left:
        scope.internal_data[RECORDS] = left
    return _steps(chosen, {})


def _steps(records: list[Record], around: dict[str, Any]) -> list[list[Any]]:
    found: list[list[Any]] = []
    for _activity, handler, data, inner in reversed(records):
        seen = {**around, **data}
        if handler:
            found.append([handler, seen, inner])
        else:
            found += _steps(inner, seen)
    return found
