"""Whom a verb may choose: the pools of people that a user task's properties name, by purpose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Pool(StrEnum):
    """A circle of people out of which a verb may choose."""

    #: who holds a post of the step, or is named by it
    POST = "post"
    #: who belongs to the unit of the person that chooses
    UNIT = "unit"
    ANYBODY = "anybody"
    #: the verb is not offered at this step
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """What somebody is chosen for.

    Attributes:
        property: the user task's property that names the pools, separated by commas.
        default: the pools of a step that says nothing.
        decides: the chosen person takes part in the decision, so separation of duties applies.
    """

    property: str
    default: tuple[Pool, ...]
    decides: bool = True

    def pools(self, properties: Mapping[str, str]) -> frozenset[Pool]:
        """Return the pools of a user task with these properties; unknown words are left out."""
        text = properties.get(self.property, "")
        named = [word.strip() for word in text.split(",") if word.strip()]
        return frozenset(Pool(word) for word in named if word in set(Pool)) or frozenset(
            self.default
        )


#: 抄送, the purpose that does not need an open task.
CIRCULATE: Final = "circulate"
#: By the name of the verb; 加签 before and after choose out of the same pools.
PURPOSES: Final[Mapping[str, Purpose]] = {
    "transfer": Purpose(property="transfer.people", default=(Pool.POST,)),
    "delegate": Purpose(property="delegate.people", default=(Pool.POST, Pool.UNIT)),
    "consult": Purpose(property="consult.people", default=(Pool.ANYBODY,), decides=False),
    "sign": Purpose(property="sign.people", default=(Pool.ANYBODY,)),
    CIRCULATE: Purpose(property="circulate.people", default=(Pool.ANYBODY,), decides=False),
    "vote": Purpose(property="vote.people", default=(Pool.POST,)),
    "next": Purpose(property="next.people", default=(Pool.POST,)),
}
