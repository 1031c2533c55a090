"""Plays one matter to its end: who does which step with which outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.commands import CompleteWorkItem, StartInstance
from engine.commands.authority import admitting_membership
from engine.errors import ConfigurationError
from engine.model.participants import Actor
from engine.queries import WorkItemQuery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services
    from engine.model.work import WorkItem
    from engine.runtime import Engine

#: Steps after which a matter that does not end is given up.
_MOST_STEPS = 50


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """What is played.

    Attributes:
        process_id: the procedure.
        login: who starts it and fills the first form in.
        answers: answers of the first form.
        opinion: what everyone writes.
    """

    process_id: str
    login: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    opinion: str = "同意。"


@dataclass(frozen=True)
class Part:
    """One step of the play.

    Attributes:
        element_id: the user task.
        login: who does it.
        outcome: which flow is chosen.
        answers: what is filled in.
    """

    element_id: str
    login: str
    outcome: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class OpenWork:
    """The open work items of a matter with one person who may do each."""

    instance_key: str

    def answer(self, services: Services) -> list[tuple[WorkItem, str]]:
        """Return them, oldest first; the login is empty when nobody may."""
        items = services.store.work_items.of_matter(int(self.instance_key))
        return [(item, _somebody(item, services)) for item in items if item.is_open]


def _somebody(item: WorkItem, services: Services) -> str:
    if item.assignee:
        return item.assignee
    identity = services.store.identity
    roles = [candidate.role for candidate in item.candidates]
    for login, _name, _unit, _membership in identity.holders(roles):
        person = identity.participant(login)
        if person is not None and person.active and admitting_membership(person, item):
            return login
    return ""


def start(engine: Engine, scenario: Scenario) -> str:
    """Start a matter; returns its key."""
    command = StartInstance(process_id=scenario.process_id)
    return engine.execute(command, Actor(login=scenario.login)).instance_key


def next_item(engine: Engine, instance_key: str) -> tuple[str, str, str] | None:
    """Return ``(work item key, element id, login)`` of the next step, ``None`` at the end."""
    for item, login in engine.ask(OpenWork(instance_key=instance_key)):
        if login:
            return str(item.key), item.element_id, login
    return None


def rehearse(engine: Engine, scenario: Scenario) -> tuple[Part, ...]:
    """Play one matter with the first drawn outcome of each step and note the parts.

    Raises:
        ConfigurationError: the matter does not end.
        WorkflowError: a step was refused, e.g. because the answers do not fit the form.
    """
    instance_key = start(engine, scenario)
    parts: list[Part] = []
    while (found := next_item(engine, instance_key)) is not None:
        key, element_id, login = found
        view = engine.ask(WorkItemQuery(work_item_key=key), Actor(login=login))
        outcome = next(item.key for item in view.outcomes if not item.returns)
        answers = scenario.answers if not parts else dict(view.answers)
        parts.append(Part(element_id, login, outcome, answers))
        engine.execute(completion(key, parts[-1], scenario), Actor(login=login))
        if len(parts) > _MOST_STEPS:
            raise ConfigurationError(
                "性能测量的事项没有结束，请换一个用例。",
                "The matter of the benchmark does not end; choose another case.",
            )
    return tuple(parts)


def completion(key: str, part: Part, scenario: Scenario) -> CompleteWorkItem:
    """Return the command that does ``part`` on a work item."""
    return CompleteWorkItem(
        work_item_key=key, outcome=part.outcome, answers=part.answers, opinion=scenario.opinion
    )
