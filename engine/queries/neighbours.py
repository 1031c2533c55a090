"""Turning from one open work item to the next, within the list that one came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.commands.standing_in import sources
from engine.model.keys import parse_key
from engine.queries.worklist import Narrowing
from engine.store.lists import Span

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.queries.views import Box
    from engine.store.lists import Found, ListFilter
    from engine.store.lists.open_work import OpenWork


@dataclass(frozen=True)
class Around:
    """The work items before and after one, keys; empty at an end of the list."""

    previous: str = ""
    following: str = ""


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """What stands before and after a work item in a list of open work.

    The work item need not be in the list any more: its place is known from its own row.
    """

    work_item_key: str
    box: Box
    narrowing: Narrowing = field(default_factory=Narrowing)

    def answer(self, services: Services) -> Around:
        """Read the two."""
        here = _here(self, services)
        if here is None:
            return Around()
        readable, wanted, key = here
        cursor = readable.cursor_at(key, wanted)
        if cursor is None:
            return Around()
        found = [
            readable.page(wanted, Span(size=1, cursor=cursor, backwards=backwards)).lines
            for backwards in (True, False)
        ]
        return Around(*(_text(lines[0]) if lines else "" for lines in found))


@dataclass(frozen=True, kw_only=True)
class NextOpen:
    """The work item to go on with after one was completed; empty when the list is.

    It is the next one of the list; at its end the first one again, for what was left out.
    """

    work_item_key: str
    box: Box
    narrowing: Narrowing = field(default_factory=Narrowing)

    def answer(self, services: Services) -> str:
        """Find it."""
        here = _here(self, services)
        if here is None:
            return ""
        readable, wanted, key = here
        cursor = readable.cursor_at(key, wanted)
        later = readable.page(wanted, Span(size=1, cursor=cursor)).lines if cursor else ()
        first = later or readable.page(wanted, Span(size=2)).lines
        return next((_text(line) for line in first if line.key != key), "")


def _here(
    question: Neighbours | NextOpen, services: Services
) -> tuple[OpenWork, ListFilter, int] | None:
    key = parse_key(question.work_item_key)
    if key is None or not question.box.is_open_work:
        return None
    lists = services.store.lists(services.actor.login, sources(services))
    readable = lists.open_work if question.box.value == "todo" else lists.drafts
    return readable, question.narrowing.at(services.now), key


def _text(line: Found) -> str:
    return str(line.key)
