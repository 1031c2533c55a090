"""转办, 委派, 交回 and 收回委派."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.hand_back_work_item import taking_back_refusal
from engine.commands.handing_on import handing_on_refusal, is_offered
from engine.queries.views import VerbView

if TYPE_CHECKING:
    from engine.queries.verbs.situation import Situation


def transfer(here: Situation) -> VerbView | None:
    """转办."""
    effects = [
        here.said(
            "任务转到对方名下由对方办理和决定，您不再办理；已填写的内容一并转交。",
            "The task becomes the other person's to do and decide; what was filled in goes along.",
        ),
        *_parts_stay(here),
    ]
    return _handing_on(here, "transfer", effects)


def delegate(here: Situation) -> VerbView | None:
    """委派."""
    effects = [
        here.said(
            "对方填写并提出意见后交回给您，由您作出决定；交回前您可以随时收回。",
            "The other person fills in, gives an opinion and hands back; you decide."
            " Until then you can take it back.",
        ),
        *_parts_stay(here),
    ]
    return _handing_on(here, "delegate", effects)


def hand_back(here: Situation) -> VerbView | None:
    """交回."""
    owner = here.step.item.owner
    if owner is None or not here.step.verdict.allowed:
        return None
    name = here.name_of(owner)
    effect = here.said(
        f"交回给{name}，由{name}作出决定；您填写的内容和意见一并交回。",
        f"It goes back to {name}, who decides; your opinion and what you filled in go along.",
    )
    return VerbView(verb="hand_back", allowed=True, effects=[effect])


def take_back(here: Situation) -> VerbView | None:
    """收回委派."""
    if taking_back_refusal(here.step, here.services) is not None:
        return None
    name = here.name_of(here.step.item.assignee)
    effect = here.said(
        f"{name}不再办理此任务，由您继续；已填写的内容保留。",
        f"{name} no longer does this task, you go on; what was filled in is kept.",
    )
    return VerbView(verb="take_back", allowed=True, effects=[effect])


def _handing_on(here: Situation, verb: str, effects: list[str]) -> VerbView | None:
    if not is_offered(here.step, verb):
        return None
    refusal = handing_on_refusal(here.step, verb)
    return VerbView(
        verb=verb,
        allowed=refusal is None,
        reason=refusal.message(here.services.language) if refusal else "",
        effects=effects,
    )


def _parts_stay(here: Situation) -> list[str]:
    """Say how many unanswered parts go along with the task."""
    count = sum(1 for part in here.parts if part.is_open)
    if not count:
        return []
    return [
        here.said(
            f"有 {count} 项征求意见或加签尚未答复，继续有效，答复由新的办理人查看。",
            f"{count} unanswered consultations or signatures stay valid;"
            " whoever has the task sees the answers.",
        )
    ]
