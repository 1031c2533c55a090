"""The facts that R03 judges: how long ago, held by whom, published by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.records.intentions import holdings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from engine.handler import Matter
    from handlers.records.intentions import Intention


@dataclass(frozen=True, kw_only=True)
class WindowFacts:
    """Inputs of R03 for one intention.

    Attributes:
        reference_date: the day from which the window is counted back.
        days_since_publication: calendar days until then.
        already_linked: another live plan holds it.
        same_purchaser: the matter's unit published it.
    """

    reference_date: date
    days_since_publication: int
    already_linked: bool
    same_purchaser: bool

    def inputs(self) -> dict[str, Any]:
        """Return the variables that R03 reads."""
        return {
            "days_since_publication": self.days_since_publication,
            "already_linked": self.already_linked,
            "same_purchaser": self.same_purchaser,
        }


def window_facts(
    session: Session, matter: Matter, intentions: Sequence[Intention]
) -> dict[str, WindowFacts]:
    """Return ``{intention code: facts}``.

    Days are calendar days in Asia/Shanghai from publication to this plan's first submission
    with the intention, or to today when there was none (catalogue Z-1, note of R03).
    """
    held = holdings(session, [item.code for item in intentions], int(matter.instance_key))
    found = {}
    for item in intentions:
        reference = held[item.code].first_day or matter.today
        found[item.code] = WindowFacts(
            reference_date=reference,
            days_since_publication=(reference - item.published_on).days,
            already_linked=held[item.code].held_by_other,
            same_purchaser=item.unit == matter.unit,
        )
    return found
