"""Where an open work item is listed, and where a person looks: one naming seen from both sides.

A pool is a name such as ``@wang`` (a person), ``~wang`` (that person's drafts), ``reviewer@JY01``
(a role in a unit) or ``biz_first*4101`` (a role whose holders serve every unit of a division). An
open work item is listed in few pools and a person reads few pools, so a list is a handful of index
ranges however many people and work items there are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.model.duties import Substitution
    from engine.model.participants import Candidate, Membership, Participant
    from engine.model.work import WorkItem

#: Digits of a division code at which scopes begin: the country, a province, a city, a county
#: (GB/T 2260).
_LEVELS: Final = (0, 2, 4, 6)


@dataclass(frozen=True, kw_only=True)
class Source:
    """A pool that a person reads.

    Attributes:
        pool: its name.
        division: only matters whose division code begins with it; empty = all.
        principal: login of the person for whom this one stands in, empty for the own work.
        processes: only matters of these root processes; empty = all.
    """

    pool: str
    division: str = ""
    principal: str = ""
    processes: tuple[str, ...] = ()


def own_pool(login: str) -> str:
    """Return the pool of what one person has, or is named for."""
    return f"@{login}"


def draft_pool(login: str) -> str:
    """Return the pool of what one person has begun and not submitted."""
    return f"~{login}"


def pools_of(item: WorkItem, *, draft: bool = False) -> tuple[str, ...]:
    """Return the pools in which an open work item is listed.

    Args:
        item: the work item; whoever has it is the only one who sees it.
        draft: it is the step at which its assignee has not yet submitted the matter.
    """
    if item.holder is not None:
        return (draft_pool(item.holder) if draft else own_pool(item.holder),)
    return pools_of_candidates(item.candidates)


def pools_of_candidates(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the pools in which work that is offered to these is listed."""
    found = (pool for candidate in candidates for pool in _of_candidate(candidate))
    return tuple(dict.fromkeys(found))


def sources_of(person: Participant) -> tuple[Source, ...]:
    """Return the pools of a person's own open work: exactly what ``Candidate.admits`` admits."""
    found = [Source(pool=own_pool(person.login))]
    for membership in person.memberships:
        found += _of_membership(membership)
    return tuple(dict.fromkeys(found))


def sources_standing_in(principal: Participant, scope: Substitution) -> tuple[Source, ...]:
    """Return the pools that a substitute reads for ``principal``; drafts stay the principal's own.

    What the principal does for others stands in their pools: substitution is not chained.
    """
    found = (
        replace(
            source,
            division=division,
            principal=principal.login,
            processes=tuple(scope.processes),
        )
        for source in sources_of(principal)
        for region in scope.regions or ("",)
        if (division := _narrower(source.division, region)) is not None
    )
    return tuple(dict.fromkeys(found))


def _narrower(one: str, other: str) -> str | None:
    """Return the longer of two division prefixes, ``None`` when nothing begins with both."""
    short, long = sorted((one, other), key=len)
    return long if long.startswith(short) else None


def _of_candidate(candidate: Candidate) -> Iterator[str]:
    if candidate.login:
        yield own_pool(candidate.login)
    elif candidate.unit is not None:
        yield f"{candidate.role}@{candidate.unit}"
    else:
        for digits in _LEVELS:
            yield f"{candidate.role}*{candidate.division[:digits]}"


def _of_membership(membership: Membership) -> Iterator[Source]:
    scope = membership.scope_prefix
    yield Source(pool=f"{membership.role}@{membership.unit}", division=scope or "")
    if scope is not None:
        level = scope[: len(scope) // 2 * 2]
        yield Source(pool=f"{membership.role}*{level}", division="" if level == scope else scope)
