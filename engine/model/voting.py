"""The one rule of votes: 会签, 或签, 依次 and 票签 differ only in their properties ``vote.*``.

A vote passes when the weight of those who agree reaches what ``vote.pass`` asks for, and fails when
it cannot be reached any more. Who abstains counts as a voter who does not agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

#: Most voters of one round.
MAX_VOTERS: Final = 100
#: Most weight of one voter.
MAX_WEIGHT: Final = 1_000
#: The property that makes a multi-instance user task a vote.
RULE: Final = "vote.pass"
_NUMBER: Final = re.compile(r"[1-9]\d{0,5}")
_SHARE: Final = re.compile(r"(>?)\s*(?:(\d{1,3}(?:\.\d{1,4})?)\s*%|(\d{1,4})\s*/\s*(\d{1,4}))")
_WEIGHT: Final = re.compile(r"([A-Za-z]\w{0,39})\s*:\s*(\d{1,4})")


class Choice(StrEnum):
    """What a voter can say."""

    AGREE = "agree"
    REFUSE = "refuse"
    ABSTAIN = "abstain"


#: What the choices are called, and what is written down of a secret one.
LABELS: Final = {Choice.AGREE: "同意", Choice.REFUSE: "不同意", Choice.ABSTAIN: "弃权"}
CAST: Final = ("cast", "已投票")
ENGLISH: Final = {"同意": "Agree", "不同意": "Disagree", "弃权": "Abstain", "已投票": "Voted"}


class Voters(StrEnum):
    """Who votes (property ``vote.voters``), beside ``field:…`` and ``record:…``."""

    #: every holder of the step's posts, and whom the step names
    POST = "post"
    #: whoever does the step before chooses
    CHOSEN = "chosen"


class RoundState(StrEnum):
    """Life of a round."""

    OPEN = "open"
    PASSED = "passed"
    REJECTED = "rejected"
    #: ended without a result: the matter was returned, withdrawn or went another way
    ENDED = "ended"


@dataclass(frozen=True)
class Threshold:
    """How much of the weight must agree.

    Attributes:
        number: weight, 0 when a share is asked for.
        share: part of the weight of all voters, above 0 and at most 1.
        more: more than the share, not just as much.
    """

    number: int = 0
    share: Fraction = Fraction(1)
    more: bool = False

    @classmethod
    def read(cls, text: str) -> Threshold:
        """Read ``all``, ``2``, ``60%``, ``2/3`` or ``>50%``.

        Raises:
            ValueError: none of these, nothing at all, or more than everybody.
        """
        words = text.strip()
        if words == "all":
            return cls()
        if _NUMBER.fullmatch(words):
            return cls(number=int(words))
        found = _SHARE.fullmatch(words)
        if found is None:
            raise ValueError(text)
        more, percent, above, below = found.groups()
        share = Fraction(percent) / 100 if percent else _fraction(int(above), int(below))
        if not 0 < share <= 1 or (more and share == 1):
            raise ValueError(text)
        return cls(share=share, more=bool(more))

    def needed(self, total: int) -> int:
        """Return the weight that must agree out of ``total``, ≥ 1; may be more than there is."""
        if self.number:
            return self.number
        exact = self.share * total
        if self.more:
            return exact.__floor__() + 1
        return max(1, exact.__ceil__())


def _fraction(above: int, below: int) -> Fraction:
    if not below:
        message = f"{above}/{below}"
        raise ValueError(message)
    return Fraction(above, below)


def read_weights(text: str) -> dict[str, int]:
    """Read ``chair:2, clerk:1``: the weight of a voter by a role that he holds; others weigh 1.

    Raises:
        ValueError: not of this form, a weight of 0 or above ``MAX_WEIGHT``, or a role twice.
    """
    found: dict[str, int] = {}
    for part in (part.strip() for part in text.split(",")):
        match = _WEIGHT.fullmatch(part)
        if match is None or match[1] in found or not 0 < int(match[2]) <= MAX_WEIGHT:
            raise ValueError(text)
        found[match[1]] = int(match[2])
    return found


@dataclass(frozen=True)
class VoteRule:
    """What the properties of a vote say.

    Attributes:
        passes: ``vote.pass`` as written.
        voters: ``vote.voters`` as written.
        weights: ``vote.weights`` as written.
        secret: nobody sees, and nothing keeps, who voted how.
        abstains: voters may abstain.
        waits_for_all: the vote goes on until everybody has voted.
        result: variable that gets the result.
    """

    passes: str
    voters: str = Voters.POST
    weights: str = ""
    secret: bool = False
    abstains: bool = True
    waits_for_all: bool = False
    result: str = "vote"

    @classmethod
    def of(cls, properties: Mapping[str, str]) -> VoteRule | None:
        """Return the rule of a user task with these properties, ``None`` when it is no vote."""
        if RULE not in properties:
            return None
        return cls(
            passes=properties[RULE].strip(),
            voters=properties.get("vote.voters", Voters.POST).strip(),
            weights=properties.get("vote.weights", ""),
            secret=properties.get("vote.secret") == "true",
            abstains=properties.get("vote.abstain") != "false",
            waits_for_all=properties.get("vote.end") == "all",
            result=properties.get("vote.result", "vote").strip(),
        )

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What a voter can say."""
        every = tuple(Choice)
        return every if self.abstains else every[:2]

    def needed(self, total: int) -> int:
        """Return the weight that must agree."""
        return Threshold.read(self.passes).needed(total)

    def verdict(self, tally: Tally) -> bool | None:
        """Tell whether the vote has passed, ``None`` while that is open."""
        if self.waits_for_all and tally.is_open:
            return None
        needed = self.needed(tally.total)
        if tally.agreed >= needed:
            return True
        return None if tally.agreed + tally.left >= needed and tally.is_open else False


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Where a round stands; weights, but ``voters`` and ``cast`` are numbers of people.

    Attributes:
        total: weight of all voters.
        voters: how many there are.
        cast: how many have voted.
    """

    agreed: int = 0
    refused: int = 0
    abstained: int = 0
    total: int = 0
    voters: int = 0
    cast: int = 0

    @property
    def left(self) -> int:
        """Weight of those who have not voted."""
        return self.total - self.agreed - self.refused - self.abstained

    @property
    def is_open(self) -> bool:
        """Whether somebody can still vote."""
        return self.cast < self.voters

    def joined(self, weight: int) -> Tally:
        """Return it with one voter more."""
        return self._with(total=weight, voters=1)

    def left_by(self, weight: int) -> Tally:
        """Return it without a voter who has not voted."""
        return self._with(total=-weight, voters=-1)

    def counted(self, choice: Choice, weight: int) -> Tally:
        """Return it with one vote more."""
        names = {Choice.AGREE: "agreed", Choice.REFUSE: "refused", Choice.ABSTAIN: "abstained"}
        return self._with(**{names[choice]: weight, "cast": 1})

    def _with(self, **more: int) -> Tally:
        return Tally(**{name: value + more.get(name, 0) for name, value in vars(self).items()})


@dataclass(frozen=True)
class Voter:
    """Somebody with a vote.

    Attributes:
        login: ``""`` when nobody fits and the step's policy decides who votes.
        weight: ≥ 1.
    """

    login: str
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class VoteRound:
    """One round of a vote; rounds that a return has ended are kept.

    Attributes:
        passes: ``vote.pass`` as it was.
        needed: weight that must agree.
        state: where it stands.
    """

    key: int
    root_key: int
    instance_key: int
    process_id: str
    element_id: str
    passes: str
    secret: bool
    sequential: bool
    needed: int
    state: RoundState
    agreed: int
    refused: int
    abstained: int
    total: int
    voters: int
    cast: int
    opened_at: datetime
    ended_at: datetime | None = None
