"""What a person has chosen and saved."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from engine.model.keys import parse_key
from engine.model.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.commands.services import Services
    from engine.store.personal import SavedFilterRow


@dataclass(frozen=True, kw_only=True)
class SavedFilterView:
    """A saved filter.

    Attributes:
        key: for addresses.
        box: the list.
        name: as the owner wrote it.
        colour: one of ``engine.model.preferences.COLOURS``.
        query: values of the list's address.
        mine: the reader's own.
        owner: name of the person whose filter it is.
    """

    key: str
    box: str
    name: str
    colour: str
    query: Mapping[str, str]
    mine: bool
    owner: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonalChoices:
    """The reader's choices and saved filters, in two statements for the frame of every page."""

    def answer(self, services: Services) -> tuple[Preferences, Sequence[SavedFilterView]]:
        """Read them; values that are no longer offered fall back to the default."""
        login, personal = services.person.login, services.store.personal
        stored = personal.settings(login)
        known = {
            item.name: stored[item.name]
            for item in fields(Preferences)
            if isinstance(stored.get(item.name), type(item.default))
        }
        saved = [_view(row, services) for row in personal.filters(login)]
        return Preferences(**known), saved


@dataclass(frozen=True, kw_only=True)
class SavedFilter:
    """A saved filter by its key, also a colleague's; ``None`` when there is none any more."""

    filter_key: str

    def answer(self, services: Services) -> SavedFilterView | None:
        """Read it."""
        key = parse_key(self.filter_key)
        row = services.store.personal.filter(key) if key is not None else None
        return None if row is None else _view(row, services)


def _view(row: SavedFilterRow, services: Services) -> SavedFilterView:
    mine = row.login == services.person.login
    people = {} if mine else services.store.identity.people([row.login])
    return SavedFilterView(
        key=str(row.key),
        box=row.box,
        name=row.name,
        colour=row.colour,
        query=dict((name, value) for name, value in row.query),
        mine=mine,
        owner=people.get(row.login, ("", "", True))[0],
    )
