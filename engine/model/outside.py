"""A party outside of the office that a step was returned to: supplier, agency; no account."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

#: Properties of the step that returns: which fields the party fills in, and how long it has.
FIELDS: Final = "outside.fields"
WITHIN: Final = "outside.within"
DEFAULT_WITHIN: Final = "P5WD"
_FIELD: Final = re.compile(r"(\w+\.\w+)#(\w+)")


@dataclass(frozen=True)
class Slice:
    """Fields of one form.

    Attributes:
        form_id: the form.
        keys: keys of its top-level fields, in the order written.
    """

    form_id: str
    keys: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> Slice:
        """Read ``plan.fill#amount, plan.fill#quote``.

        Raises:
            ValueError: not of this form, or fields of several forms.
        """
        found = [_FIELD.fullmatch(part.strip()) for part in text.split(",")]
        named = [(match[1], match[2]) for match in found if match is not None]
        if len(named) != len(found) or len({form_id for form_id, _ in named}) != 1:
            raise ValueError(text)
        return cls(named[0][0], tuple(dict.fromkeys(key for _, key in named)))


@dataclass(frozen=True, kw_only=True)
class OutsideLink:
    """A one-time link; what has become of it says its work item.

    Attributes:
        token_hash: SHA-256 of the token, hex; the token itself is nowhere.
        work_item_key: the part of the task that waits for the answer.
        party: name of the receiver.
        fields: ``outside.fields`` as it was.
        expires_at: UTC; from then on it opens nothing.
    """

    token_hash: str
    work_item_key: int
    root_key: int
    party: str
    fields: str
    expires_at: datetime


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
