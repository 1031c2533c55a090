"""Agree to one of several tasks at once: each is a completion of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn import is_return
from engine.commands.complete_work_item import CompleteWorkItem, complete
from engine.commands.step import read_step
from engine.commands.submission import form_context, form_of
from engine.errors import WrongStateError
from engine.forms import prefilled_answers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn import Element
    from engine.commands.completed import Completed
    from engine.commands.services import Services
    from engine.commands.step import Step

#: Value of the property ``batch`` of a step whose tasks may be agreed to in a batch.
AGREE: Final = "agree"


@dataclass(frozen=True, kw_only=True)
class AgreeInBatch:
    """批量同意: the first drawn outcome that is no return, with the opinion given for all.

    The form is what the person has saved, else what it is filled in with beforehand; where that is
    not complete the task is refused and done by itself.

    Attributes:
        work_item_key: one task of the batch; a batch is one command for each.
        opinion: 1 to 500 characters where the model asks for one.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished before.
        WrongStateError: the step allows no batch, or something must come first.
        ValidationFailedError: opinion missing, or the form is not complete.
    """

    work_item_key: str
    opinion: str = ""

    def execute(self, services: Services) -> Completed:
        """Complete it through the one completion."""
        step = read_step(services, self.work_item_key)
        step.require_actor()
        if not step.item.is_task or not allows_batch(step.element):
            raise WrongStateError(
                "此环节不允许批量办理，请逐件办理。",
                "This step allows no batch; open the task and do it by itself.",
            )
        given = CompleteWorkItem(
            work_item_key=self.work_item_key,
            outcome=_agreement(step),
            answers=_answers(step, services),
            opinion=self.opinion,
        )
        return complete(step, given, services)


def allows_batch(element: Element) -> bool:
    """Tell whether tasks of a step may be agreed to in a batch; votes are cast one by one."""
    return element.properties.get("batch") == AGREE and element.loop is None


def _agreement(step: Step) -> str:
    drawn = step.node.model.outcomes(step.element.id)
    return next((one.key for one in drawn if not is_return(step.element, one.key)), "")


def _answers(step: Step, services: Services) -> Mapping[str, Any]:
    form = form_of(step, services)
    if form is None:
        return {}
    draft = services.store.work_items.draft(step.item.key, services.actor.login)
    return draft.answers if draft else prefilled_answers(form, form_context(step, services))
