"""What an office may look through beside its own matters, made from the records by handlers.

A dossier is a list of things, e.g. every project of a division, and a page for each. It can only
be read, by the holders of its roles and within the divisions that they serve, and every look is a
line of the audit trail.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.handler import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from engine.exhibit import Words


@dataclass(frozen=True, kw_only=True)
class DossierContext:
    """What the maker of a dossier gets.

    Attributes:
        session: for reading only.
        prefixes: the divisions that the reader serves begin with one of these.
    """

    session: Session
    prefixes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DossierLine:
    """A thing in the list: its key for the page, texts in the order of the columns."""

    key: str
    cells: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class DossierPart:
    """A table of a page: heading, columns, rows."""

    heading: Words
    columns: Sequence[Words]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class DossierPage:
    """One thing: its name, ``(name, value)`` facts, tables."""

    title: str
    facts: Sequence[tuple[Words, str]]
    parts: Sequence[DossierPart]


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """A list that an office may look through.

    Attributes:
        name: in addresses.
        title: in the menu.
        roles: whose holders may look.
        columns: of the list.
        lines: ``(context, words searched for) -> lines``, the newest first.
        page: ``(context, key) -> page``, ``None`` when the reader's divisions have no such thing.
    """

    name: str
    title: Words
    roles: frozenset[str]
    columns: Sequence[Words]
    lines: Callable[[DossierContext, str], Sequence[DossierLine]]
    page: Callable[[DossierContext, str], DossierPage | None]


def declare(dossier: Dossier) -> Dossier:
    """Make a dossier known to the installation."""
    registry.add_dossier(dossier)
    return dossier
