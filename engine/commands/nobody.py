"""What happens with a new work item that nobody may do: the step's policy (property ``nobody``)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from engine.commands.assignment import Assignment, candidates_at
from engine.commands.attempts import open_incident
from engine.errors import NobodyFitsError
from engine.model.participants import ADMIN_ROLE, Candidate
from engine.model.places import Place, PlaceKind
from engine.model.states import AssignedBy, WorkItemState
from engine.store.incidents import Stopped

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.bpmn import Element, ProcessModel
    from engine.commands.assignment import Search
    from engine.commands.services import Services
    from engine.model.work import WorkItem

#: How far up a leader or a superior unit is looked for.
_LEVELS: Final = 5


class Policy(StrEnum):
    """Values of property ``nobody``."""

    #: an administrator has to act; the work item stays with its post
    INCIDENT = "incident"
    #: the same role in the nearest superior unit that has somebody
    SUPERIOR = "superior"
    #: the initiator's leader
    LEADER = "leader"
    #: whoever is an administrator may do it or give it to somebody
    ADMINISTRATOR = "administrator"
    #: the step is left out with the outcome of property ``nobody.outcome``
    SKIP = "skip"


def settle(search: Search, services: Services) -> Assignment:
    """Apply the step's policy; where it finds nobody either, an administrator has to act."""
    if services.store.staffing.is_empty():
        # A program that embeds the engine keeps its people to itself.
        return Assignment(candidates=search.candidates)
    policy = Policy(search.element.properties.get("nobody", Policy.INCIDENT))
    found = _POLICIES[policy](search, services)
    return found or Assignment(candidates=search.candidates, assigned_by=AssignedBy.INCIDENT)


def _incident(_search: Search, _services: Services) -> Assignment | None:
    return None


def _superior(search: Search, services: Services) -> Assignment | None:
    if not search.roles:
        return None
    asked = next((one.unit for one in search.candidates if one.unit), search.case.unit)
    for level in range(1, _LEVELS + 1):
        place = Place(kind=PlaceKind.ABOVE, unit=asked, levels=level, division=search.case.division)
        staff = services.store.staffing.staff(place, search.roles, search.barred)
        if staff.unit is None:
            return None
        if staff.somebody is not None:
            return Assignment(
                candidates=candidates_at(search.roles, staff.unit, search.case.division),
                assigned_by=AssignedBy.SUPERIOR,
            )
    return None


def _leader(search: Search, services: Services) -> Assignment | None:
    login = search.case.initiator
    for _level in range(_LEVELS):
        leader = services.store.staffing.leader_of(login)
        if leader is None:
            return None
        login = leader
        if search.fits(login):
            named = Candidate(role="", unit=None, division=search.case.division, login=login)
            return Assignment(
                state=WorkItemState.CLAIMED,
                assignee=login,
                candidates=(named,),
                assigned_by=AssignedBy.LEADER,
            )
    return None


def _administrator(search: Search, services: Services) -> Assignment | None:
    holders = services.store.identity.holders([ADMIN_ROLE])
    units = dict.fromkeys(
        membership.unit for login, *_, membership in holders if login not in search.barred
    )
    if not units:
        return None
    division = search.case.division
    return Assignment(
        candidates=tuple(
            Candidate(role=ADMIN_ROLE, unit=unit, division=division) for unit in units
        ),
        assigned_by=AssignedBy.ADMINISTRATOR,
    )


def _skip(search: Search, _services: Services) -> Assignment:
    return Assignment(
        state=WorkItemState.COMPLETED,
        candidates=search.candidates,
        assigned_by=AssignedBy.SKIPPED,
    )


_POLICIES: Final[dict[Policy, Callable[[Search, Services], Assignment | None]]] = {
    Policy.INCIDENT: _incident,
    Policy.SUPERIOR: _superior,
    Policy.LEADER: _leader,
    Policy.ADMINISTRATOR: _administrator,
    Policy.SKIP: _skip,
}


def skipped_outcome(element: Element, model: ProcessModel) -> tuple[str, str]:
    """Return key and label of the way on when a step is left out."""
    outcomes = model.outcomes(element.id)
    key = element.properties.get("nobody.outcome") or next(iter(outcomes)).key
    return key, next((outcome.label for outcome in outcomes if outcome.key == key), "")


def report(item: WorkItem, unit: str, services: Services) -> None:
    """Tell the administrators that nobody may do a work item.

    Args:
        item: the work item.
        unit: code of the unit that its matter belongs to.
        services: the command's.
    """
    name = services.store.identity.unit_names([unit]).get(unit, unit)
    place = (item.instance_key, item.root_key, item.element_id)
    open_incident(services, place, (Stopped.WORK, item.key), NobodyFitsError(item.name, name))
