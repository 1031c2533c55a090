"""The termination as the purchaser filled it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from handlers.notice.answers import text_of

if TYPE_CHECKING:
    from engine.handler import Matter

CHOICE_FORM: Final = "notice_termination.choose_notice"
TERMINATION_FORM: Final = "notice_termination.edit_termination"
#: Grounds of 政府采购法 art. 36 (废标), as the notice names them.
GROUNDS: Final = {
    "too_few": "符合专业条件的供应商或者对招标文件作实质响应的供应商不足三家",
    "unlawful": "出现影响采购公正的违法、违规行为",
    "over_budget": "投标人的报价均超过采购预算，采购人不能支付",
    "cancelled": "因重大变故，采购任务取消",
}


@dataclass(frozen=True, kw_only=True)
class TerminationAnswers:
    """A complete termination.

    Attributes:
        ground: one of 政府采购法 art. 36 in words.
        reason: what happened.
        again: the lots will be announced again.
    """

    title: str
    ground: str
    reason: str
    again: bool
    contact: str
    contact_phone: str


def read_termination(matter: Matter) -> TerminationAnswers:
    """Return what was filled in.

    Raises:
        KeyError: the form was never submitted in this matter (the model is wrong).
    """
    raw = matter.answers[TERMINATION_FORM]
    ground = text_of(raw, "ground")
    return TerminationAnswers(
        title=text_of(raw, "title"),
        ground=GROUNDS[ground],
        reason=text_of(raw, "reason"),
        again=ground != "cancelled" and raw.get("again") == "yes",
        contact=text_of(raw, "contact"),
        contact_phone=text_of(raw, "contact_phone"),
    )
