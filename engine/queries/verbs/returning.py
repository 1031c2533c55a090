"""退回: where to, and what it does, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.returning import ReturnPolicy, TargetKind, return_policy, return_targets
from engine.queries.views import ReturnTargetView, VerbView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.commands.returning import ReturnTarget
    from engine.model.work import WorkItem
    from engine.queries.verbs.situation import Situation

#: Steps that a sentence names; more are counted.
_NAMED = 4


def return_to(here: Situation) -> VerbView:
    """退回."""
    targets = return_targets(here.step, list(here.items))
    views = _Words(here, targets).views()
    nothing = here.said(
        "没有可退回的环节：本环节之前没有办理过的环节，或流程不允许。",
        "There is no step to return to: none was done before this one, or the model forbids it.",
    )
    chooses = return_policy(here.step.element) is ReturnPolicy.CHOOSE
    return VerbView(
        verb="return",
        allowed=here.step.verdict.allowed and bool(targets) and not here.undecided,
        reason=here.undecided if targets else nothing,
        targets=views,
        effects=_afterwards(here) if targets else (),
        choices=(ReturnPolicy.REPLAY, ReturnPolicy.RESUME) if chooses and targets else (),
    )


def _afterwards(here: Situation) -> tuple[str, ...]:
    """Say what follows the correction, unless whoever returns it chooses that."""
    policy = return_policy(here.step.element)
    if policy is ReturnPolicy.CHOOSE:
        return ()
    if policy is ReturnPolicy.RESUME:
        return (
            here.said(
                "对方办理后直接返回本环节；修改了他人据以办理的内容时，逐级重新办理。",
                "After the correction it comes straight back here, unless something changes that"
                " others relied on.",
            ),
        )
    return (
        here.said(
            "对方办理后，之后各环节依次重新办理。",
            "After the correction every step that follows is done again.",
        ),
    )


class _Words:
    """Says what returns do, in the reader's language."""

    def __init__(self, here: Situation, targets: Sequence[ReturnTarget]) -> None:
        """Read the names of everybody concerned at once."""
        self._here, self._targets = here, targets
        self._policy = return_policy(here.step.element)
        logins = {target.item.ended_by or "" for target in targets}
        for target in targets:
            logins |= {item.assignee or item.ended_by or "" for item in self._concerned(target)}
        known = sorted(logins - {""})
        self._people: Mapping[str, tuple[str, str, bool]] = (
            here.services.store.identity.people(known) if known else {}
        )

    def views(self) -> list[ReturnTargetView]:
        return [
            ReturnTargetView(
                key=target.key,
                name=self._here.words(target.name),
                person=self._receiver(target.item.ended_by or ""),
                marks=list(self._marks(target)),
                effects=list(self._effects(target)),
                seen=target.effects.seen,
            )
            for target in self._targets
        ]

    def _concerned(self, target: ReturnTarget) -> list[WorkItem]:
        effects = target.effects
        return [*effects.cancelled, *effects.redo, *effects.kept]

    def _receiver(self, login: str) -> str:
        name, _unit, active = self._people.get(login, (login, "", False))
        post = self._here.said("原办理人已停用，退回到岗位", "the post; the person is disabled")
        return name if active else post

    def _marks(self, target: ReturnTarget) -> Iterator[str]:
        said = self._here.said
        if TargetKind.PREVIOUS in target.kinds:
            yield said("上一环节", "previous step")
        if TargetKind.INITIATOR in target.kinds:
            yield said("发起人", "initiator")

    def _effects(self, target: ReturnTarget) -> Iterator[str]:
        effects, said = target.effects, self._here.said
        if effects.cancelled:
            number, names = len(effects.cancelled), self._named(effects.cancelled)
            yield said(
                f"将撤销 {number} 个并行任务：{names}。",
                f"{number} parallel task(s) will be cancelled: {names}.",
            )
        if effects.jobs:
            yield said(
                f"将停止 {effects.jobs} 个自动步骤。",
                f"{effects.jobs} automatic step(s) will be stopped.",
            )
        for name, number in effects.votes:
            shown = self._here.words(name)
            yield said(
                f"“{shown}”已投的 {number} 票归档，须重新会签。",
                f"{number} vote(s) given at “{shown}” will be archived; it begins anew.",
            )
        for name in effects.ended:
            shown = self._here.words(name)
            yield said(f"“{shown}”中止，须重新进入。", f"“{shown}” ends and has to begin again.")
        if effects.redo:
            yield self._redo(self._named(effects.redo))
        if effects.kept:
            names = self._named(effects.kept)
            yield said(f"{names}的意见保留，不需重新办理。", f"What {names} said stays as it is.")

    def _redo(self, names: str) -> str:
        said = self._here.said
        if self._policy is ReturnPolicy.RESUME:
            return said(
                f"{names}的意见保留；据以办理的内容有修改时，需重新办理。",
                f"What {names} said stays, unless something changes that it relied on.",
            )
        if self._policy is ReturnPolicy.CHOOSE:
            return said(
                f"逐级重新办理时，{names}需重新办理。",
                f"When every step is done again, so is {names}.",
            )
        return said(f"{names}需重新办理。", f"{names} must be done again.")

    def _named(self, items: Sequence[WorkItem]) -> str:
        """Return ``财务复核（李四）、…``, long lists counted."""
        shown = [self._step(item) for item in items[:_NAMED]]
        said = self._here.said
        text = said("、", ", ").join(shown)
        more = len(items) - _NAMED
        if more > 0:
            text += said(f"等 {len(items)} 个环节", f" and {more} more")
        return text

    def _step(self, item: WorkItem) -> str:
        name, login = self._here.words(item.name), item.assignee or item.ended_by or ""
        person = self._people.get(login, (login, "", True))[0]
        if not person:
            return self._here.said(f"“{name}”", f"“{name}”")
        return self._here.said(f"“{name}”（{person}）", f"“{name}” ({person})")
