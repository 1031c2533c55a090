"""Who may be drawn: the pool as the decision table ``expert_eligibility`` judges it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from handlers.draws.protocol import FrozenList
from handlers.records.experts import pool, supervising_units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.handler import RecordContext
    from handlers.draws.sampling import Need
    from handlers.expert_draw.answers import ApplicationAnswers
    from handlers.records.experts import Expert

#: Decision id.
ELIGIBILITY: Final = "expert_eligibility"


@dataclass(frozen=True, kw_only=True)
class Eligible:
    """The pool, judged.

    Attributes:
        groups: ``{field: codes}``.
        excluded: ``{code: why}``.
    """

    groups: Mapping[str, Sequence[str]]
    excluded: Mapping[str, str] = field(default_factory=dict)

    def frozen(self, number: str, needs: Sequence[Need], frozen_at: str) -> FrozenList:
        """Return what is drawn from, with the fields that are needed only."""
        fields = [need.group for need in needs]
        return FrozenList(
            draw=number,
            groups={name: tuple(self.groups.get(name, ())) for name in fields},
            needs=tuple(needs),
            excluded=self.excluded,
            frozen_at=frozen_at,
        )


def judge_pool(
    context: RecordContext,
    application: ApplicationAnswers,
    fields: Sequence[str],
    out: Mapping[str, str] | None = None,
) -> Eligible:
    """Ask the table about every expert of the needed fields.

    Args:
        context: of the command.
        application: whose units and persons are avoided.
        fields: that are needed.
        out: ``{code: why}`` of experts who are out whatever the table says.
    """
    matter, session = context.matter, context.session
    supervising = supervising_units(session)
    groups: dict[str, list[str]] = {}
    excluded = dict(out or {})
    for one in pool(session, matter.division):
        if one.field not in fields or one.code in excluded:
            continue
        facts = _facts(one, application, matter.unit, supervising)
        answer = context.decide(ELIGIBILITY, facts)
        if answer["eligible"] is True:
            groups.setdefault(one.field, []).append(one.code)
        else:
            excluded[one.code] = str(answer["reason"])
    return Eligible(groups=groups, excluded=excluded)


def _facts(
    one: Expert, application: ApplicationAnswers, unit: str, supervising: frozenset[str]
) -> dict[str, Any]:
    return {
        "expert_active": one.active,
        "employer_supervises": one.employer in supervising,
        "employer_is_purchaser": one.employer == unit,
        "employer_avoided": one.employer in application.avoid_units,
        "person_avoided": one.name in application.avoid_persons,
    }
