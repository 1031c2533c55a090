"""What a matter has to show beside its documents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.commands.exhibits import exhibit_of
from engine.errors import NotFoundError
from engine.exhibit import Words
from engine.queries.views import ExhibitView

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.exhibit import Exhibit


@dataclass(frozen=True, kw_only=True)
class ExhibitQuery:
    """The exhibit of a matter, ``None`` when it has none; of a sealed one only the heading.

    Raises:
        NotFoundError: no such matter.
        NotAllowedError: not entitled.
    """

    instance_key: str

    def answer(self, services: Services) -> ExhibitView | None:
        """Make it."""
        found = exhibit_of(self.instance_key, services)
        if found is None:
            return None
        if found.sealed:
            found = replace(found, columns=(), rows=(), facts=(), files={})
            return replace(exhibit_view(found, services.language), sealed=True)
        return exhibit_view(found, services.language)


@dataclass(frozen=True, kw_only=True)
class ExhibitFile:
    """A file of an exhibit that is not sealed.

    Raises:
        NotFoundError: no such matter or file.
        NotAllowedError: not entitled.
    """

    instance_key: str
    name: str

    def answer(self, services: Services) -> bytes:
        """Return its content."""
        found = exhibit_of(self.instance_key, services)
        content = None if found is None or found.sealed else found.files.get(self.name)
        if content is None:
            raise NotFoundError("文件", "file", self.name)
        return content


def exhibit_view(found: Exhibit, language: str) -> ExhibitView:
    """Return an exhibit in the reader's language."""
    return ExhibitView(
        title=found.title.in_language(language),
        note=found.note.in_language(language) if found.note else "",
        columns=[words.in_language(language) for words in found.columns],
        rows=found.rows,
        facts=[
            (
                name.in_language(language),
                said.in_language(language) if isinstance(said, Words) else said,
            )
            for name, said in found.facts
        ],
        files=list(found.files),
        sealed=False,
    )
