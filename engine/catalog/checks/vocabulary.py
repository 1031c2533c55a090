"""The properties that a user task may carry: one line each, with the values that make sense.

What they mean is written in docs/step-properties.md; a test compares the two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.assignment import CIRCLE, CIRCLE_UNIT, PERSON_RULES, UNIT_RULES, Circle, written
from engine.assignment.circle import WRITTEN
from engine.assignment.field_value import PATTERN
from engine.calendar import read_due, read_escalations, read_interval, read_reminders
from engine.model.choosing import PURPOSES, Pool
from engine.model.outside import Slice
from engine.model.voting import Threshold, Voters, read_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.assignment import PersonRule, UnitRule


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


@dataclass(frozen=True)
class Readable(Values):
    """A property that a function reads.

    Attributes:
        read: raises ``ValueError`` for what makes no sense.
    """

    read: Callable[[str], object] = str

    def admits(self, value: str) -> bool:
        """Tell whether ``value`` can be read."""
        try:
            self.read(value)
        except ValueError:
            return False
        return super().admits(value)


def _one_of(*words: str) -> Values:
    return Values("|".join(map(re.escape, words)), " | ".join(words))


def _some_of(*words: str) -> Values:
    word = "|".join(map(re.escape, words))
    return Values(rf"\s*({word})\s*(,\s*({word})\s*)*", ", ".join(words))


def _written(rules: Mapping[str, UnitRule] | Mapping[str, PersonRule]) -> str:
    """Return a pattern of what the rules admit: their name alone, or ``name:parameter``."""
    return "|".join(
        rf"{rule.name}:({rule.parameter.pattern})"
        if not rule.parameter.fullmatch("")
        else rf"{rule.name}(:({rule.parameter.pattern}))?"
        for rule in rules.values()
    )


def names_in(text: str) -> list[str]:
    """Return the names of a list separated by commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


_ANYTHING: Final = Values(r"[\s\S]*", "")
_FLAG: Final = _one_of("true", "false")
_PEOPLE: Final = _some_of(*Pool)
_UNIT: Final = Values(_written(UNIT_RULES), written(UNIT_RULES))

PROPERTIES: Final[Mapping[str, Values]] = {
    "assignee": Values(_written(PERSON_RULES), written(PERSON_RULES)),
    "batch": _one_of("agree", "never"),
    CIRCLE: Readable(r"[\s\S]{1,400}", WRITTEN, Circle.read),
    CIRCLE_UNIT: _UNIT,
    "clock.stops": Values(r"[^,、]{1,20}([,、][^,、]{1,20})*", "补正、听证"),
    "consult.required": _FLAG,
    "documents": _ANYTHING,
    "due.closes": Values(r"([01]\d|2[0-3]):[0-5]\d", "17:30"),
    "due.first-day": _one_of("counts", "does-not-count"),
    "escalate": Readable(
        r"[\s\S]{1,400}", "P1WD: notify leader; P3WD: add role:…", read_escalations
    ),
    "next.choice": _one_of("optional", "required"),
    "next.steps": _one_of("chosen"),
    "nobody": _one_of("incident", "superior", "leader", "administrator", "skip"),
    "nobody.outcome": _ANYTHING,
    "opinion": _one_of("required", "required-on-return", "optional", "none"),
    "remind": Readable(r"[\s\S]{1,200}", "P2WD, P1WD | none", read_reminders),
    "outside.fields": Readable(r"[\s\S]{1,400}", "plan.fill#amount, plan.fill#quote", Slice.read),
    "outside.within": Readable(r"P\d{1,3}(WD|D)", "P5WD | P7D", read_due),
    "recall": _one_of("undone", "unopened", "never"),
    "relies": _ANYTHING,
    "return.outcomes": _ANYTHING,
    "return.policy": _one_of("replay", "resume", "choose"),
    "return.targets": _ANYTHING,
    "separate.from": _ANYTHING,
    "sign.refused": _one_of("back", "return"),
    "sticky": _FLAG,
    "submit": _FLAG,
    "suspend.by": _some_of("administrator", "handler", "initiator"),
    "urge.every": Readable(r"[\s\S]{1,40}", "PT4H | P1WD | never", read_interval),
    "unit": _UNIT,
    "vote.abstain": _FLAG,
    "vote.end": _one_of("decided", "all"),
    "vote.pass": Readable(r"[\s\S]{1,40}", "all | 2 | 60% | 2/3 | >50%", Threshold.read),
    "vote.result": Values(r"(?!outcome\b)[A-Za-z_]\w{0,39}", "vote"),
    "vote.secret": _FLAG,
    "vote.voters": Values(
        rf"{Voters.POST}|{Voters.CHOSEN}|field:({PATTERN.pattern})|record:\S{{1,100}}",
        "post | chosen | field:<form id>.<field> | record:<lookup>",
    ),
    "vote.weights": Readable(r"[\s\S]{1,400}", "chair:2, clerk:1", read_weights),
    **{purpose.property: _PEOPLE for purpose in PURPOSES.values()},
}
