"""代理 as people see it: the banner on both sides, and the page on which it is arranged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.naming import require_named
from engine.errors import NotAllowedError
from engine.model.participants import ADMIN_ROLE
from engine.queries.process_names import process_names
from engine.queries.views import SubstitutionState, SubstitutionView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.model.duties import Substitution
    from engine.model.participants import Participant


@dataclass(frozen=True, kw_only=True)
class SubstitutionsPage:
    """The page.

    Attributes:
        login: whose page it is.
        name: that person's name.
        own: it is the reader's.
        lines: the latest first.
        processes: ``[(process id, name)]`` to choose from.
        colleagues: ``[(login, name)]`` to propose.
    """

    login: str
    name: str
    own: bool
    lines: Sequence[SubstitutionView]
    processes: Sequence[tuple[str, str]]
    colleagues: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Substitutions:
    """The substitutions of the reader, or of anybody for an administrator.

    Attributes:
        person: login or full name, empty = the reader.

    Raises:
        NotAllowedError: somebody else's, and not an administrator.
        ValidationFailedError: no such person.
    """

    person: str = ""

    def answer(self, services: Services) -> SubstitutionsPage:
        """Read them."""
        reader = services.person
        person = reader
        if self.person and self.person != reader.login:
            if not reader.has_role(ADMIN_ROLE):
                raise NotAllowedError
            person = require_named(self.person, "person", services)
        known = process_names(services)
        near = services.store.people.near(person.unit.code, (), 50)
        return SubstitutionsPage(
            login=person.login,
            name=person.name,
            own=person.login == reader.login,
            lines=_views(services.store.substitutions.of(person.login), person, known, services),
            processes=sorted(known.items(), key=lambda pair: pair[1]),
            colleagues=[(one.login, one.name) for one in near if one.login != person.login],
        )


def banner(services: Services) -> list[SubstitutionView]:
    """Return what is in force for the reader, on either side; reads names only if there is any."""
    current = services.substitutions
    return _views(current, services.person, {}, services) if current else []


def _views(
    rows: Sequence[Substitution],
    person: Participant,
    processes: dict[str, str],
    services: Services,
) -> list[SubstitutionView]:
    services.read_participants([login for row in rows for login in (row.principal, row.substitute)])

    def name(login: str) -> str:
        found = services.participant(login)
        return found.name if found else login

    return [
        SubstitutionView(
            key=str(row.key),
            mine=row.principal == person.login,
            principal=name(row.principal),
            substitute=name(row.substitute),
            first_day=row.first_day,
            last_day=row.last_day,
            processes=[processes.get(one, one) for one in row.processes],
            regions=row.regions,
            reason=row.reason,
            state=_state(row, services),
        )
        for row in rows
    ]


def _state(row: Substitution, services: Services) -> SubstitutionState:
    if row.revoked_at is not None:
        return SubstitutionState.REVOKED
    if row.ends_at <= services.now:
        return SubstitutionState.OVER
    started = row.starts_at <= services.now
    return SubstitutionState.CURRENT if started else SubstitutionState.COMING
