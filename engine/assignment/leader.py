"""``leader`` and ``leader:<n>``: the initiator's direct leader, or the one n levels up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from engine.assignment.rule import PersonRule

if TYPE_CHECKING:
    from engine.assignment.rule import Case, Told


def person(case: Case, parameter: str) -> str | None:
    """Follow the line of leaders upwards; ``None`` when it ends too early."""
    login: str | None = case.initiator
    for _level in range(int(parameter or 1)):
        login = case.organisation.leader_of(login) if login else None
    return login


def sentence(told: Told) -> str:
    """Say who."""
    levels = int(told.parameter or 1)
    whose = "直属领导" if levels == 1 else f"上 {levels} 级领导"
    whose_en = "direct leader" if levels == 1 else f"leader {levels} levels up"
    return told.said(
        f"由发起人{told.initiator}的{whose}（{told.person}）办理。",
        f"Done by the {whose_en} of the initiator {told.initiator} ({told.person}).",
    )


RULE: Final = PersonRule(
    name="leader",
    written="leader | leader:<n>",
    parameter=re.compile("|[1-5]"),
    person=person,
    sentence=sentence,
)
