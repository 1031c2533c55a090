"""The choices drawn after a user task: named flows of the gateway that follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.model.voting import LABELS, Choice

if TYPE_CHECKING:
    from engine.bpmn.model import Element, ProcessModel, SequenceFlow

#: ``outcome = "approve"`` as one conjunct; the literal is the outcome's key.
_CONJUNCT: Final = re.compile(r'(?:^|\(|\band\b)\s*outcome\s*=\s*"([^"]*)"\s*(?=\)|\band\b|$)')
#: The outcome of a user task after which nothing is chosen.
COMPLETE: Final = "complete"


@dataclass(frozen=True)
class Outcome:
    """One choice.

    Attributes:
        key: the literal compared with ``outcome``; ``complete`` when nothing is drawn.
        label: the flow's name, ``""`` when nothing is drawn.
        flow_id: the flow that it takes, ``""`` when nothing is drawn.
        target_id: where that flow leads, ``""`` when nothing is drawn.
    """

    key: str
    label: str
    flow_id: str
    target_id: str


_BALLOTS: Final = {choice: Outcome(choice, LABELS[choice], "", "") for choice in Choice}


def outcome_key(flow: SequenceFlow) -> str | None:
    """Return the literal of the conjunct ``outcome = "<key>"`` of the flow's condition."""
    if flow.condition is None or re.search(r"\bor\b", re.sub(r'"[^"]*"', '""', flow.condition)):
        return None
    match = _CONJUNCT.search(" ".join(flow.condition.split()))
    return match.group(1) if match else None


def outcomes_after(model: ProcessModel, user_task_id: str) -> tuple[Outcome, ...]:
    """Return the outcomes of a user task, one per key, in document order.

    At a vote they are what a voter can say; the way on is drawn for its result.
    """
    vote = model.elements[user_task_id].vote
    if vote is not None:
        return tuple(_BALLOTS[choice] for choice in vote.choices)
    leaving = model.outgoing.get(user_task_id, ())
    found: dict[str, Outcome] = {}
    if len(leaving) == 1:
        gateway = model.elements[leaving[0].target]
        flows = model.outgoing.get(gateway.id, ()) if gateway.kind == "exclusive_gateway" else ()
        for flow in flows:
            key = outcome_key(flow)
            if key is not None and key not in found:
                found[key] = Outcome(key, flow.name, flow.id, flow.target)
    if found:
        return tuple(found.values())
    target = leaving[0] if len(leaving) == 1 else None
    return (Outcome(COMPLETE, "", target.id if target else "", target.target if target else ""),)


def is_return(element: Element, key: str) -> bool:
    """Tell whether an outcome sends the matter back (property ``return.outcomes``)."""
    names = element.properties.get("return.outcomes", "return")
    return key in {name.strip() for name in names.split(",")}
