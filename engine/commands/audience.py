"""Who is told about a work item: whoever has it, and whom an escalation names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.calendar import EscalationTarget
from engine.model.participants import ADMIN_ROLE, Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.calendar import Escalation
    from engine.commands.services import Services
    from engine.model.work import Instance, WorkItem


def holders_of(item: WorkItem, services: Services) -> list[str]:
    """Return the logins of whoever has a work item, else of everybody who may take it."""
    if item.assignee is not None:
        return [item.assignee]
    return admitted(item.candidates, services)


def admitted(candidates: Sequence[Candidate], services: Services) -> list[str]:
    """Return the logins of the active people whom ``candidates`` name or admit."""
    roles = sorted({candidate.role for candidate in candidates if not candidate.login})
    held = services.store.identity.holders(roles) if roles else []
    found = [
        login
        for login, _name, _unit, membership in held
        if any(candidate.admits(membership) for candidate in candidates)
    ]
    named = [candidate.login for candidate in candidates if candidate.login]
    return list(dict.fromkeys([*named, *found]))


def administrators(services: Services) -> list[str]:
    """Return the logins of the active administrators."""
    held = services.store.identity.holders([ADMIN_ROLE])
    return list(dict.fromkeys(login for login, _name, _unit, _membership in held))


def targets_of(
    rung: Escalation, item: WorkItem, root: Instance, services: Services
) -> tuple[Candidate, ...]:
    """Return whom an escalation reaches, as candidates of the work item; empty when nobody.

    A leader is that of the person who has the work item, of an unclaimed one that of its
    initiator. A role is looked for in the matter's unit, its superiors, and among those whose
    scope covers its division.
    """
    if rung.target is EscalationTarget.ROLE:
        units = [*_line(root.unit, services), None]
        asked = [Candidate(role=rung.argument, unit=unit, division=root.division) for unit in units]
        return tuple(one for one in asked if admitted([one], services))
    logins = {
        EscalationTarget.HOLDER: lambda: holders_of(item, services),
        EscalationTarget.INITIATOR: lambda: [root.initiator],
        EscalationTarget.LEADER: lambda: _leader(rung, item, root, services),
    }[rung.target]()
    active = services.store.staffing.active(logins)
    return tuple(
        Candidate(role="", unit=None, division=root.division, login=login)
        for login in logins
        if login in active
    )


def _leader(rung: Escalation, item: WorkItem, root: Instance, services: Services) -> list[str]:
    login: str | None = item.assignee or root.initiator
    for _level in range(int(rung.argument)):
        login = services.store.staffing.leader_of(login) if login else None
    return [login] if login else []


def _line(code: str, services: Services) -> Iterator[str]:
    """Yield a unit and its superiors, nearest first."""
    seen: set[str] = set()
    unit = services.store.identity.unit(code)
    while unit is not None and unit.code not in seen:
        seen.add(unit.code)
        yield unit.code
        unit = services.store.identity.unit(unit.parent) if unit.parent else None
