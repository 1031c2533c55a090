"""The facts that R03 judges: how long ago, held by whom, published by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.records.intentions import held_by_others, reference_dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from engine.handler import Matter
    from handlers.records.intentions import Intention


def window_facts(
    session: Session, matter: Matter, intentions: Sequence[Intention]
) -> dict[str, dict[str, int | bool]]:
    """Return ``{intention code: inputs of R03}``.

    Days are calendar days in Asia/Shanghai from publication to this plan's first submission
    with the intention, or to today when there was none (catalogue Z-1, note of R03).
    """
    plan_key = int(matter.instance_key)
    held = held_by_others(session, [item.code for item in intentions], plan_key)
    references = reference_dates(session, plan_key)
    return {
        item.code: {
            "days_since_publication": (
                references.get(item.code, matter.today) - item.published_on
            ).days,
            "already_linked": item.code in held,
            "same_purchaser": item.unit == matter.unit,
        }
        for item in intentions
    }
