"""What narrows the rows of open work, as conditions on ``worklist_entry`` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from engine.store.tables import org_unit, participant, work_item_seen, worklist_entry

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from engine.store.lists.filters import ListFilter

_entry = worklist_entry.c


def narrowed(wanted: ListFilter, login: str) -> list[ColumnElement[bool]]:
    """Return the conditions of a filter for one reader."""
    found: list[ColumnElement[bool]] = []
    if wanted.process_id:
        found.append(_entry.process_id == wanted.process_id)
    if wanted.element_id:
        found.append(_entry.element_id == wanted.element_id)
    if wanted.due_from is not None:
        found.append(_entry.due_order >= wanted.due_from)
    if wanted.due_before is not None:
        found.append(_entry.due_order < wanted.due_before)
    if wanted.returned:
        found.append(_entry.returned)
    if wanted.search:
        found.append(_mentions(wanted.search))
    if wanted.unread:
        found.append(unread(_entry.work_item_key, login))
    return found


def unread(key: ColumnElement[Any], login: str) -> ColumnElement[bool]:
    """Return the condition "this person has not opened the work item"."""
    opened = (
        select(work_item_seen.c.work_item_key)
        .where(work_item_seen.c.login == login, work_item_seen.c.work_item_key == key)
        .exists()
    )
    return ~opened


def _mentions(words: str) -> ColumnElement[bool]:
    """Return the condition that a row or the names it refers to contain ``words``."""
    units = select(org_unit.c.code).where(org_unit.c.name.contains(words, autoescape=True))
    people = select(participant.c.login).where(participant.c.name.contains(words, autoescape=True))
    lower = words.lower()
    return or_(
        _entry.headline.contains(lower, autoescape=True),
        _entry.step.contains(lower, autoescape=True),
        _entry.unit.in_(units),
        _entry.initiator.in_(people),
    )
