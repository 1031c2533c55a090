"""What people may look through beside their own matters, made from the records by handlers.

A dossier is a list of things, e.g. every project of a division, and a page for each. It can only
be read, by the holders of its roles, and shows what they serve: the divisions of a role with a
scope, else their own unit and the units below it. Where ``recorded``, each look is a line of the
audit trail.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from engine.exhibit import Words
from engine.handler import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy.orm import Session

#: What a table shows: texts, in one or both languages, amounts in yuan, days.
Cell = str | Words | Decimal | date | None


@dataclass(frozen=True, kw_only=True)
class DossierContext:
    """What the maker of a dossier gets.

    Attributes:
        session: for reading only.
        prefixes: divisions that begin with one of these are the reader's.
        units: units that are the reader's, wherever they lie.
        now: the moment of the look, UTC.
    """

    session: Session
    prefixes: tuple[str, ...]
    units: tuple[str, ...]
    now: datetime


class FilterKind(StrEnum):
    """How a filter is chosen: among a few values with counts, from a list, by an amount."""

    CHIPS = "chips"
    CHOICE = "choice"
    AMOUNT = "amount"


@dataclass(frozen=True, kw_only=True)
class DossierFilter:
    """What narrows the list.

    Attributes:
        name: in the address.
        options: ``(context, what is asked for) -> options``; an amount has none.
    """

    name: str
    title: Words
    kind: FilterKind = FilterKind.CHOICE
    options: Callable[[DossierContext, DossierSearch], Sequence[DossierOption]] | None = None


@dataclass(frozen=True, kw_only=True)
class DossierOption:
    """A value of a filter; ``count`` says how many things it would leave."""

    value: str
    label: Words
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class DossierSearch:
    """What is asked for.

    Attributes:
        words: somewhere in the thing.
        chosen: by name of the filter; no empty values, amounts are decimal numbers.
    """

    words: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)

    def but(self, name: str) -> DossierSearch:
        """Return the same without one filter."""
        left = {key: value for key, value in self.chosen.items() if key != name}
        return DossierSearch(words=self.words, chosen=left)

    def amount(self, name: str) -> Decimal | None:
        """Return the amount of a filter."""
        return Decimal(self.chosen[name]) if name in self.chosen else None


@dataclass(frozen=True, kw_only=True)
class DossierColumn:
    """A column of the list.

    Attributes:
        shown: on the page; the others are in the file only.
        amount: it holds amounts, which are set to the right.
    """

    title: Words
    shown: bool = True
    amount: bool = False


@dataclass(frozen=True, kw_only=True)
class DossierLine:
    """A thing in the list: its key for the page, what stands in the columns, the name first."""

    key: str
    cells: Sequence[Cell]


@dataclass(frozen=True, kw_only=True)
class DossierLines:
    """Some lines of the list, and how many there are in all."""

    lines: Sequence[DossierLine]
    total: int


class Progress(StrEnum):
    """How far a milestone is: reached, next, later, or passed by."""

    DONE = "done"
    CURRENT = "current"
    COMING = "coming"
    SKIPPED = "skipped"


@dataclass(frozen=True, kw_only=True)
class DossierNote:
    """A remark; ``late`` = a period of the law was not kept."""

    words: Words
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A stage that every thing of the dossier goes through.

    Attributes:
        on: when it was reached.
        days: calendar days since the one before.
    """

    name: Words
    progress: Progress
    on: date | None = None
    days: int | None = None
    notes: Sequence[DossierNote] = ()


@dataclass(frozen=True, kw_only=True)
class DossierEvent:
    """Something that happened, or is going on.

    Attributes:
        name: kind of event.
        what: what it was about.
        number: business number, may be empty.
        amount: yuan.
        going_on: it has begun and is not over.
        matter: key of the matter it belongs to; shown as a link to whoever may read it.
        notice: key of the published notice.
    """

    at: datetime
    name: Words
    what: str = ""
    number: str = ""
    amount: Decimal | None = None
    going_on: bool = False
    matter: str = ""
    notice: str = ""
    notes: Sequence[DossierNote] = ()


@dataclass(frozen=True, kw_only=True)
class DossierPart:
    """A table of a page: heading, columns, rows."""

    heading: Words
    columns: Sequence[Words]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, kw_only=True)
class DossierPage:
    """One thing.

    Attributes:
        facts: ``(name, value)``.
        milestones: the stages in their order.
        events: everything that happened, oldest first.
        parts: tables.
    """

    title: str
    facts: Sequence[tuple[Words, Cell]]
    milestones: Sequence[Milestone] = ()
    events: Sequence[DossierEvent] = ()
    parts: Sequence[DossierPart] = ()


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """A list that people may look through.

    Attributes:
        name: in addresses.
        title: in the menu.
        roles: whose holders may look.
        leaders: whether the leader of a unit may look at what is the unit's.
        recorded: whether each look is recorded; files that leave always are.
        columns: of the list.
        filters: what narrows it.
        lines: ``(context, search, first, number) -> lines``, the newest first.
        page: ``(context, key) -> page``, ``None`` when nothing of the reader's has this key.
    """

    name: str
    title: Words
    roles: frozenset[str]
    leaders: bool = False
    recorded: bool = True
    columns: Sequence[DossierColumn]
    filters: Sequence[DossierFilter] = ()
    lines: Callable[[DossierContext, DossierSearch, int, int], DossierLines]
    page: Callable[[DossierContext, str], DossierPage | None]


def declare(dossier: Dossier) -> Dossier:
    """Make a dossier known to the installation."""
    registry.add_dossier(dossier)
    return dossier
