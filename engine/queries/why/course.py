"""Why the matter came to a step: what led there, branches taken, decision tables answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.expressions import FeelText, names_known
from engine.feel import feel_repr, to_feel
from engine.model.states import Arrival
from engine.queries.views import ConditionView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.bpmn import SequenceFlow
    from engine.commands.matter import Node
    from engine.commands.step import Step
    from engine.model.work import WorkItem
    from engine.queries.why.names import Names

_TAKEN: Final = "taken"
#: What led here other than the drawn flows; ``{who}`` did ``{step}`` before.
_ARRIVALS: Final = {
    Arrival.RETURN: ("{who}（{step}）退回到此环节。", "{who} ({step}) returned it to this step."),
    Arrival.RESUME: (
        "{who}（{step}）补正后，直接回到提出退回的此环节。",
        "After the correction by {who} ({step}) it went straight back to this step.",
    ),
    Arrival.WITHDRAW: (
        "发起人撤回事项，回到此环节。",
        "The initiator took the matter back to this step.",
    ),
    Arrival.RECALL: (
        "{who}（{step}）撤回自己的决定，重新办理。",
        "{who} ({step}) took the own decision back.",
    ),
    Arrival.MOVE: ("管理员把事项调整到此环节。", "An administrator moved the matter to this step."),
}


@dataclass(frozen=True)
class Course:
    """The way of a matter to one work item.

    Attributes:
        step: the work item in its matter.
        items: every work item of the matter.
        names: for the sentences.
    """

    step: Step
    items: Sequence[WorkItem]
    names: Names

    @property
    def _cause(self) -> WorkItem | None:
        key = self.step.item.cause_key
        return next((item for item in self.items if item.key == key), None)

    def arrival(self) -> list[str]:
        """Return what led here."""
        cause, pair = self._cause, _ARRIVALS.get(self.step.item.arrival)
        if pair is None and cause is None:
            pair = ("事项发起后到达此环节。", "The matter came here when it was started.")
        elif pair is None:
            pair = ("{who}办理“{step}”{outcome}后到达此环节。", "{who} did “{step}”{outcome}.")
        label = self.names.words(cause.outcome_label) if cause else ""
        text = self.names.said(*pair).format(
            who=self.names.person(cause.ended_by if cause else self.step.item.sender),
            step=self.names.words(cause.name) if cause else "",
            outcome=self.names.said(f"（{label}）", f" ({label})") if label else "",
        )
        return [text]

    def conditions(self) -> list[ConditionView]:
        """Return the branches that were chosen on the way, the first one first."""
        if self.step.item.arrival not in (Arrival.FLOW, Arrival.RETURN):
            return []
        found = [self._condition(node, flow) for node, flow in self._way() if _chosen(node, flow)]
        return found[::-1]

    def decisions(self) -> list[Mapping[str, Any]]:
        """Return what the decision tables answered on the way."""
        begin, end = self._span()
        lines = self.names.services.store.records.audit_trail(self.step.root_key)
        return [
            line.detail
            for line in lines
            if line.action == "decision_made" and begin <= line.at <= end
        ]

    def _span(self) -> tuple[Any, Any]:
        """Return from when until when the matter was on its way here."""
        cause = self._cause
        started = self.step.tree.root.row.started_at
        begin = cause.ended_at if cause and cause.ended_at else started
        return min(begin, self.step.item.created_at), self.step.item.created_at

    def _way(self) -> Iterator[tuple[Node, SequenceFlow]]:
        """Walk back over the flows that were taken since the step before."""
        begin, end = self._span()
        history = self.names.services.store.instances.history(self.step.root_key)
        taken = {
            (event.instance_key, event.element_id)
            for event in history
            if event.event == _TAKEN and begin <= event.at <= end
        }
        cause = self._cause
        stop = (cause.instance_key, cause.element_id) if cause else None
        places, seen = [(self.step.node, self.step.element.id)], set()
        while places:
            node, element_id = places.pop()
            if (node.row.key, element_id) in seen:
                continue
            seen.add((node.row.key, element_id))
            flows = [
                flow
                for flow in node.model.incoming.get(element_id, ())
                if (node.row.key, flow.id) in taken
            ]
            for flow in flows:
                yield node, flow
                if (node.row.key, flow.source) != stop:
                    places.append((node, flow.source))
            if not flows:
                places += self._around(node, element_id)

    def _around(self, node: Node, element_id: str) -> list[tuple[Node, str]]:
        """Return the sub-process or call activity that an element without a way in begins."""
        element = node.model.elements.get(element_id)
        if element is not None and element.parent is not None:
            return [(node, element.parent)]
        row = node.row
        if row.parent_key is None or not row.parent_element:
            return []
        return [(self.step.tree.nodes[row.parent_key], row.parent_element)]

    def _condition(self, node: Node, flow: SequenceFlow) -> ConditionView:
        text = flow.condition or ""
        variables = node.interpreter.variables if text else {}
        with names_known(tuple(variables)):
            read = FeelText(text, flow.id).names if text else frozenset()
        return ConditionView(
            gateway=self.names.words(node.model.elements[flow.source].name),
            flow=self.names.words(flow.name),
            condition=text,
            values={
                name: feel_repr(to_feel(variables[name]))
                for name in sorted(read)
                if name in variables
            },
        )


def _chosen(node: Node, flow: SequenceFlow) -> bool:
    """Tell whether a flow was one of several that the rules of the model choose among."""
    if flow.condition:
        return True
    return flow.is_default and len(node.model.outgoing[flow.source]) > 1
