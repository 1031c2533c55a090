"""为什么: why a task is mine, why the matter took this branch, why I cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.entitlement import may_see, no_reader
from engine.commands.matter import MatterTree
from engine.commands.step import placed, read_work_item
from engine.model.states import WorkItemState
from engine.queries.language import translator
from engine.queries.verbs import Situation, task_verbs
from engine.queries.views import Policy, WhyView
from engine.queries.why.course import Course
from engine.queries.why.names import Names
from engine.queries.why.people import WhosePeople

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.commands.step import Step


@dataclass(frozen=True, kw_only=True)
class WhyQuery:
    """Explains a work item, open or finished; ``None`` for whoever may not see its matter.

    Nothing is refused and nothing noted: it is asked beside pages, also of refusals.

    Raises:
        NotFoundError: no such work item.
    """

    work_item_key: str

    def answer(self, services: Services) -> WhyView | None:
        """Explain it."""
        item = read_work_item(services, self.work_item_key)
        step = placed(item, MatterTree.load(services, item.root_key), services)
        if step.verdict.on_behalf_of:
            services.acting_for = services.participant(step.verdict.on_behalf_of)
        root = step.tree.root.row
        items = services.store.work_items.of_matter(step.root_key)
        if not step.verdict.allowed and not may_see(root, items, services):
            return None
        words = translator(services, root.binding)
        names = Names(services, words)
        course = Course(step, items, names)
        here = Situation(step, items, words, services)
        policy = _policy(step, services)
        live = step.item.is_live
        return WhyView(
            work_item_key=str(step.item.key),
            instance_key=str(root.key),
            title=root.title or words.process_name,
            element_name=words(step.item.name),
            mine=live and step.verdict.allowed,
            people=WhosePeople(step, names).sentences(),
            arrival=course.arrival(),
            conditions=course.conditions(),
            decisions=course.decisions(),
            policy=policy,
            refusal=_refusal(step, policy, names),
            verbs=[verb for verb in task_verbs(here) if not verb.allowed]
            if live and step.verdict.visible
            else [],
        )


@dataclass(frozen=True, kw_only=True)
class WhyPage:
    """The same as a page of its own; whoever may not see the matter is refused.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: not entitled.
    """

    work_item_key: str

    def answer(self, services: Services) -> WhyView:
        """Explain it."""
        found = WhyQuery(work_item_key=self.work_item_key).answer(services)
        if found is None:
            raise no_reader()
        return found


def _policy(step: Step, services: Services) -> Policy:
    item, verdict = step.item, step.verdict
    if not item.is_live:
        return Policy.ENDED
    if verdict.allowed:
        return Policy.NONE
    if verdict.suspended:
        return Policy.SUSPENDED
    if not verdict.visible:
        return Policy.POST
    if item.state is WorkItemState.WAITING:
        return Policy.WAITING
    barred = services.actor.login in step.bars
    return Policy.SEPARATION if barred and item.holder is None else Policy.TAKEN


def _refusal(step: Step, policy: Policy, names: Names) -> str:
    if policy is Policy.NONE:
        return ""
    if policy is Policy.ENDED:
        return _ended(step, names)
    return names.said(step.verdict.reason_zh, step.verdict.reason_en)


def _ended(step: Step, names: Names) -> str:
    if step.item.state is WorkItemState.CANCELLED:
        return names.said(
            "此任务已被撤销或退回，无需再办理；事项的最新情况见办理过程。",
            "The task was cancelled; the matter's timeline shows where it is now.",
        )
    who = names.person(step.item.ended_by)
    return names.said(
        f"此任务已由{who}办理完毕，不能再次办理；如办理有误，请{who}撤回，或由后续环节退回。",
        f"{who} has done the task; if that was wrong, {who} can take it back, or a later step can"
        " return it.",
    )
