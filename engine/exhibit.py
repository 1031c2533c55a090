"""What a matter has to show beside its documents, made from the records by a handler package.

An exhibit is a small table with files, e.g. the result of a random draw. The function that makes
it decides what this reader may see; one that is ``sealed`` is shown by an act of its own, which
leaves a line in the audit trail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from engine.handler import registry

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.handler import Matter


@dataclass(frozen=True)
class Words:
    """A text in both languages."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the text (``en``, else Chinese)."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, kw_only=True)
class ExhibitContext:
    """What the maker of an exhibit gets.

    Attributes:
        matter: facts of the instance.
        session: for reading only.
        reader: login of the person who looks; entitled to read the matter.
    """

    matter: Matter
    session: Session
    reader: str


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """Something to show.

    Attributes:
        title: heading.
        note: what the reader should know of it.
        columns: headings of the table.
        rows: its rows, texts in the order of the columns.
        facts: ``(name, value)`` beside the table.
        files: ``{file name: content}``, JSON or, where the name says so, XML.
        sealed: only this reader may see it now, and each look is recorded.
    """

    title: Words
    note: Words | None = None
    columns: Sequence[Words] = ()
    rows: Sequence[Sequence[str]] = ()
    facts: Sequence[tuple[Words, str | Words]] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    sealed: bool = False


M = TypeVar("M", bound="ExhibitMaker")
#: ``None`` = there is nothing to show.
ExhibitMaker = Callable[[ExhibitContext], Exhibit | None]


def exhibit(process_id: str) -> Callable[[M], M]:
    """Declare what matters of a procedure show: ``function(ExhibitContext) -> Exhibit | None``."""

    def declare(function: M) -> M:
        registry.add_exhibit(process_id, function)
        return function

    return declare
