"""What has happened to a project, across its procedures, by time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.clock import OFFICE_ZONE
from handlers.expert_draw.panel import drawn_of
from handlers.records.award_changes import latest_change
from handlers.records.contracts import contracts_of_project
from handlers.records.experts import applications_of_project
from handlers.records.notices import NoticeKind, notices_of_project
from handlers.records.payments import approved_payments
from handlers.records.plans import filing_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from handlers.records.projects import Project

_KINDS: Final = {
    NoticeKind.INTENTION: "采购意向公开",
    NoticeKind.PREQUALIFICATION: "资格预审公告",
    NoticeKind.TENDER: "采购公告",
    NoticeKind.COMPETITIVE: "采购公告",
    NoticeKind.SINGLE_SOURCE: "单一来源公示",
    NoticeKind.AWARD: "结果公告",
    NoticeKind.AWARD_CHANGE: "中标变更公告",
    NoticeKind.CORRECTION: "更正公告",
    NoticeKind.TERMINATION: "终止公告",
    NoticeKind.CONTRACT: "合同公告",
    NoticeKind.ACCEPTANCE: "验收公告",
}


@dataclass(frozen=True, kw_only=True)
class ProjectStage:
    """One event; ``amount`` in yuan, ``None`` where there is none."""

    at: datetime
    name: str
    number: str
    what: str
    amount: Decimal | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """What a table shows."""
        moment = f"{self.at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
        amount = "" if self.amount is None else f"{self.amount:,.2f}"
        return (moment, self.name, self.number, self.what, amount)


def stages_of(session: Session, item: Project, names: Mapping[str, str]) -> list[ProjectStage]:
    """Return everything that has happened to a project, oldest first; no names of experts."""
    found = [
        *_plan(session, item),
        *_notices(session, item),
        *_draws(session, item),
        *_change(session, item, names),
        *_contracts(session, item, names),
    ]
    return sorted(found, key=lambda one: one.at)


def _plan(session: Session, item: Project) -> Iterator[ProjectStage]:
    filing = filing_of(session, item.plan) if item.plan is not None else None
    if filing is not None and filing.filed_at is not None:
        yield ProjectStage(
            at=filing.filed_at,
            name="采购计划备案",
            number=item.number or "",
            what=item.name,
            amount=item.amount,
        )


def _notices(session: Session, item: Project) -> Iterator[ProjectStage]:
    for notice in notices_of_project(session, item.key):
        name = _KINDS.get(notice.kind, "公告")
        yield ProjectStage(at=notice.published_at, name=name, number="", what=notice.title)


def _draws(session: Session, item: Project) -> Iterator[ProjectStage]:
    for application in applications_of_project(session, item.key):
        for made in drawn_of(session, application.instance_key):
            if made.drawn_at is not None:
                yield ProjectStage(
                    at=made.drawn_at,
                    name="专家抽取",
                    number=made.number or "",
                    what=f"{application.place}，{made.reason or '首次抽取'}",
                )


def _change(session: Session, item: Project, names: Mapping[str, str]) -> Iterator[ProjectStage]:
    change = latest_change(session, item.key)
    if change is not None:
        yield ProjectStage(
            at=change.filed_at or change.submitted_at,
            name=f"中标结果变更备案（{change.state}）",
            number=change.number or "",
            what=f"{names.get(change.new_supplier, change.new_supplier)}，{change.basis}",
            amount=change.new_amount,
        )


def _contracts(session: Session, item: Project, names: Mapping[str, str]) -> Iterator[ProjectStage]:
    filed = contracts_of_project(session, item.key)
    for contract in filed:
        if contract.filed_at is not None:
            yield ProjectStage(
                at=contract.filed_at,
                name="合同备案",
                number=contract.number or "",
                what=f"{contract.name}，{names.get(contract.supplier, contract.supplier)}",
                amount=contract.amount,
            )
    for payment in approved_payments(session, [one.instance_key for one in filed]):
        if payment.approved_at is not None:
            yield ProjectStage(
                at=payment.approved_at,
                name="支付",
                number=payment.number or "",
                what=f"{payment.payee_name}，{payment.purpose}",
                amount=payment.amount,
            )
