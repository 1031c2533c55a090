"""Why a task is somebody's: the rule of the model, what people did with it, the reader's post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.assignment import person_rule, unit_rule
from engine.assignment.rule import Told
from engine.commands.authority import admitting_membership
from engine.model.states import AssignedBy, WorkItemKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.commands.step import Step
    from engine.model.participants import Candidate
    from engine.queries.why.names import Names

#: How a work item came to its people where the rule itself does not say it; ``{who}`` has it,
#: ``{sender}`` sent it.
_WAYS: Final = {
    AssignedBy.AGAIN: (
        "{who}此前办理过本事项的这一环节，按规定仍由{who}办理。",
        "{who} did this step of the matter before and gets it again.",
    ),
    AssignedBy.POST: (
        "流程指定的人员不在岗或须回避，改由岗位人员办理。",
        "Whom the procedure names is away or kept away; the holders of the post are asked.",
    ),
    AssignedBy.INCIDENT: (
        "没有符合条件的人员，须由管理员处理。",
        "Nobody fits; an administrator must act.",
    ),
    AssignedBy.SUPERIOR: (
        "该岗位无人可办，按流程规定交由上级单位办理。",
        "Nobody holds the post here; the procedure hands it to the superior unit.",
    ),
    AssignedBy.LEADER: (
        "该岗位无人可办，按流程规定交由单位负责人办理。",
        "Nobody holds the post here; the procedure hands it to the unit's leader.",
    ),
    AssignedBy.ADMINISTRATOR: (
        "该岗位无人可办，按流程规定交由管理员办理。",
        "Nobody holds the post here; the procedure hands it to an administrator.",
    ),
    AssignedBy.SKIPPED: (
        "该岗位无人可办，按流程规定跳过此环节。",
        "Nobody holds the post here; the procedure skips the step.",
    ),
    AssignedBy.HANDOVER: (
        "原办理人离职或调离，工作交接给{who}。",
        "The work of somebody who left was handed over to {who}.",
    ),
    AssignedBy.TRANSFER: ("{sender}把此任务转给{who}办理。", "{sender} gave this task to {who}."),
    AssignedBy.HANDED_BACK: (
        "{who}委派他人办理，对方办完后已交回。",
        "{who} had delegated it; it was handed back.",
    ),
}
_ASKED: Final = {
    WorkItemKind.CONSULT: (
        "{sender}就此任务征求{who}的意见。",
        "{sender} asks {who} for an opinion.",
    ),
    WorkItemKind.SIGN_BEFORE: (
        "{sender}请{who}先行签署（前加签）。",
        "{sender} wants {who} to sign before the decision.",
    ),
    WorkItemKind.SIGN_AFTER: (
        "{sender}的决定须由{who}签署后生效（后加签）。",
        "{sender}'s decision takes effect when {who} has signed.",
    ),
    WorkItemKind.OUTSIDE: (
        "{sender}把此任务退给外部单位补正。",
        "{sender} returned it to a party outside of the office.",
    ),
}


@dataclass(frozen=True)
class WhosePeople:
    """Explains the people of one work item."""

    step: Step
    names: Names

    def sentences(self) -> list[str]:
        """Return how it came to its people, in the order of events."""
        item = self.step.item
        found = [*self._asked()] if not item.is_task else [*self._by_model(), *self._way()]
        if item.owner is not None:
            found.append(
                self._said(
                    f"{self._name(item.owner)}委派{self._name(item.assignee)}办理，办完后交回。",
                    f"{self._name(item.owner)} delegated it to {self._name(item.assignee)}; it goes"
                    " back afterwards.",
                )
            )
        return [*found, *self._reader()]

    def _asked(self) -> Iterator[str]:
        pair = _ASKED.get(self.step.item.kind)
        if pair is not None:
            yield self._filled(pair)

    def _by_model(self) -> Iterator[str]:
        """Say what the model's rule found: one person, posts, people it names."""
        item, element = self.step.item, self.step.element
        rule = person_rule(element)
        if rule is not None and item.assigned_by is AssignedBy.RULE:
            yield rule[0].sentence(self._told(rule[1]))
            return
        groups = [candidate for candidate in item.candidates if candidate.role]
        if groups:
            one, parameter = unit_rule(element)
            yield one.sentence(self._told(parameter, groups))
        named = [self._name(one.login) for one in item.candidates if one.login]
        if named:
            yield self._said(
                f"流程直接指定由{'、'.join(named)}办理。",
                f"The procedure names {', '.join(named)}.",
            )

    def _way(self) -> Iterator[str]:
        pair = _WAYS.get(self.step.item.assigned_by)
        if pair is not None:
            yield self._filled(pair)

    def _reader(self) -> Iterator[str]:
        """Say through what the reader may act, and for whom."""
        step, services = self.step, self.names.services
        if not step.verdict.allowed:
            return
        if services.acting_for is not None:
            name = services.acting_for.name
            yield self._said(f"您代{name}办理。", f"You stand in for {name}.")
        membership = admitting_membership(services.acting_for or services.person, step.item)
        if membership is not None and step.item.is_task:
            post, unit = self.names.role(membership.role), self.names.unit(membership.unit)
            who = self._said("您", "You hold") if services.acting_for is None else ""
            who = who or self._said(
                services.acting_for.name if services.acting_for else "",
                f"{services.acting_for.name if services.acting_for else ''} holds",
            )
            yield self._said(
                f"{who}担任{unit}的“{post}”，可以办理此环节。",
                f"{who} the post “{post}” of {unit}, which may do this step.",
            )

    def _told(self, parameter: str, groups: Sequence[Candidate] = ()) -> Told:
        root = self.step.tree.root.row
        elements = self.step.node.model.elements
        joint = "、" if not self.names.english else ", "
        roles = dict.fromkeys(self.names.role(one.role) for one in groups)
        units = dict.fromkeys(self.names.unit(one.unit) for one in groups)
        return Told(
            english=self.names.english,
            parameter=parameter,
            role=joint.join(roles),
            unit=joint.join(unit for unit in units if unit),
            matter_unit=self.names.unit(root.unit),
            division=root.division,
            person=self._name(self.step.item.assignee or self.step.item.ended_by),
            initiator=self._name(root.initiator),
            step=lambda key: self.names.words(elements[key].name) if key in elements else key,
        )

    def _filled(self, pair: tuple[str, str]) -> str:
        item = self.step.item
        return self._said(*pair).format(
            who=self._name(item.assignee or item.ended_by), sender=self._name(item.sender)
        )

    def _name(self, login: str | None) -> str:
        return self.names.person(login)

    def _said(self, zh: str, en: str) -> str:
        return self.names.said(zh, en)
