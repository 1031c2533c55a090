"""停止计时 and 恢复计时."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.clock import grounds_of
from engine.commands.stop_clock import resume_refusal, stop_refusal
from engine.queries.views import VerbView

if TYPE_CHECKING:
    from engine.queries.verbs.situation import Situation


def stop_clock(here: Situation) -> VerbView | None:
    """停止计时; only where the model names grounds."""
    grounds = grounds_of(here.step.element.properties)
    if not grounds or here.step.item.clock_stopped_at is not None or not here.step.item.is_task:
        return None
    refusal = stop_refusal(here.step, here.services)
    why = refusal.message(here.services.language) if refusal else here.refusal
    return VerbView(
        verb="stop_clock",
        allowed=here.step.verdict.allowed and refusal is None,
        reason=why,
        choices=grounds,
    )


def resume_clock(here: Situation) -> VerbView | None:
    """恢复计时; only while the clock stands still."""
    if here.step.item.clock_stopped_at is None or not here.step.item.is_task:
        return None
    refusal = resume_refusal(here.step, here.services)
    why = refusal.message(here.services.language) if refusal else here.refusal
    return VerbView(
        verb="resume_clock", allowed=here.step.verdict.allowed and refusal is None, reason=why
    )
