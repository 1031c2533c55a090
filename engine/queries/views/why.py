"""Views of 为什么: why a task is somebody's, why the matter came there, why somebody cannot act."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.queries.views.pages import VerbView


class Policy(StrEnum):
    """What keeps a person from acting on a work item."""

    NONE = ""
    #: neither the post nor the unit is asked
    POST = "post"
    #: separation of duties or 回避
    SEPARATION = "separation"
    #: somebody else has it
    TAKEN = "taken"
    #: it is finished
    ENDED = "ended"
    #: its turn has not come, or the decision waits for others
    WAITING = "waiting"
    #: its matter is suspended
    SUSPENDED = "suspended"


@dataclass(frozen=True, kw_only=True)
class ConditionView:
    """A branch that was taken.

    Attributes:
        gateway: name of the element that chose, may be empty.
        flow: name of the branch, may be empty.
        condition: FEEL, empty for the branch that is taken when no other is.
        values: what the condition's names stand for in the matter now.
    """

    gateway: str
    flow: str
    condition: str
    values: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class WhyView:
    """Why a work item is where it is.

    Attributes:
        work_item_key: of it.
        instance_key: of the matter.
        title: of the matter.
        element_name: of the step.
        mine: the reader may act on it now.
        people: sentences that say how it came to its people, and through what the reader may act.
        arrival: sentences that say what led to the step.
        conditions: branches taken on the way, in their order.
        decisions: explanations of the decision tables on the way, as the audit trail keeps them.
        policy: what keeps the reader from acting.
        refusal: the same in words, with what to do; empty when the reader may act.
        verbs: what is not possible for the reader, with the reasons.
    """

    work_item_key: str
    instance_key: str
    title: str
    element_name: str
    mine: bool
    people: Sequence[str]
    arrival: Sequence[str]
    conditions: Sequence[ConditionView]
    decisions: Sequence[Mapping[str, Any]]
    policy: Policy
    refusal: str
    verbs: Sequence[VerbView]
