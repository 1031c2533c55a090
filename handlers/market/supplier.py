"""我的中标和合同: what a supplier has won, signed and been paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.dossier import (
    Dossier,
    DossierColumn,
    DossierEvent,
    DossierLine,
    DossierLines,
    DossierPage,
    declare,
)
from engine.exhibit import Words
from engine.model.keys import parse_key
from handlers.records.market import paid_of_contracts, won_lot, won_lots
from handlers.records.payments import approved_payments
from handlers.records.treasury_receipts import TreasuryResult, receipts_of_contracts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from engine.dossier import Cell, DossierContext, DossierSearch
    from handlers.records.market import WonLot

_NOT_FILED: Final = Words("尚未备案", "not filed yet")
_COLUMNS: Final = (
    DossierColumn(title=Words("项目名称", "Project")),
    DossierColumn(title=Words("标段", "Lot")),
    DossierColumn(title=Words("采购单位", "Purchaser")),
    DossierColumn(title=Words("中标金额（元）", "Award (yuan)")),
    DossierColumn(title=Words("合同编号", "Contract no.")),
    DossierColumn(title=Words("合同金额（元）", "Contract (yuan)")),
    DossierColumn(title=Words("已支付（元）", "Paid (yuan)")),
    DossierColumn(title=Words("中标日期", "Awarded on")),
    DossierColumn(title=Words("项目编号", "Project no."), shown=False),
)


def _lines(context: DossierContext, search: DossierSearch, first: int, number: int) -> DossierLines:
    found, total = won_lots(context.session, context.units, search.words, first, number)
    contracts = [one.contract for one in found if one.contract is not None]
    paid = paid_of_contracts(context.session, contracts)
    lines = [DossierLine(key=str(one.key), cells=_cells(one, paid)) for one in found]
    return DossierLines(lines=lines, total=total)


def _cells(one: WonLot, paid: dict[int, Decimal]) -> tuple[Cell, ...]:
    return (
        one.project_name,
        one.lot_name,
        one.purchaser,
        one.amount,
        one.contract_number or "",
        one.contract_amount,
        paid.get(one.contract or 0),
        one.awarded_on,
        one.project_number,
    )


def _page(context: DossierContext, key: str) -> DossierPage | None:
    one = won_lot(context.session, context.units, parse_key(key) or 0)
    if one is None:
        return None
    paid = paid_of_contracts(context.session, [one.contract] if one.contract else [])
    facts: list[tuple[Words, Cell]] = [
        (Words("项目编号", "Project no."), one.project_number),
        (Words("采购单位", "Purchaser"), one.purchaser),
        (Words("标段", "Lot"), f"{one.lot_number} {one.lot_name}"),
        (Words("中标金额（元）", "Award (yuan)"), one.amount),
        (Words("合同名称", "Contract"), one.contract_name or _NOT_FILED),
        (Words("合同编号", "Contract no."), one.contract_number),
        (Words("合同金额（元）", "Contract (yuan)"), one.contract_amount),
        (Words("签订日期", "Signed on"), one.signed_on),
        (Words("已支付（元）", "Paid (yuan)"), paid.get(one.contract or 0)),
    ]
    return DossierPage(
        title=one.project_name,
        facts=[fact for fact in facts if fact[1] is not None],
        events=sorted(_events(context, one), key=lambda event: event.at),
    )


def _events(context: DossierContext, one: WonLot) -> Iterator[DossierEvent]:
    yield DossierEvent(
        at=one.published_at,
        name=Words("结果公告", "Award notice"),
        what=one.lot_name,
        number=one.lot_number,
        amount=one.amount,
        notice=str(one.notice),
    )
    if one.contract is None or one.filed_at is None:
        return
    yield DossierEvent(
        at=one.filed_at,
        name=Words("合同备案", "Contract filed"),
        what=one.contract_name or "",
        number=one.contract_number or "",
        amount=one.contract_amount,
    )
    for payment in approved_payments(context.session, [one.contract]):
        if payment.approved_at is not None:
            yield DossierEvent(
                at=payment.approved_at,
                name=Words("支付申请已审核", "Payment approved"),
                what=payment.purpose,
                number=payment.number or "",
                amount=payment.amount,
            )
    for receipt in receipts_of_contracts(context.session, [one.contract]):
        if receipt.result is TreasuryResult.PAID:
            yield DossierEvent(
                at=receipt.received_at,
                name=Words("国库已支付", "Paid by the treasury"),
                number=receipt.payment_number,
                amount=receipt.amount,
            )


AWARDS: Final = declare(
    Dossier(
        name="supplier_awards",
        title=Words("我的中标和合同", "My awards and contracts"),
        roles=frozenset({"supplier"}),
        recorded=False,
        columns=_COLUMNS,
        lines=_lines,
        page=_page,
    )
)
