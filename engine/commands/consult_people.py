"""Ask others for an opinion; the task stays where it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.asking import ask, asking_refusal
from engine.commands.reasons import require_opinion, require_request
from engine.commands.step import move_or_refuse, read_step, signature_of
from engine.errors import WrongStateError
from engine.model.states import WorkItemKind, WorkItemState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class ConsultPeople:
    """征求意见: each person gets the question and answers in words.

    Attributes:
        work_item_key: the task.
        people: logins; property ``consult.people`` says who may be asked.
        request: the question, 1 to 500 characters.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished, or somebody else was faster.
        WrongStateError: a draft, or the step forbids it.
        ValidationFailedError: no question, or somebody who may not be asked.
    """

    work_item_key: str
    people: Sequence[str]
    request: str

    def execute(self, services: Services) -> None:
        """Give everybody a part of the task."""
        step = read_step(services, self.work_item_key)
        refusal = asking_refusal(step, "consult")
        if refusal is not None:
            raise refusal
        request = require_request(self.request)
        people = ask(step, WorkItemKind.CONSULT, self.people, request, services)
        services.note(
            "people_consulted",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={"people": [person.name for person in people], "request": request},
        )


@dataclass(frozen=True, kw_only=True)
class AnswerConsultation:
    """答复: the opinion stands under the task; nothing else happens.

    Attributes:
        work_item_key: the part.
        opinion: 1 to 500 characters.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: somebody else was asked.
        TaskGoneError: answered before, or the task was decided meanwhile.
        WrongStateError: not a consultation.
        ValidationFailedError: no opinion.
    """

    work_item_key: str
    opinion: str

    def execute(self, services: Services) -> None:
        """Close the part."""
        step = read_step(services, self.work_item_key)
        step.require_actor()
        if step.item.kind is not WorkItemKind.CONSULT:
            raise WrongStateError(
                "此任务不是征求意见，请按页面上的按钮办理。",
                "This is no consultation; use the buttons of the page.",
            )
        opinion = require_opinion(self.opinion)
        move_or_refuse(
            services,
            step.item,
            WorkItemState.COMPLETED,
            opinion=opinion,
            signature=signature_of(opinion, services),
            ended_at=services.now,
            ended_by=services.actor.login,
            ended_role=step.verdict.role,
            on_behalf_of=step.verdict.on_behalf_of,
        )
        if step.item.has_draft:
            services.store.work_items.drop_drafts(step.item.key)
        services.note(
            "consultation_answered",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={"opinion": opinion},
        )
