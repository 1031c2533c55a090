"""How readers call the kinds of notices, and the groups in which they look for them."""

from __future__ import annotations

from typing import Final

from engine.exhibit import Words
from engine.gazette import GazetteGroup
from handlers.records.notices import NoticeKind

#: Names of 财办库〔2020〕50号 (reference T-6).
KIND_WORDS: Final = {
    NoticeKind.INTENTION: Words("采购意向", "Procurement intention"),
    NoticeKind.PREQUALIFICATION: Words("资格预审公告", "Invitation to prequalify"),
    NoticeKind.TENDER: Words("招标公告", "Call for tenders"),
    NoticeKind.COMPETITIVE: Words("谈判、磋商、询价公告", "Call for offers"),
    NoticeKind.SINGLE_SOURCE: Words("单一来源公示", "Single source notice"),
    NoticeKind.AWARD: Words("中标（成交）结果公告", "Award notice"),
    NoticeKind.CORRECTION: Words("更正公告", "Correction"),
    NoticeKind.AWARD_CHANGE: Words("中标变更公告", "Changed award"),
    NoticeKind.TERMINATION: Words("终止公告", "Cancellation"),
    NoticeKind.CONTRACT: Words("合同公告", "Contract notice"),
    NoticeKind.ACCEPTANCE: Words("验收结果公告", "Acceptance notice"),
    NoticeKind.COMPLAINT: Words("投诉处理结果公告", "Decision on a complaint"),
    NoticeKind.INSPECTION: Words("监督检查处理结果公告", "Result of an inspection"),
    NoticeKind.AGENCY_ASSESSMENT: Words("集中采购机构考核结果公告", "Assessment of an agency"),
}
#: What has become of a notice, by the kind of the notice that refers to it.
MARKS: Final = {
    NoticeKind.CORRECTION: Words("已更正", "Corrected"),
    NoticeKind.TERMINATION: Words("已终止", "Cancelled"),
    NoticeKind.AWARD_CHANGE: Words("已变更", "Changed"),
}
#: How a notice is related to one that it refers to, and the other way round.
REFERS: Final = {
    NoticeKind.CORRECTION: (Words("更正的原公告", "Corrects"), Words("更正公告", "Corrected by")),
    NoticeKind.TERMINATION: (Words("终止的公告", "Cancels"), Words("终止公告", "Cancelled by")),
    NoticeKind.AWARD_CHANGE: (
        Words("变更的结果公告", "Changes"),
        Words("中标变更公告", "Changed by"),
    ),
}
GROUPS: Final = (
    GazetteGroup(
        key="intentions",
        title=Words("采购意向", "Intentions"),
        about=Words("将要采购什么、预算多少、预计何时", "What will be bought, for how much, when"),
    ),
    GazetteGroup(
        key="calls",
        title=Words("采购公告", "Calls"),
        about=Words("征集供应商的项目和截止时间", "Procurements that invite offers"),
    ),
    GazetteGroup(
        key="results",
        title=Words("结果公告", "Results"),
        about=Words("谁中标、成交金额", "Who won, and the price"),
    ),
    GazetteGroup(
        key="contracts",
        title=Words("合同公告", "Contracts"),
        about=Words("合同主体、金额、期限和验收", "Parties, amounts, terms, acceptance"),
    ),
    GazetteGroup(
        key="changes",
        title=Words("变更公告", "Changes"),
        about=Words("更正、终止和中标变更", "Corrections, cancellations, changed awards"),
    ),
)
MEMBERS: Final = {
    "intentions": (NoticeKind.INTENTION,),
    "calls": (
        NoticeKind.PREQUALIFICATION,
        NoticeKind.TENDER,
        NoticeKind.COMPETITIVE,
        NoticeKind.SINGLE_SOURCE,
    ),
    "results": (NoticeKind.AWARD,),
    "contracts": (NoticeKind.CONTRACT, NoticeKind.ACCEPTANCE),
    "changes": (NoticeKind.CORRECTION, NoticeKind.TERMINATION, NoticeKind.AWARD_CHANGE),
}
#: Group by kind; what is in no group is found by searching.
GROUP_OF: Final = {kind: group for group, kinds in MEMBERS.items() for kind in kinds}
