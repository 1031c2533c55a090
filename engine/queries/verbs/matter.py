"""The verbs of a whole matter: on its own page, and in the menu of every task of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.terminate_instance import termination_refusal
from engine.commands.urging import Urgent, urging_refusal
from engine.commands.withdraw_instance import withdrawal_refusal
from engine.queries.views import VerbView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.commands.matter import MatterTree
    from engine.commands.services import Services
    from engine.errors import WorkflowError
    from engine.model.work import WorkItem
    from engine.queries.language import Translator


def matter_verbs(
    tree: MatterTree, items: Sequence[WorkItem], words: Translator, services: Services
) -> list[VerbView]:
    """Return the verbs of a matter; an impossible one says why."""
    return [
        *_urge(tree, items, words, services),
        _verb("withdraw", withdrawal_refusal(tree, list(items), services), services),
        _verb("terminate", termination_refusal(tree, services), services),
    ]


def _urge(
    tree: MatterTree, items: Sequence[WorkItem], words: Translator, services: Services
) -> Iterator[VerbView]:
    """催办; not offered to somebody who alone has everything that is open."""
    urgent = Urgent(tree, items, services)
    if not urgent.is_submitted or not urgent.items:
        return
    refusal = urging_refusal(urgent)
    english = services.language == "en"
    effects = []
    if refusal is None:
        names = (", " if english else "、").join(urgent.names)
        for item in urgent.now:
            step, times = words(item.name), urgent.times(item)
            effects.append(
                f"“{step}”: urged {times} time(s) so far."
                if english
                else f"“{step}”至今已催办 {times} 次。"
            )
        effects.insert(0, f"Reminds {names}." if english else f"将提醒：{names}。")
    yield _verb("urge", refusal, services, effects)


def _verb(
    verb: str, refusal: WorkflowError | None, services: Services, effects: Sequence[str] = ()
) -> VerbView:
    reason = refusal.message(services.language) if refusal else ""
    return VerbView(verb=verb, allowed=refusal is None, reason=reason, effects=effects)
