"""Who gets a new work item: the model's rule, read from the user task's properties."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from engine.errors import ConfigurationError
from engine.model.participants import Candidate
from engine.model.states import WorkItemState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.bpmn import Element, Wait
    from engine.commands.services import Services
    from engine.model.work import Instance


class UnitRule(StrEnum):
    """Whose holders of a role are asked; ``office:<relation>`` is written out."""

    OWN = "own"
    SUPERIOR = "superior"
    COVERING = "covering"
    OFFICE = "office"


@dataclass(frozen=True)
class Assignment:
    """Where a new work item goes.

    Attributes:
        state: ``CLAIMED`` when a person has it from the start, else ``OFFERED``.
        assignee: that person's login.
        candidates: who may take it.
    """

    state: WorkItemState
    assignee: str | None
    candidates: tuple[Candidate, ...]


def assign(
    wait: Wait, element: Element, process_id: str, root: Instance, services: Services
) -> Assignment:
    """Apply the element's rule to the matter of ``root``.

    The person who did this element before in this matter gets it again (catalogue 0.3), unless
    the account is disabled or the post was lost; then it goes to the post's holders.

    Raises:
        ConfigurationError: the rule or the unit is unknown.
    """
    candidates = (
        *_of_roles(wait.candidate_groups, element, root, services),
        *(
            Candidate(role="", unit=None, division=root.division, login=login)
            for login in wait.candidate_users
        ),
    )
    if element.properties.get("assignee") == "initiator":
        return Assignment(WorkItemState.CLAIMED, root.initiator, candidates)
    if wait.assignee:
        return Assignment(WorkItemState.CLAIMED, wait.assignee, candidates)
    if not candidates and element.lane:
        candidates = _of_roles((_role_of_lane(element.lane, services),), element, root, services)
    earlier = services.store.work_items.last_completer(root.root_key, process_id, element.id)
    if earlier is not None and _still_admitted(earlier, candidates, services):
        return Assignment(WorkItemState.CLAIMED, earlier, candidates)
    return Assignment(WorkItemState.OFFERED, None, candidates)


def candidates_of(element: Element, root: Instance, services: Services) -> tuple[Candidate, ...]:
    """Return one candidate group per role that the model names, before the step is reached.

    Raises:
        ConfigurationError: the rule or the unit is unknown.
    """
    roles = element.user_task.candidate_groups if element.user_task else ()
    return _of_roles(roles, element, root, services)


def _of_roles(
    roles: Sequence[str], element: Element, root: Instance, services: Services
) -> tuple[Candidate, ...]:
    if not roles:
        return ()
    unit = _unit_of(element, root, services)
    return tuple(Candidate(role=role, unit=unit, division=root.division) for role in roles)


def _role_of_lane(lane: str, services: Services) -> str:
    """Return the role that a lane names by key or Chinese name; else the lane's own name."""
    roles = services.store.identity.roles().values()
    return next((role.key for role in roles if lane in (role.key, role.name)), lane)


def _unit_of(element: Element, root: Instance, services: Services) -> str | None:
    rule, _, relation = element.properties.get("unit", UnitRule.OWN).partition(":")
    if rule == UnitRule.OWN:
        return root.unit
    if rule == UnitRule.COVERING:
        return None
    if rule == UnitRule.OFFICE:
        return services.store.identity.serving_office(root.unit, relation)
    if rule == UnitRule.SUPERIOR:
        unit = services.store.identity.unit(root.unit)
        return unit.parent if unit else None
    raise ConfigurationError(
        f"环节“{element.name}”的办理单位规则“{rule}”无法识别，请在流程图中改为 own、superior、"
        "covering 或 office:<关系>。",
        f"Unknown unit rule {rule!r} at {element.id}; use own, superior, covering or"
        " office:<relation>.",
    )


def _still_admitted(login: str, candidates: tuple[Candidate, ...], services: Services) -> bool:
    person = services.store.identity.participant(login)
    if person is None or not person.active:
        return False
    return any(
        candidate.admits(membership)
        for candidate in candidates
        for membership in person.memberships
    )
