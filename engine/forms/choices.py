"""What may be chosen in a field: written in the form, computed, or offered by a lookup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine.forms.expressions import plain_text
from engine.handler import Option

if TYPE_CHECKING:
    from engine.forms.components import ChoiceField
    from engine.forms.scope import Path, Scope


def offered(
    choice: ChoiceField, scope: Scope, lookups: Mapping[str, Sequence[Option]]
) -> tuple[Option, ...] | None:
    """Return the choices of a field where it stands, ``None`` when its lookup is not at hand."""
    if choice.lookup:
        found = lookups.get(choice.lookup)
        return None if found is None else (*choice.options, *found)
    names = scope.names() if choice.values_key or choice.values_formula else {}
    computed: list[Option] = []
    if choice.values_key:
        computed += _options(names.get(choice.values_key))
    if choice.values_formula:
        computed += _options(choice.values_formula.value(names))
    return (*choice.options, *computed)


def chosen(value: Any, options: Iterable[Option]) -> Option | None:
    """Return the option that ``value`` names."""
    return next((option for option in options if option.value == value), None)


def label_key(key: str) -> str:
    """Return where the label of a lookup's choice is stored; no form key contains a dot."""
    return f"{key}.label"


def files_key(key: str) -> str:
    """Return where the number of files of a field that was shown is stored."""
    return f"{key}.files"


def fill_path(path: str, scope: Scope) -> Path:
    """Return where a choice made in ``scope`` fills in ``path``.

    A key of the same row wins over one of the form, because a lookup does not know the row.
    """
    parts: Path = tuple(int(one) if one.isdigit() else one for one in path.split("."))
    return (*scope.path, *parts) if scope.is_row and parts[0] in scope.values else parts


def _options(values: Any) -> list[Option]:
    found = []
    for one in values if isinstance(values, list) else ():
        value = one.get("value") if isinstance(one, Mapping) else one
        label = one.get("label") if isinstance(one, Mapping) else one
        if value is not None:
            text = plain_text(value)
            found.append(Option(value=text, label=text if label is None else plain_text(label)))
    return found
