"""The steps that come next and for which whoever has the task chooses people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn import is_return
from engine.commands.choices import is_required, purpose_of
from engine.commands.choosing_next import askable_steps
from engine.queries.views import NextStepView

if TYPE_CHECKING:
    from engine.commands.step import Step
    from engine.queries.language import Translator


def next_step_views(step: Step, words: Translator) -> list[NextStepView]:
    """Return them in the order of the outcomes that lead there; nobody asks for a return's."""
    if not step.verdict.allowed or step.item.owner is not None:
        return []
    drawn = step.node.model.outcomes(step.element.id)
    forward = [one for one in drawn if not is_return(step.element, one.key)]
    found: dict[str, list[str]] = {}
    conditional: dict[str, bool] = {}
    for outcome in forward:
        for element_id, maybe in askable_steps(step, outcome).items():
            found.setdefault(element_id, []).append(words(outcome.label))
            conditional[element_id] = maybe
    elements = step.node.model.elements
    return [
        NextStepView(
            element_id=element_id,
            name=words(elements[element_id].name or element_id),
            purpose=purpose_of(elements[element_id]),
            outcomes=labels if len(labels) < len(forward) else (),
            required=is_required(elements[element_id]),
            conditional=conditional[element_id],
        )
        for element_id, labels in found.items()
    ]
