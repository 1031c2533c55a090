"""The buttons of a task page: the outcomes that the diagram draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn import ElementKind, is_return
from engine.commands.submission import needs_opinion
from engine.queries.views import OutcomeView

if TYPE_CHECKING:
    from engine.bpmn import Outcome
    from engine.commands.step import Step
    from engine.queries.language import Translator


def outcome_views(step: Step, words: Translator) -> list[OutcomeView]:
    """Return the outcomes in drawn order, returns last."""
    drawn = step.node.model.outcomes(step.element.id)
    views = [
        _view(step, outcome, number, len(drawn), words) for number, outcome in enumerate(drawn)
    ]
    return sorted(views, key=lambda view: view.returns)


def _view(
    step: Step, outcome: Outcome, number: int, choices: int, words: Translator
) -> OutcomeView:
    returns = is_return(step.element, outcome.key)
    submits = step.element.properties.get("submit") == "true"
    unnamed = ("Submit" if submits else "Complete", "提交" if submits else "办理完毕")
    target = step.node.model.elements.get(outcome.target_id)
    named = target is not None and target.kind is ElementKind.USER_TASK
    return OutcomeView(
        key=outcome.key,
        label=words(outcome.label) or unnamed[words.language != "en"],
        primary=number == 0,
        returns=returns,
        opinion_required=needs_opinion(step.element, outcome.key, choices=choices),
        validates=not returns,
        target=words(target.name) if named and target else "",
    )
