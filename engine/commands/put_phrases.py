"""Keep the opinions that a person writes often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.errors import field_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services

MAX_PHRASES: Final = 20
#: Characters; a phrase is a sentence, an opinion may be 500.
MAX_LENGTH: Final = 100


@dataclass(frozen=True, kw_only=True)
class PutPhrases:
    """常用意见: replaces the list; blank lines and repetitions are left out.

    Attributes:
        phrases: in the order in which they are offered.

    Raises:
        ValidationFailedError: too many or one too long, at ``phrases``.
    """

    phrases: Sequence[str]

    def execute(self, services: Services) -> None:
        """Store the list."""
        kept = list(dict.fromkeys(text.strip() for text in self.phrases if text.strip()))
        if len(kept) > MAX_PHRASES:
            raise field_error(
                "phrases",
                "ERR_LENGTH",
                f"常用意见最多 {MAX_PHRASES} 条，请删去一些。",
                f"At most {MAX_PHRASES} phrases; delete some.",
            )
        if any(len(text) > MAX_LENGTH for text in kept):
            raise field_error(
                "phrases",
                "ERR_LENGTH",
                f"每条常用意见不超过 {MAX_LENGTH} 字，请缩短。",
                f"A phrase has at most {MAX_LENGTH} characters; shorten it.",
            )
        services.store.desks.put_phrases(services.person.login, kept)
        services.note("phrases_kept", detail={"number": len(kept)})
