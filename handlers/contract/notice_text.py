"""Write the public text of a contract notice (财办库〔2020〕50号, 政府采购法实施条例 art. 50)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.notice.lots import short_number
from handlers.notice.numbered import numbered
from handlers.notice.parties import buyer_and_suppliers
from handlers.records.notices import NoticeText, Section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handlers.contract.answers import ContractAnswers
    from handlers.records.contracts import Contract
    from handlers.records.lots import Lot
    from handlers.records.organisations import Supplier
    from handlers.records.projects import Project
    from handlers.records.units import PublicBody


@dataclass(frozen=True, kw_only=True)
class ContractText:
    """Everything that the text of a contract notice is made of.

    Attributes:
        item: the filed contract.
        lots: its lots.
        published_on: day of the publication.
        attachments: keys of stored files.
    """

    item: Contract
    project: Project
    unit: PublicBody
    supplier: Supplier
    answers: ContractAnswers
    lots: Sequence[Lot]
    published_on: date
    attachments: tuple[int, ...]


def compose_contract(text: ContractText) -> NoticeText:
    """Return the announcement."""
    parts = [
        Section(heading="合同编号", text=text.item.contract_no),
        Section(heading="合同名称", text=text.item.name),
        Section(heading="项目编号", text=str(text.project.number)),
        Section(heading="项目名称", text=text.project.name),
        _parties(text),
        _terms(text),
        Section(heading="合同签订日期", text=text.item.signed_on.isoformat()),
        Section(heading="合同公告日期", text=text.published_on.isoformat()),
    ]
    return NoticeText(
        title=f"{text.unit.name}{text.project.name}合同公告",
        sections=numbered(parts),
        facts=_facts(text),
        attachments=text.attachments,
    )


def _parties(text: ContractText) -> Section:
    return Section(
        heading="合同主体",
        fields=(
            ("采购人（甲方）", text.unit.name),
            ("联系人", text.answers.contact),
            ("联系方式", text.answers.contact_phone),
            ("供应商（乙方）", text.supplier.name),
            ("统一社会信用代码", text.supplier.uscc),
        ),
    )


def _terms(text: ContractText) -> Section:
    answers = text.answers
    return Section(
        heading="合同主要信息",
        text=answers.goods,
        fields=(
            ("合同金额（元）", f"{text.item.amount:,.2f}"),
            ("履约期限", f"{answers.term_from.isoformat()} 至 {answers.term_to.isoformat()}"),
            ("履约地点", answers.place),
            ("采购方式", text.project.method),
        ),
        columns=("标段编号", "标段名称"),
        rows=tuple((short_number(lot, text.project), lot.name) for lot in text.lots),
    )


def _facts(text: ContractText) -> dict[str, Any]:
    return {
        "project_number": text.project.number,
        "contract_number": text.item.number,
        "contract_no": text.item.contract_no,
        "name": text.item.name,
        "supplier": text.item.supplier,
        "amount": str(text.item.amount),
        "signed_on": text.item.signed_on.isoformat(),
        "term_from": text.item.term_from.isoformat(),
        "term_to": text.item.term_to.isoformat(),
        "lots": [lot.number for lot in text.lots],
        "parties": buyer_and_suppliers(text.unit, [text.supplier]),
    }
