"""Activities: they read inputs, do or await something, write outputs and have boundary events."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.catching import throw
from engine.bpmn.errors import ExpressionError
from engine.bpmn.expressions import value_of
from engine.bpmn.facts import LOOP_COUNTERS, EventType
from engine.bpmn.machine import StepKind
from engine.bpmn.nodes import Node
from engine.bpmn.people import PersonTexts
from engine.bpmn.records import remember

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.expressions import FeelText, Literal
    from engine.bpmn.token import Token

#: What an error boundary event without a code may catch when an expression fails.
SCRIPT_ERROR: Final = "SCRIPT_ERROR"


class Activity(Node):
    """A task, call activity or sub-process.

    Attributes:
        reads: target name and source of every ``zeebe:input``.
        writes: the same for ``zeebe:output``.
        boundaries: boundary events attached to it.
    """

    #: the activity waits for somebody outside
    waits = False

    def __init__(self, *arguments: Any) -> None:
        """Start without mappings; the compiler fills them in."""
        super().__init__(*arguments)
        self.reads: tuple[tuple[str, FeelText | Literal], ...] = ()
        self.writes: tuple[tuple[str, FeelText | Literal], ...] = ()
        self.boundaries: tuple[Any, ...] = ()

    def _run_hook(self, token: Token) -> bool | None:
        machine = token.workflow
        machine.note(StepKind.ACTIVATED, token)
        if self.reads:
            for name, source in self.reads:
                token.data[name] = source.value(machine.visible(token))
        for boundary in self.boundaries:
            boundary.subscribe(token)
        return self.perform(token)

    def perform(self, _token: Token) -> bool | None:
        """Do the work; ``True`` when done, ``None`` to wait."""
        return None if self.waits else True

    def _on_complete_hook(self, token: Token) -> None:
        machine = token.workflow
        for child in token.children:
            machine.cancel_token(child)
        self.write_outputs(token, self.accepted(token.result))
        machine.note(StepKind.COMPLETED, token)
        self.remember_compensation(token)
        if self.body is None:
            self.leave(token)

    def accepted(self, result: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the part of the result that is written when there is no output mapping."""
        return result

    def write_outputs(self, token: Token, accepted: Mapping[str, Any]) -> None:
        """Write mapped outputs to the enclosing scope, or merge the result without mappings."""
        machine = token.workflow
        for name in self.element.data_outputs:
            if name in token.result:
                machine.assign_data_object(token, name, token.result[name])
        if not self.writes:
            for name, value in accepted.items():
                # A called process gives back all that it was given, the counters of our loop too.
                if name not in LOOP_COUNTERS:
                    machine.assign(token, name, value)
            return
        seen = ChainMap(dict(token.result), dict(machine.visible(token)))
        for name, source in self.writes:
            value = source.value(seen)
            seen[name] = value
            machine.assign(token.parent, name, value)

    def remember_compensation(self, token: Token) -> None:
        """Note in the scope that the activity can be undone."""
        remember(token, self.undone_by)

    @property
    def undone_by(self) -> str:
        """Id of the activity that undoes this one, ``""`` without."""
        handlers = (boundary.element.compensated_by for boundary in self.boundaries)
        return next((handler for handler in handlers if handler), "")


class AbstractTask(Activity):
    """A task without a type: done at once."""


class UserTask(Activity):
    """Waits for a person; answers of a form reach variables only through output mappings."""

    waits = True

    def __init__(self, *arguments: Any) -> None:
        """Compile who does it and until when."""
        super().__init__(*arguments)
        self.person = PersonTexts(self.element)

    def perform(self, token: Token) -> None:
        """Remember who does it and until when, as of now."""
        self.person.arm(token)

    def accepted(self, result: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return everything, or the outcome alone when the answers belong to a form."""
        task = self.element.user_task
        if task is None or not task.form_id:
            return result
        return {"outcome": result["outcome"]} if "outcome" in result else {}

    def write_outputs(self, token: Token, accepted: Mapping[str, Any]) -> None:
        """Write outputs; the outcome is a variable whatever the mapping says."""
        if self.writes and "outcome" in accepted:
            token.workflow.assign(token, "outcome", accepted["outcome"])
        super().write_outputs(token, accepted)


class WaitingTask(Activity):
    """A manual, service, send, receive or business rule task or a call activity: waits."""

    waits = True


class CallActivity(WaitingTask):
    """Waits for an instance of another process."""

    def __init__(self, *arguments: Any) -> None:
        """Compile the id of the called process."""
        super().__init__(*arguments)
        self.called = value_of(self.element.called_process, self.element.id)

    def accepted(self, result: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the called process's variables when the model propagates them."""
        return result if self.element.propagate_all else {}


class ScriptTask(Activity):
    """Evaluates one FEEL expression into a variable."""

    expression: FeelText

    def perform(self, token: Token) -> bool | None:
        """Evaluate; a failure reaches a catch-all error boundary event.

        Raises:
            ExpressionError: it fails and no boundary event catches it.
        """
        machine = token.workflow
        try:
            value = self.expression.value(machine.visible(token))
        except ExpressionError:
            if throw(token, EventType.ERROR, SCRIPT_ERROR, {}):
                return None
            raise
        script = self.element.script
        if script is not None and script.result_variable:
            token.result = {script.result_variable: value}
        return True
