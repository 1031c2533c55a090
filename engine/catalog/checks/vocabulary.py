"""The properties that a user task may carry: one line each, with the values that make sense.

What they mean is written in docs/step-properties.md; a test compares the two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.model.choosing import PURPOSES, Pool

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Values:
    """What a property may say.

    Attributes:
        pattern: a regular expression for the whole value.
        hint: the same for people.
    """

    pattern: str
    hint: str

    def admits(self, value: str) -> bool:
        """Tell whether ``value`` makes sense."""
        return re.fullmatch(self.pattern, value) is not None


def _one_of(*words: str) -> Values:
    return Values("|".join(map(re.escape, words)), " | ".join(words))


def _some_of(*words: str) -> Values:
    word = "|".join(map(re.escape, words))
    return Values(rf"\s*({word})\s*(,\s*({word})\s*)*", ", ".join(words))


_ANYTHING: Final = Values(r"[\s\S]*", "")
_FLAG: Final = _one_of("true", "false")
_PEOPLE: Final = _some_of(*Pool)

PROPERTIES: Final[Mapping[str, Values]] = {
    "assignee": _one_of("initiator"),
    "documents": _ANYTHING,
    "opinion": _one_of("required", "required-on-return", "optional", "none"),
    "return.outcomes": _ANYTHING,
    "sticky": _FLAG,
    "submit": _FLAG,
    "unit": Values(
        r"own|superior|covering|office:[a-z][a-z0-9_]*",
        "own | superior | covering | office:<relation>",
    ),
    **{purpose.property: _PEOPLE for purpose in PURPOSES.values()},
}
