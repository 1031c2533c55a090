"""After a returned step was corrected: straight back, or every step again, and which beside.

An approval stands as long as nothing changed that it relied on. The matter goes straight back to
whoever returned it only if that is true of every approval in between, no routing fact is another
one and no automatic step in between would see other data.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from engine.bpmn import Interpreter, Marking
from engine.commands.between import automatic_between
from engine.commands.completed import Remark
from engine.commands.course import Course
from engine.commands.reliance import Changes, labels_of
from engine.commands.routes import moving_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.commands.reliance import Change
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.commands.submission import Submission
    from engine.model.work import ReturnSlip, WorkItem


@dataclass(frozen=True)
class WayBack:
    """What is put back.

    Attributes:
        slip: what the return had ended.
        returner: the work item that had returned it.
    """

    slip: ReturnSlip
    returner: WorkItem


@dataclass(frozen=True)
class Correction:
    """What follows the completion of a step.

    Attributes:
        back: the way straight back; ``None`` when the matter goes on as drawn.
        stale: steps in parallel branches that have to be done again.
        remarks: what the person is told.
    """

    back: WayBack | None = None
    stale: tuple[WorkItem, ...] = ()
    remarks: tuple[Remark, ...] = ()


def correction_of(
    step: Step, handed_in: Submission, variables: Mapping[str, Any], services: Services
) -> Correction:
    """Look whether the completed step was a corrected one, and what follows from it."""
    if step.item.returned_from is None or handed_in.returns:
        return Correction()
    items = services.store.work_items.of_matter(step.root_key)
    return _Correcting(step, items, services).decide(handed_in, variables)


class _Correcting:
    """Compares a corrected step with what was before the return."""

    def __init__(self, step: Step, items: Sequence[WorkItem], services: Services) -> None:
        self._step, self._services = step, services
        since = step.item.returned_from
        self._items = items
        #: the first work item that the return made; later ones came after further returns
        self._returned = next(item for item in items if item.returned_from == since)
        self._before = Course(step.tree, [i for i in items if i.key < self._returned.key])
        self._now = Course(step.tree, items)
        self._here = self._now.path(step.item)

    @cached_property
    def _changes(self) -> Changes:
        return Changes(self._step, self._returned, self._services)

    def decide(self, handed_in: Submission, variables: Mapping[str, Any]) -> Correction:
        beside = [
            (item, changed)
            for path, item in self._now.done.items()
            if self._now.places.is_beside(path, self._here) and (changed := self._relied(item))
        ]
        stale = tuple(item for item, _ in beside)
        remarks = tuple(self._again(item, changes) for item, changes in beside)
        slip = self._step.item.slip
        if slip is None or not slip.resumes:
            return Correction(stale=stale, remarks=remarks)
        returner = next(item for item in self._items if item.key == slip.work_item_key)
        reasons = tuple(self._against(slip, returner, handed_in, variables))
        if reasons:
            return Correction(stale=stale, remarks=(*reasons, *remarks))
        back = WayBack(slip, returner)
        return Correction(back, stale, (self._straight_back(returner), *remarks))

    def _relied(self, item: WorkItem) -> list[Change]:
        element = self._step.tree.element(item.instance_key, item.element_id)
        return self._changes.relied_on_by(element)

    def _against(
        self,
        slip: ReturnSlip,
        returner: WorkItem,
        handed_in: Submission,
        variables: Mapping[str, Any],
    ) -> Iterator[Remark]:
        """Yield why the matter cannot go straight back."""
        before = self._before.done.get(self._here)
        if before is not None and before.outcome != handed_in.outcome.key:
            yield Remark(
                "办理结果与上次不同，之后各环节重新办理。",
                "The outcome is another one than before, so every step is done again.",
            )
            return
        between = [
            (path, item)
            for path, item in self._before.done.items()
            if path != self._here and self._now.places.is_undone(path, self._here)
        ]
        told = [(item, changed) for _, item in between if (changed := self._relied(item))]
        self._services.read_participants([item.ended_by or "" for item, _ in told])
        yield from (self._again(item, changed) for item, changed in told)
        if not told:
            yield from self._facts(slip, returner, variables)

    def _facts(
        self, slip: ReturnSlip, returner: WorkItem, variables: Mapping[str, Any]
    ) -> Iterator[Remark]:
        step = self._step
        scratch = Interpreter.load(step.node.model, step.node.interpreter.dump())
        changed = scratch.submit(step.item.token_id, variables, now=self._services.now)
        routing = sorted(changed - {"outcome"})
        target = self._before.path(returner)
        automatic = automatic_between(self._here, target, self._now.places)
        node = step.tree.nodes[slip.instance_key]
        moving = moving_from(step.item, step.tree).get(slip.instance_key, ())
        if routing:
            yield Remark(
                f"影响流转的数据（{'、'.join(routing)}）有变化，之后各环节重新办理。",
                f"Facts that decide the way ({', '.join(routing)}) have changed, so every step is"
                " done again.",
            )
        elif self._changes.all and automatic:
            names = [element.name or element.id for element in automatic]
            yield Remark(
                f"“{'、'.join(labels_of(self._changes.all))}”已修改，自动步骤“{'、'.join(names)}”"
                "须按新内容重新执行，之后各环节重新办理。",
                f"{', '.join(labels_of(self._changes.all))} changed, and automatic steps"
                f" ({', '.join(names)}) must see it, so every step is done again.",
            )
        elif (
            step.element.loop is not None
            or not moving
            or not node.interpreter.can_restore(moving, Marking.from_text(slip.marking))
        ):
            yield Remark(
                "退回时的办理状态已不能恢复，之后各环节重新办理。",
                "What the return had ended cannot be put back, so every step is done again.",
            )

    def _again(self, item: WorkItem, changed: Sequence[Change]) -> Remark:
        labels, who = labels_of(changed), self._person(item)
        return Remark(
            f"“{'、'.join(labels)}”已修改，{who}办理“{item.name}”时曾以此为据，须重新办理。",
            f"{', '.join(labels)} changed; {who} had relied on it at “{item.name}”, which is done"
            " again.",
        )

    def _straight_back(self, returner: WorkItem) -> Remark:
        who = self._person(returner)
        return Remark(
            f"已直接返回退回人{who}（{returner.name}），中间环节无需重新办理。",
            f"It went straight back to {who} ({returner.name}) who had returned it.",
        )

    def _person(self, item: WorkItem) -> str:
        person = self._services.participant(item.ended_by or "")
        return person.name if person is not None else item.ended_by or ""
