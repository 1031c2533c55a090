"""退回外部 and its recall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.return_outside import is_outside_offered, outside_refusal, waited_for
from engine.model.outside import DEFAULT_WITHIN, FIELDS, WITHIN, Slice
from engine.queries.views import VerbView

if TYPE_CHECKING:
    from engine.queries.verbs.situation import Situation


def return_outside(here: Situation) -> VerbView | None:
    """退回外部."""
    step = here.step
    if not is_outside_offered(step):
        return None
    refusal = outside_refusal(step, here.parts, here.services)
    wanted = Slice.read(step.element.properties[FIELDS])
    form = here.services.catalog.form(step.tree.binding.form(wanted.form_id))
    labels = [here.words(form.label(key)) for key in wanted.keys]
    within = step.element.properties.get(WITHIN, DEFAULT_WITHIN)
    effects = [
        here.said(
            f"对方凭一次性链接补正：{'、'.join(labels)}；期限 {within}，逾期链接失效。",
            f"By a one-time link the other corrects: {', '.join(labels)}; within {within}.",
        ),
        here.said(
            "任务仍由您办理，对方答复、逾期或您撤回后才能作出决定。",
            "The task stays yours; you decide after the answer, the deadline or your recall.",
        ),
    ]
    return VerbView(
        verb="return_outside",
        allowed=refusal is None,
        reason=refusal.message(here.services.language) if refusal else "",
        effects=effects,
    )


def recall_outside(here: Situation) -> VerbView | None:
    """撤回外部退回."""
    if not here.step.verdict.allowed or not waited_for(here.parts):
        return None
    effect = here.said(
        "链接立即失效，由您继续办理。", "The link opens nothing any more; you go on."
    )
    return VerbView(verb="recall_outside", allowed=True, effects=[effect])
