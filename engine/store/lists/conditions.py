"""What narrows the rows of open work: conditions with parameters, and their values apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import String, bindparam, literal, or_, select

from engine.store.tables import org_unit, participant, work_item_seen, worklist_entry

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from engine.store.lists.filters import ListFilter

_entry = worklist_entry.c
#: Stand for "some value" in the shape of a filter.
_TEXT: Final = "?"
_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)
_ESCAPE: Final = "/"


def shape_of(wanted: ListFilter) -> ListFilter:
    """Return the filter with every value replaced by a mark: filters that share a statement."""
    return replace(
        wanted,
        search=wanted.search and _TEXT,
        process_id=wanted.process_id and _TEXT,
        element_id=wanted.element_id and _TEXT,
        due_from=wanted.due_from and _MOMENT,
        due_before=wanted.due_before and _MOMENT,
    )


def narrowed(shape: ListFilter, prefix: str = "") -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a filter; ``prefix`` begins the names of its parameters."""
    found: list[ColumnElement[bool]] = []
    if shape.process_id:
        found.append(_entry.process_id == bindparam(f"{prefix}process"))
    if shape.element_id:
        found.append(_entry.element_id == bindparam(f"{prefix}element"))
    if shape.due_from is not None:
        found.append(_entry.due_order >= bindparam(f"{prefix}due_from"))
    if shape.due_before is not None:
        found.append(_entry.due_order < bindparam(f"{prefix}due_before"))
    if shape.returned:
        found.append(_entry.returned)
    if shape.search:
        found.append(_mentions())
    if shape.unread:
        found.append(unread(_entry.work_item_key))
    return tuple(found)


def filter_values(wanted: ListFilter, prefix: str = "") -> dict[str, Any]:
    """Return the parameters of ``narrowed``; the reader's ``login`` is given apart."""
    named = {
        "process": wanted.process_id,
        "element": wanted.element_id,
        "due_from": wanted.due_from,
        "due_before": wanted.due_before,
    }
    found: dict[str, Any] = {f"{prefix}{name}": value for name, value in named.items() if value}
    if wanted.search:
        found |= search_values(wanted.search)
    return found


def search_values(words: str) -> dict[str, str]:
    """Return the parameters of a search."""
    return {"words": containing(words), "lower": containing(words.lower())}


def containing(words: str) -> str:
    """Return the LIKE pattern of a text that contains ``words``."""
    for sign in (_ESCAPE, "%", "_"):
        words = words.replace(sign, f"{_ESCAPE}{sign}")
    return f"%{words}%"


def mentions(column: ColumnElement[str], parameter: str) -> ColumnElement[bool]:
    """Return the condition that a text matches the pattern in ``parameter``."""
    return column.like(bindparam(parameter, type_=String), escape=_ESCAPE)


def unread(key: ColumnElement[Any], login: str | None = None) -> ColumnElement[bool]:
    """Return the condition "a person has not opened the work item".

    Args:
        key: of the work item.
        login: the person; ``None`` = whom the statement's parameter ``login`` names.
    """
    seen = work_item_seen.c
    reader = bindparam("login") if login is None else literal(login)
    opened = (
        select(seen.work_item_key).where(seen.login == reader, seen.work_item_key == key).exists()
    )
    return ~opened


def _mentions() -> ColumnElement[bool]:
    """Return the condition that a row, or a name that it refers to, contains the words."""
    units = select(org_unit.c.code).where(mentions(org_unit.c.name, "words"))
    people = select(participant.c.login).where(mentions(participant.c.name, "words"))
    return or_(
        mentions(_entry.headline, "lower"),
        mentions(_entry.step, "lower"),
        _entry.unit.in_(units),
        _entry.initiator.in_(people),
    )
