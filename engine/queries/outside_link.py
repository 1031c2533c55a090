"""What the party outside of the office sees behind its link."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.answer_outside import open_link
from engine.queries.language import translator
from engine.queries.papers import attachment_views
from engine.queries.views import OutsidePage

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class OutsideLinkQuery:
    """The slice of the form, with why it was returned and until when.

    Attributes:
        token: out of the link.

    Raises:
        NotFoundError: there is no such link.
        LinkGoneError: used, lapsed, or not needed any more.
    """

    token: str = dataclasses.field(repr=False)

    def answer(self, services: Services) -> OutsidePage:
        """Read it."""
        opened = open_link(self.token, services)
        root = opened.tree.root.row
        words = translator(services, root.binding)
        return OutsidePage(
            title=root.title,
            process_name=words.process_name,
            unit=services.store.identity.unit_names([root.unit]).get(root.unit, root.unit),
            party=opened.link.party,
            reason=opened.part.request,
            expires_at=opened.link.expires_at,
            form=opened.shown,
            answers=opened.answers,
            attachments=attachment_views(opened.files(services), services),
        )
