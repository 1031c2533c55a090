"""The kinds of notices and what each does for the lots that it names."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Family(StrEnum):
    """What a notice does for a lot; a lot has one live notice in each family."""

    PLANNING = "planning"
    CALL = "call"
    AWARD = "award"
    CHANGE = "change"
    CONTRACT = "contract"
    ACCEPTANCE = "acceptance"
    OTHER = "other"


class NoticeKind(StrEnum):
    """The kinds of 财办库〔2020〕50号 (reference T-6) and 郑州's change of an award."""

    INTENTION = "intention"
    PREQUALIFICATION = "prequalification"
    TENDER = "tender"
    COMPETITIVE = "competitive"
    AWARD = "award"
    CORRECTION = "correction"
    AWARD_CHANGE = "award_change"
    TERMINATION = "termination"
    CONTRACT = "contract"
    ACCEPTANCE = "acceptance"
    SINGLE_SOURCE = "single_source"
    COMPLAINT = "complaint"
    INSPECTION = "inspection"
    AGENCY_ASSESSMENT = "agency_assessment"

    @property
    def family(self) -> Family:
        """What it does for the lots that it names."""
        return _FAMILIES[self]


_FAMILIES: Final = {
    NoticeKind.INTENTION: Family.PLANNING,
    NoticeKind.PREQUALIFICATION: Family.CALL,
    NoticeKind.TENDER: Family.CALL,
    NoticeKind.COMPETITIVE: Family.CALL,
    NoticeKind.SINGLE_SOURCE: Family.CALL,
    NoticeKind.AWARD: Family.AWARD,
    NoticeKind.AWARD_CHANGE: Family.CHANGE,
    NoticeKind.CORRECTION: Family.CHANGE,
    NoticeKind.TERMINATION: Family.CHANGE,
    NoticeKind.CONTRACT: Family.CONTRACT,
    NoticeKind.ACCEPTANCE: Family.ACCEPTANCE,
    NoticeKind.COMPLAINT: Family.OTHER,
    NoticeKind.INSPECTION: Family.OTHER,
    NoticeKind.AGENCY_ASSESSMENT: Family.OTHER,
}
#: Families in which notices follow each other for one lot instead of shutting each other out.
SEVERAL_PER_LOT: Final = frozenset({Family.CHANGE, Family.ACCEPTANCE, Family.OTHER})
