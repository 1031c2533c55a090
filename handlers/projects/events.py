"""What has happened to a project and what is going on, across its procedures, by time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.dossier import DossierEvent, DossierNote
from engine.exhibit import Words
from handlers.projects.facts import day
from handlers.projects.periods import contract_notes, notice_notes
from handlers.projects.words import NOTICES, OTHER_NOTICE
from handlers.records.award_changes import FilingState
from handlers.records.treasury_receipts import TreasuryResult

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.projects.facts import ProjectFacts
    from handlers.records.payments import Payment

_RESULTS: Final = {
    TreasuryResult.PAID: Words("国库已支付", "Paid by the treasury"),
    TreasuryResult.REFUSED: Words("国库退回支付", "Refused by the treasury"),
    TreasuryResult.UNDELIVERED: Words("支付未送达国库", "Not delivered to the treasury"),
}


def events_of(facts: ProjectFacts) -> list[DossierEvent]:
    """Return everything of a project, oldest first; no names of experts.

    What is published at the moment of its filing comes behind the filing.
    """
    found = [
        *_plan(facts),
        *_lots(facts),
        *_changes(facts),
        *_contracts(facts),
        *_notices(facts),
        *_draws(facts),
        *_payments(facts),
        *_receipts(facts),
    ]
    return sorted(found, key=lambda one: one.at)


def _plan(facts: ProjectFacts) -> Iterator[DossierEvent]:
    item, filing = facts.item, facts.filing
    if filing is not None and filing.filed_at is not None:
        yield DossierEvent(
            at=filing.filed_at,
            name=Words("采购计划备案", "Plan filed"),
            what=item.name,
            number=item.number or "",
            amount=item.amount,
            matter=str(item.plan),
        )


def _lots(facts: ProjectFacts) -> Iterator[DossierEvent]:
    """Tell of each message of the trading centre; a project's own single lot is none."""
    pushed = [one for one in facts.lots if one.message_id]
    for moment in sorted({one.received_at for one in pushed}):
        lots = [one for one in pushed if one.received_at == moment]
        yield DossierEvent(
            at=moment,
            name=Words("标段接收", "Lots received"),
            what="、".join(one.name for one in lots),
            number=facts.item.platform_number or "",
            amount=sum((one.amount for one in lots), lots[0].amount * 0),
        )


def _notices(facts: ProjectFacts) -> Iterator[DossierEvent]:
    for one in facts.notices:
        versions = Words(f"第 {one.versions} 版", f"version {one.versions}")
        yield DossierEvent(
            at=one.first_published_at,
            name=NOTICES.get(one.kind, OTHER_NOTICE),
            what=one.title,
            matter=str(one.instance_key or ""),
            notice=str(one.key),
            notes=[
                *([DossierNote(words=versions)] if one.versions > 1 else []),
                *notice_notes(facts, one),
            ],
        )


def _draws(facts: ProjectFacts) -> Iterator[DossierEvent]:
    for application, draws in facts.draws:
        matter = str(application.instance_key)
        if not draws:
            yield DossierEvent(
                at=application.submitted_at,
                name=Words("专家抽取申请", "Application for experts"),
                what=application.place,
                going_on=True,
                matter=matter,
            )
        for made in draws:
            if made.drawn_at is not None:
                yield DossierEvent(
                    at=made.drawn_at,
                    name=Words("专家抽取", "Experts drawn"),
                    what=f"{application.place}，{made.reason or '首次抽取'}",
                    number=made.number or "",
                    matter=matter,
                )


def _changes(facts: ProjectFacts) -> Iterator[DossierEvent]:
    for one in facts.changes:
        returned = Words("已退回采购单位", "Returned to the purchaser")
        yield DossierEvent(
            at=one.filed_at or one.submitted_at,
            name=Words("中标结果变更备案", "Change of the award filed"),
            what=f"{facts.supplier(one.new_supplier)}，{one.basis}",
            number=one.number or "",
            amount=one.new_amount,
            going_on=one.filed_at is None,
            matter=str(one.instance_key),
            notes=[DossierNote(words=returned)] if one.state is FilingState.RETURNED else [],
        )


def _contracts(facts: ProjectFacts) -> Iterator[DossierEvent]:
    for one in facts.contracts:
        yield DossierEvent(
            at=one.filed_at or one.submitted_at,
            name=Words("合同备案", "Contract filed"),
            what=f"{one.name}，{facts.supplier(one.supplier)}",
            number=one.number or "",
            amount=one.amount,
            going_on=one.filed_at is None,
            matter=str(one.instance_key),
            notes=contract_notes(facts, one),
        )


def _payments(facts: ProjectFacts) -> Iterator[DossierEvent]:
    """Tell of applications; one that the treasury turned down and nobody took up is a receipt."""
    answered = {one.payment_number for one in facts.receipts}
    for one in facts.payments:
        yield DossierEvent(
            at=one.approved_at or one.submitted_at,
            name=_payment_name(one),
            what=f"{one.payee_name}，{one.purpose}",
            number=one.number or "",
            amount=one.amount,
            going_on=one.number not in answered,
            matter=str(one.instance_key),
            notes=_at_treasury(facts, one) if one.number not in answered else [],
        )


def _at_treasury(facts: ProjectFacts, one: Payment) -> list[DossierNote]:
    """Say how long an order has waited for its receipt."""
    if one.approved_at is None:
        return []
    days = (facts.today - day(one.approved_at)).days
    return [DossierNote(words=Words(f"送国库已 {days} 天", f"ordered {days} days ago"))]


def _payment_name(one: Payment) -> Words:
    if one.approved_at is None:
        return Words("支付申请", "Application for payment")
    return Words("支付已审核，送国库", "Payment approved, sent to the treasury")


def _receipts(facts: ProjectFacts) -> Iterator[DossierEvent]:
    for one in facts.receipts:
        voucher = f"凭证号 {one.voucher}" if one.voucher else ""
        lasted = [
            (day(one.received_at) - day(item.approved_at)).days
            for item in facts.payments
            if item.number == one.payment_number and item.approved_at is not None
        ]
        words = [Words(f"送国库后 {days} 天", f"{days} days after the order") for days in lasted]
        yield DossierEvent(
            at=one.received_at,
            name=_RESULTS[one.result],
            what=one.reason or voucher,
            number=one.payment_number,
            amount=one.amount,
            matter=str(one.payment),
            notes=[DossierNote(words=said) for said in words],
        )
