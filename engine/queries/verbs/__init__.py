"""The verbs beside the drawn outcomes: which there are at a work item, and why not.

Each is a function ``(Situation) -> VerbView | None`` in ``TASK_VERBS``: ``None`` when the verb does
not exist at this step, a view with a reason when it exists and is not possible now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.queries.verbs.asking import agree, answer, cancel_parts, consult, refuse, sign
from engine.queries.verbs.claiming import claim, recuse, release
from engine.queries.verbs.handing_on import delegate, hand_back, take_back, transfer
from engine.queries.verbs.outside import recall_outside, return_outside
from engine.queries.verbs.returning import return_to
from engine.queries.verbs.situation import Situation
from engine.queries.verbs.timing import resume_clock, stop_clock
from engine.queries.verbs.voting import add_voters, remove_voters

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.queries.views import VerbView

__all__ = ["Situation", "task_verbs"]

#: In the order in which they are shown.
TASK_VERBS: Final[tuple[Callable[[Situation], VerbView | None], ...]] = (
    claim,
    release,
    return_to,
    return_outside,
    recall_outside,
    hand_back,
    take_back,
    transfer,
    delegate,
    consult,
    sign,
    cancel_parts,
    add_voters,
    remove_voters,
    stop_clock,
    resume_clock,
    recuse,
)
#: Of somebody who was asked.
PART_VERBS: Final[tuple[Callable[[Situation], VerbView | None], ...]] = (answer, agree, refuse)


def task_verbs(here: Situation) -> list[VerbView]:
    """Return the verbs of a work item, possible or not; a part of a task is only answered."""
    rules = TASK_VERBS if here.step.item.is_task else PART_VERBS
    return [view for rule in rules if (view := rule(here)) is not None]
