"""增加投票人 and 减少投票人."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.change_voters import adding_refusal, removable_ballots
from engine.commands.handing_on import is_offered
from engine.queries.views import VerbView

if TYPE_CHECKING:
    from engine.queries.verbs.situation import Situation


def add_voters(here: Situation) -> VerbView | None:
    """增加投票人."""
    if not here.step.item.round_key or not is_offered(here.step, "vote"):
        return None
    refusal = adding_refusal(here.step)
    effect = here.said(
        "通过所需的票数按新的投票人重新计算；已投的票不变。",
        "How many must agree is worked out anew; votes that were cast stay.",
    )
    return VerbView(
        verb="add_voters",
        allowed=refusal is None,
        reason=refusal.message(here.services.language) if refusal else "",
        effects=[effect],
    )


def remove_voters(here: Situation) -> VerbView | None:
    """减少投票人."""
    if not here.step.item.round_key or not here.step.verdict.allowed:
        return None
    ballots = removable_ballots(here.step, here.items, here.services)
    if not ballots:
        return None
    effect = here.said(
        "剩余投票人的票已能决定结果时，本轮表决随即结束。",
        "When the votes of the rest decide the result, the round ends at once.",
    )
    return VerbView(
        verb="remove_voters",
        allowed=True,
        people=[(str(item.key), "", here.name_of(item.assignee)) for item in ballots],
        effects=[effect],
    )
