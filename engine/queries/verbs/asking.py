"""征求意见, 加签 and 减签, and the answers of those who were asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.asking import asking_refusal
from engine.commands.cancel_parts import removable
from engine.commands.deciding import signers_after
from engine.commands.handing_on import is_offered
from engine.commands.sign_work_item import drawn_return
from engine.commands.suspending import suspended_error
from engine.model.states import WorkItemKind, WorkItemState
from engine.queries.views import VerbView

if TYPE_CHECKING:
    from engine.queries.verbs.situation import Situation


def consult(here: Situation) -> VerbView | None:
    """征求意见."""
    required = here.step.element.properties.get("consult.required") == "true"
    effects = [
        here.said(
            "对方只答复意见，任务仍由您办理；全部答复后才能提交。",
            "They only answer in words, the task stays yours; it waits for all answers.",
        )
        if required
        else here.said(
            "对方只答复意见，任务仍由您办理，不必等待全部答复。",
            "They only answer in words, the task stays yours; you need not wait.",
        ),
        *_claims(here),
    ]
    return _asking(here, "consult", effects)


def sign(here: Situation) -> VerbView | None:
    """加签."""
    drawn = drawn_return(here.step)
    refused = (
        here.said(
            f"有人不同意时，按“{here.words(drawn.label)}”处理。",
            f"A refusal takes the way “{here.words(drawn.label)}”.",
        )
        if drawn
        else here.said(
            "有人不同意时，任务回到您这里，由您决定下一步。",
            "A refusal leads back to you; you decide what comes next.",
        )
    )
    effects = [
        here.said(
            "前加签：全部签署后您才能办理。后加签：您办理后，全部同意才生效。",
            "Before: you decide when all have signed. After: your decision takes effect when all"
            " have agreed.",
        ),
        refused,
        *_claims(here),
    ]
    return _asking(here, "sign", effects)


def cancel_parts(here: Situation) -> VerbView | None:
    """减签 and 撤销征求意见: what the reader may take back."""
    parts = removable(here.step.item, here.parts, here.services.actor.login)
    if not parts:
        return None
    effects = []
    if here.step.item.state is WorkItemState.WAITING:
        effects = [
            here.said(
                "没有其他加签人时，您的决定立即生效。",
                "When nobody else has to sign, your decision takes effect at once.",
            )
        ]
    rests = here.step.tree.root.row.suspended_at is not None
    return VerbView(
        verb="cancel_parts",
        allowed=not rests,
        reason=suspended_error().message(here.services.language) if rests else "",
        people=[(str(part.key), part.kind, here.name_of(part.assignee)) for part in parts],
        effects=effects,
    )


def answer(here: Situation) -> VerbView | None:
    """答复."""
    if here.step.item.kind is not WorkItemKind.CONSULT:
        return None
    return VerbView(verb="answer", allowed=here.step.verdict.allowed)


def agree(here: Situation) -> VerbView | None:
    """同意 of an added signer."""
    if here.step.item.kind not in (WorkItemKind.SIGN_BEFORE, WorkItemKind.SIGN_AFTER):
        return None
    effects = []
    if here.step.item.kind is WorkItemKind.SIGN_AFTER:
        others = len(signers_after(here.siblings)) - 1
        effects = [
            here.said(f"还需其他 {others} 人同意。", f"{others} more must agree.")
            if others
            else here.said("您同意后，决定立即生效。", "The decision then takes effect at once.")
        ]
    return VerbView(verb="agree", allowed=here.step.verdict.allowed, effects=effects)


def refuse(here: Situation) -> VerbView | None:
    """不同意 of an added signer."""
    if here.step.item.kind not in (WorkItemKind.SIGN_BEFORE, WorkItemKind.SIGN_AFTER):
        return None
    drawn = drawn_return(here.step)
    effect = (
        here.said(f"按“{here.words(drawn.label)}”处理。", f"It goes “{here.words(drawn.label)}”.")
        if drawn
        else here.said("回到办理人，由办理人决定下一步。", "It goes back to whoever has the task.")
    )
    return VerbView(verb="refuse", allowed=here.step.verdict.allowed, effects=[effect])


def _asking(here: Situation, verb: str, effects: list[str]) -> VerbView | None:
    if not is_offered(here.step, verb):
        return None
    refusal = asking_refusal(here.step, verb)
    return VerbView(
        verb=verb,
        allowed=refusal is None,
        reason=refusal.message(here.services.language) if refusal else "",
        effects=effects,
    )


def _claims(here: Situation) -> list[str]:
    if here.step.item.state is not WorkItemState.OFFERED:
        return []
    return [here.said("此任务随即由您认领。", "The task becomes yours with it.")]
