"""Where in the answers an expression stands and which names it sees there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Path of a value in the answers; row numbers are 0-based ints.
Path = tuple[str | int, ...]


@dataclass(frozen=True, eq=False)
class Scope:
    """The form itself, a group with a path, or one row of a list.

    Attributes:
        path: where it stands in the answers, ``()`` for the form.
        values: its own values by key; filled in while the form is worked out.
        outer: the scope around it.
        context: names from outside the form.
        is_row: it is a row; ``this``, ``parent`` and ``i`` mean it.
    """

    path: Path
    values: dict[str, Any]
    outer: Scope | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    is_row: bool = False

    def at(self, key: str) -> Path:
        """Return the path of one of its values."""
        return (*self.path, key)

    def inner(self, key: str, values: dict[str, Any]) -> Scope:
        """Return the scope of a group with a path."""
        return Scope(self.at(key), values, self)

    def row(self, key: str, number: int, values: dict[str, Any]) -> Scope:
        """Return the scope of row ``number`` (0-based) of a list."""
        return Scope((*self.path, key, number), values, self, is_row=True)

    def names(self) -> dict[str, Any]:
        """Return what an expression here may name: inner values hide outer ones.

        ``this`` is the row (the form outside lists), ``parent`` what surrounds it, ``i`` the
        1-based positions from the outermost list inwards, as in form-js.
        """
        if self.outer is None:
            special = _special(self.values, None, [])
            return {**self.context, **self.values, **special}
        outer = self.outer.names()
        if not self.is_row:
            return {**outer, **self.values}
        number = self.path[-1]
        positions = [*outer["i"], number + 1 if isinstance(number, int) else 0]
        return {**outer, **self.values, **_special(self.values, outer, positions)}


def _special(this: Any, parent: Any, positions: list[int]) -> dict[str, Any]:
    return {
        "this": this,
        "parent": parent,
        "i": positions,
        "_this_": this,
        "_parent_": parent,
        "_i_": positions,
    }


def dotted(path: Path) -> str:
    """Return a path as people and errors write it: ``items.0.unit_price``."""
    return ".".join(str(part) for part in path)
