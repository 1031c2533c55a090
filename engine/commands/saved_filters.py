"""Saved filters: a list's address under a name of the person's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.commands.services import key_of
from engine.errors import NotFoundError, ValidationFailedError, field_error
from engine.model.keys import new_key
from engine.model.preferences import COLOURS
from engine.store.personal import SavedFilterRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services

#: Filters of one person: more would not be looked through.
MAX_FILTERS: Final = 30
#: Characters of a name that still fits the menu.
MAX_NAME: Final = 20


@dataclass(frozen=True, kw_only=True)
class SaveFilter:
    """保存筛选: at the end of the person's own filters.

    Attributes:
        box: the list.
        query: values of its address.
        name: 1 to 20 characters.
        colour: one of ``COLOURS``.

    Raises:
        ValidationFailedError: no or too long a name, unknown colour, too many filters.
    """

    box: str
    query: Mapping[str, str]
    name: str
    colour: str = COLOURS[0]

    def execute(self, services: Services) -> str:
        """Store it; returns its key."""
        login, personal = services.person.login, services.store.personal
        name = _checked(self.name, self.colour)
        if len(personal.filters(login)) >= MAX_FILTERS:
            raise field_error(
                "name",
                "ERR_LIMIT",
                f"最多保存 {MAX_FILTERS} 个筛选，请先删除不用的。",
                f"At most {MAX_FILTERS} filters can be saved; delete one first.",
            )
        row = SavedFilterRow(
            key=new_key(),
            login=login,
            box=self.box,
            name=name,
            colour=self.colour,
            query=sorted(self.query.items()),
            position=personal.last_position(login) + 1,
        )
        personal.add_filter(row)
        return str(row.key)


@dataclass(frozen=True, kw_only=True)
class ChangeFilter:
    """Rename, recolour or replace what one of the own filters holds.

    Attributes:
        filter_key: the filter.
        name: 1 to 20 characters.
        colour: one of ``COLOURS``.
        query: new values of its address, ``None`` leaves them.

    Raises:
        NotFoundError: no filter of this person.
        ValidationFailedError: no or too long a name, unknown colour.
    """

    filter_key: str
    name: str
    colour: str
    query: Mapping[str, str] | None = None

    def execute(self, services: Services) -> None:
        """Change it."""
        row = _own(self.filter_key, services)
        values: dict[str, Any] = {
            "name": _checked(self.name, self.colour),
            "colour": self.colour,
        }
        if self.query is not None:
            values["query"] = sorted(self.query.items())
        services.store.personal.change_filter(row.key, **values)


@dataclass(frozen=True, kw_only=True)
class MoveFilter:
    """Put one of the own filters one place up (or down) in the menu; no error at the end.

    Raises:
        NotFoundError: no filter of this person.
    """

    filter_key: str
    up: bool

    def execute(self, services: Services) -> None:
        """Exchange it with its neighbour and number all anew."""
        row = _own(self.filter_key, services)
        keys = [one.key for one in services.store.personal.filters(row.login)]
        place = keys.index(row.key)
        other = place - 1 if self.up else place + 1
        if 0 <= other < len(keys):
            keys[place], keys[other] = keys[other], keys[place]
        for position, key in enumerate(keys, start=1):
            services.store.personal.change_filter(key, position=position)


@dataclass(frozen=True, kw_only=True)
class DeleteFilter:
    """Remove one of the own filters; lists and work are not touched.

    Raises:
        NotFoundError: no filter of this person.
    """

    filter_key: str

    def execute(self, services: Services) -> None:
        """Remove it."""
        services.store.personal.drop_filter(_own(self.filter_key, services).key)


def _own(key: str, services: Services) -> SavedFilterRow:
    row = services.store.personal.filter(key_of(key, "筛选", "filter"))
    if row is None or row.login != services.person.login:
        raise NotFoundError("筛选", "filter", key)
    return row


def _checked(name: str, colour: str) -> str:
    """Return the trimmed name.

    Raises:
        ValidationFailedError: no or too long a name, unknown colour.
    """
    trimmed = " ".join(name.split())
    faults: list[ValidationFailedError] = []
    if not trimmed:
        faults.append(
            field_error("name", "ERR_REQUIRED", "请填写筛选名称。", "Give the filter a name.")
        )
    if len(trimmed) > MAX_NAME:
        faults.append(
            field_error(
                "name",
                "ERR_LENGTH",
                f"筛选名称不能超过 {MAX_NAME} 个字，请精简。",
                f"A filter's name may not exceed {MAX_NAME} characters; shorten it.",
            )
        )
    if colour not in COLOURS:
        faults.append(
            field_error("colour", "ERR_ENUM", "请选择列出的颜色。", "Choose one of the colours.")
        )
    if faults:
        raise ValidationFailedError([error for fault in faults for error in fault.errors])
    return trimmed
