"""Which of the next steps a matter comes to with what somebody has filled in so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn import ElementError, Interpreter, WaitKind, is_return, next_user_tasks
from engine.commands.automatic import decided
from engine.commands.choosing_next import askable_steps
from engine.commands.step import read_step
from engine.commands.submission import check_form, form_of
from engine.errors import ValidationFailedError, WorkflowError
from engine.feel import FeelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.bpmn import Outcome, Wait
    from engine.commands.services import Services
    from engine.commands.step import Step

#: Where people have the matter.
_PEOPLE: Final = frozenset({WaitKind.USER_TASK, WaitKind.MANUAL_TASK, WaitKind.VOTERS})
_WORD: Final = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, kw_only=True)
class WayAhead:
    """Try every forward outcome on a copy; nothing is stored and no handler runs.

    Attributes:
        work_item_key: the task that is being filled in.
        answers: as typed.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: not a candidate.
        TaskGoneError: finished.
    """

    work_item_key: str
    answers: Mapping[str, Any] = field(default_factory=dict)

    def answer(self, services: Services) -> Mapping[str, bool]:
        """Return ``{user task: whether the matter comes to it}``; what is unsure is left out."""
        step = read_step(services, self.work_item_key)
        values = _facts(step, self.answers, services)
        if values is None:
            return {}
        said: dict[str, set[bool | None]] = {}
        for outcome in step.node.model.outcomes(step.element.id):
            asked = askable_steps(step, outcome)
            if not asked or is_return(step.element, outcome.key):
                continue
            met = _met(step, outcome, values, services)
            for element_id in asked:
                said.setdefault(element_id, set()).add(None if met is None else met(element_id))
        return {key: True in some for key, some in said.items() if some in ({True}, {False})}


@dataclass(frozen=True)
class _Met:
    """Where a try has come to.

    Attributes:
        reached: user tasks that are open then.
        maybe: user tasks that lie behind something that only happens in truth.
    """

    reached: frozenset[str]
    maybe: frozenset[str]

    def __call__(self, element_id: str) -> bool | None:
        """Tell whether the matter comes to a user task, ``None`` when nobody can know."""
        if element_id in self.reached:
            return True
        return None if element_id in self.maybe else False


def _facts(step: Step, answers: Mapping[str, Any], services: Services) -> dict[str, Any] | None:
    """Return what the output mappings read, ``None`` while something that they read is missing."""
    form = form_of(step, services)
    if form is None or not step.element.outputs:
        return {}
    read = {word for one in step.element.outputs for word in _WORD.findall(one.source)}
    try:
        return dict(check_form(step, form, answers, services).values)
    except ValidationFailedError as error:
        if any(read & set(fault.field.split(".")) for fault in error.errors):
            return None
    return dict(check_form(step, form, answers, services, complete=False).values)


def _met(
    step: Step, outcome: Outcome, values: Mapping[str, Any], services: Services
) -> _Met | None:
    """Take one outcome on a copy of the instance; ``None`` when it cannot be taken."""
    model = step.node.model
    called = step.node.row.parent_key is not None
    tried = Interpreter.load(model, step.node.interpreter.dump(), called=called)
    before = {wait.token_id for wait in tried.waits()}
    try:
        tried.complete(step.item.token_id, {**values, "outcome": outcome.key}, now=services.now)
        new = [wait for wait in _rested(tried, step, services) if wait.token_id not in before]
    except (ElementError, FeelError, WorkflowError):
        return None
    others = [wait.element_id for wait in new if wait.kind not in _PEOPLE]
    behind = (flow.target for one in others for flow in model.outgoing.get(one, ()))
    return _Met(
        reached=frozenset(wait.element_id for wait in new if wait.kind in _PEOPLE),
        maybe=frozenset(task for target in behind for task in next_user_tasks(model, target)),
    )


def _rested(tried: Interpreter, step: Step, services: Services) -> Iterator[Wait]:
    """Answer decision tables until everything else waits."""
    while True:
        waits = tried.waits()
        asked = next((wait for wait in waits if wait.kind is WaitKind.DECISION), None)
        if asked is None:
            yield from waits
            return
        value: Any = decided(asked, step.tree, services).value
        tried.complete(asked.token_id, {asked.result_variable: value}, now=services.now)
