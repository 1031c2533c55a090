"""Code whose result is held to a type: what does not conform becomes null with a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn.datatypes import ANY, MISMATCH, DataType, coerced, named
from engine.dmn.trace import literal

if TYPE_CHECKING:
    from engine.dmn.formula import Code
    from engine.dmn.run import Run, Scope


def typed(code: Code, data_type: DataType, element_id: str) -> Code:
    """Return ``code`` with its result coerced to ``data_type``."""
    if named(data_type) is ANY:
        return code

    def run(scope: Scope) -> object:
        return held(code(scope), data_type, element_id, scope.run)

    return run


def held(value: object, data_type: DataType, element_id: str, run: Run) -> object:
    """Return ``value`` as ``data_type``, null with a warning when it does not conform."""
    result = coerced(value, data_type)
    if result is MISMATCH:
        warn_mismatch(value, data_type, element_id, run)
        return None
    return result


def warn_mismatch(value: object, data_type: DataType, element_id: str, run: Run) -> None:
    """Say that a value is not of its type."""
    text = literal(value)
    shown = text if len(text) <= 80 else text[:77] + "…"
    run.warn(
        element_id,
        f"值 {shown} 不符合类型“{data_type.name}”，按空值处理。",
        f"The value {shown} is not of type {data_type.name!r} and becomes null.",
    )
