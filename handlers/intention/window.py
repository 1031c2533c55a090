"""The facts that R03 judges: how long ago, held by whom, published by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from engine.handler import Matter
    from handlers.records.intentions import Holding, Intention


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


def window_facts(item: Intention, holding: Holding, matter: Matter) -> WindowFacts:
    """Return what R03 judges.

    Days are calendar days in Asia/Shanghai from publication to this plan's first submission
    with the intention, or to today when there was none (catalogue Z-1, note of R03).
    """
    reference = holding.first_day or matter.today
    return WindowFacts(
        reference_date=reference,
        days_since_publication=(reference - item.published_on).days,
        already_linked=holding.held_by_other,
        same_purchaser=item.unit == matter.unit,
    )
