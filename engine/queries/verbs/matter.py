"""The verbs of a whole matter: on its own page, and in the menu of every task of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.commands.circulating import circulating_refusal, circulating_step
from engine.commands.handing_on import is_offered
from engine.commands.recalling import Decision, recalling_refusal
from engine.commands.suspending import resuming_refusal, suspending_refusal
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
        *_circulate(tree, items, services),
        *_recall(tree, items, words, services),
        *_suspension(tree, items, services),
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
            if not times:
                continue
            effects.append(
                f"“{step}”: urged {times} time(s) so far."
                if english
                else f"“{step}”至今已催办 {times} 次。"
            )
        effects.insert(0, f"Reminds {names}." if english else f"将提醒：{names}。")
    yield _verb("urge", refusal, services, effects)


def _circulate(
    tree: MatterTree, items: Sequence[WorkItem], services: Services
) -> Iterator[VerbView]:
    """抄送; not offered where the step allows none."""
    step = circulating_step(tree, items, services)
    if step is not None and not is_offered(step, "circulate"):
        return
    refusal = circulating_refusal(step, tree, services)
    effects = (
        ["They read the matter and everything handed in, and do nothing else with it."]
        if services.language == "en"
        else ["对方可以查看此事项和已提交的内容，不参与办理。"]
    )
    view = _verb("circulate", refusal, services, () if refusal else effects)
    yield replace(view, at=str(step.item.key) if step else "")


def _recall(
    tree: MatterTree, items: Sequence[WorkItem], words: Translator, services: Services
) -> Iterator[VerbView]:
    """撤回 of the last decision that the reader made; a submission is withdrawn instead."""
    mine = [item for item in items if item.is_task and item.ended_by == services.actor.login]
    if not mine or not tree.root.is_active:
        return
    decision = Decision(mine[-1], tree, items, services)
    if decision.element.properties.get("submit") == "true":
        return
    refusal = recalling_refusal(decision, tree, services)
    step = words(decision.item.name)
    names = "、".join(dict.fromkeys(words(one.name) for one in decision.followers))
    effects = []
    if refusal is None and services.language == "en":
        effects = [f"“{step}” becomes yours again.", *([f"Cancels: {names}."] if names else [])]
    elif refusal is None:
        ends = [f"“{names}”的待办将取消。"] if names else []
        effects = [f"“{step}”回到您的待办，重新作出决定。", *ends]
    yield replace(_verb("recall", refusal, services, effects), at=str(decision.item.key))


def _suspension(
    tree: MatterTree, items: Sequence[WorkItem], services: Services
) -> Iterator[VerbView]:
    """挂起 or 恢复, whichever comes next; a matter that is not under way has neither."""
    english = services.language == "en"
    if not tree.root.is_active or not tree.root.row.submitted:
        return
    if tree.root.row.suspended_at is not None:
        effects = (
            "It goes on where it stood; clocks and timers run again with what was left."
            if english
            else "事项从原处继续办理；期限和定时按剩余时间继续计算。"
        )
        refusal = resuming_refusal(tree, items, services)
        yield _verb("resume", refusal, services, () if refusal else [effects])
        return
    number = sum(1 for item in items if item.is_open)
    effects = (
        f"{number} open task(s) cannot be done, clocks and timers stop and messages wait"
        " until it is resumed; what runs automatically just now still finishes."
        if english
        else f"恢复前 {number} 个任务不能办理，期限和定时停止，外部消息等待；"
        "正在自动处理的步骤仍会完成。"
    )
    refusal = suspending_refusal(tree, items, services)
    yield _verb("suspend", refusal, services, () if refusal else [effects])


def _verb(
    verb: str, refusal: WorkflowError | None, services: Services, effects: Sequence[str] = ()
) -> VerbView:
    reason = refusal.message(services.language) if refusal else ""
    return VerbView(verb=verb, allowed=refusal is None, reason=reason, effects=effects)
