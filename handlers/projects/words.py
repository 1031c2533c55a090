"""How stages, lots and notices of a project are called."""

from __future__ import annotations

from typing import Final

from engine.exhibit import Words
from handlers.records.lots import LotState
from handlers.records.notices import NoticeKind
from handlers.records.projects import Stage

STAGES: Final = {
    Stage.INTENTION: Words("意向已公开", "Intention published"),
    Stage.PLANNED: Words("计划已备案", "Plan filed"),
    Stage.ANNOUNCED: Words("已发布采购公告", "Announced"),
    Stage.AWARDED: Words("已发布结果公告", "Awarded"),
    Stage.CONTRACTED: Words("合同已备案", "Contract filed"),
    Stage.ACCEPTED: Words("已验收", "Accepted"),
    Stage.SETTLED: Words("已支付", "Paid"),
    Stage.TERMINATED: Words("已终止", "Terminated"),
}
LOTS: Final = {
    LotState.RECEIVED: Words("未公告", "Not announced"),
    LotState.ANNOUNCED: Words("已公告", "Announced"),
    LotState.AWARDED: Words("已有结果", "Awarded"),
    LotState.CONTRACTED: Words("已签合同", "Contract signed"),
    LotState.FAILED: Words("流标", "Failed"),
    LotState.TERMINATED: Words("已终止", "Terminated"),
}
NOTICES: Final = {
    NoticeKind.INTENTION: Words("采购意向公开", "Intention published"),
    NoticeKind.PREQUALIFICATION: Words("资格预审公告", "Invitation to prequalify"),
    NoticeKind.TENDER: Words("采购公告", "Call for tenders"),
    NoticeKind.COMPETITIVE: Words("采购公告", "Call for offers"),
    NoticeKind.SINGLE_SOURCE: Words("单一来源公示", "Single source notice"),
    NoticeKind.AWARD: Words("结果公告", "Award notice"),
    NoticeKind.AWARD_CHANGE: Words("中标变更公告", "Changed award"),
    NoticeKind.CORRECTION: Words("更正公告", "Correction"),
    NoticeKind.TERMINATION: Words("终止公告", "Cancellation"),
    NoticeKind.CONTRACT: Words("合同公告", "Contract notice"),
    NoticeKind.ACCEPTANCE: Words("验收公告", "Acceptance notice"),
}
OTHER_NOTICE: Final = Words("公告", "Notice")
