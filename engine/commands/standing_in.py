"""代理: what a substitute may do for a principal, and where the substitute looks for it.

A substitute may do what the principal may do now, in the scope that was given, if separation of
duties keeps neither of the two away. The principal keeps the right to act. What the principal has
for somebody else is not passed on: substitution is not chained.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.commands.authority import Verdict, judge
from engine.model.pools import sources_of, sources_standing_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.commands.duties import Bar
    from engine.commands.services import Services
    from engine.model.duties import Substitution
    from engine.model.participants import Participant
    from engine.model.pools import Source
    from engine.model.work import Instance, WorkItem


def principals(services: Services) -> Iterator[tuple[Substitution, Participant]]:
    """Yield for whom the actor stands in now; a disabled principal gets no work done."""
    for scope, person in services.principals:
        if person.active:
            yield scope, person


def principals_in(root: Instance, services: Services) -> Iterator[Participant]:
    """Yield for whom the actor stands in as far as a matter is concerned."""
    if root.submitted:
        for scope, person in principals(services):
            if scope.covers(root.process_id, root.division):
                yield person


def sources(services: Services) -> tuple[Source, ...]:
    """Return the pools that the actor reads: the own ones, then those of principals."""
    own = sources_of(services.person)
    others = (
        source
        for scope, principal in principals(services)
        for source in sources_standing_in(principal, scope)
    )
    return (*own, *others)


def judge_actor(
    item: WorkItem, root: Instance, services: Services, *, bars: Mapping[str, Bar]
) -> Verdict:
    """Say whether the actor may act on ``item``: in his own right, else for a principal.

    Args:
        item: a work item.
        root: the root instance of its matter.
        services: the command's or query's.
        bars: ``{login: why}`` of whom separation of duties keeps away from this item.
    """
    own = judge(services.person, item, bars=bars)
    if own.allowed or item.holder == services.actor.login:
        return own  # what one has oneself no principal has
    found = own
    for principal in principals_in(root, services):
        verdict = _judge_for(principal, item, services, bars)
        if verdict.allowed:
            return verdict
        if not found.visible:
            found = verdict
    return found


def _judge_for(
    principal: Participant, item: WorkItem, services: Services, bars: Mapping[str, Bar]
) -> Verdict:
    """Judge the principal, then whether the substitute may do it in his place."""
    verdict = judge(principal, item, bars=bars)
    name = principal.name
    if not verdict.visible:
        return verdict
    if not verdict.allowed:
        return replace(
            verdict,
            reason_zh=f"{name}现在不能办理此任务（他人已办理、认领或有职责分离、回避要求），"
            "您也不能代为办理。",
            reason_en=f"{name} may not do this task now (somebody else has it, or separation of"
            " duties), so you may not do it for that person either.",
        )
    if services.actor.login in (item.owner, None if item.is_task else item.sender):
        return replace(
            verdict,
            allowed=False,
            reason_zh=f"此任务是您请{name}办理的，不能由您代为办理。",
            reason_en=f"You asked {name} to do this, so you may not do it for that person.",
        )
    bar = bars.get(services.actor.login)
    if bar is not None:
        return replace(verdict, allowed=False, reason_zh=bar.reason_zh, reason_en=bar.reason_en)
    return replace(verdict, on_behalf_of=principal.login)
