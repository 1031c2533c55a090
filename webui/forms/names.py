"""The only place for how a path in the answers is called in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.forms import Path

#: Separates the parts of a name; no form key contains it.
SEPARATOR = "-"

ADD = "_add"
DELETE = "_del"
REFRESH = "_refresh"
REMOVE = "_remove"
#: Prefix of the search box of a field with many choices.
SEARCH = "_q-"
#: Last part of the hidden input that says that a row exists, even if nothing in it is ticked.
ROW_MARK = "_row"


def name_of_path(path: Path | str) -> str:
    """Return the input's name: ``items-0-unit_price``."""
    parts = path.split(".") if isinstance(path, str) else path
    return SEPARATOR.join(str(part) for part in parts)


def element_id(path: Path | str) -> str:
    """Return the input's id: ``f-items-0-unit_price``; error links lead to it."""
    return f"f-{name_of_path(path)}"
