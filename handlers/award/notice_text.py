"""Write the public text of a result notice (87号令 art. 69, 财办库〔2020〕50号)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.notice.contacts import contacts
from handlers.notice.lots import short_number
from handlers.notice.numbered import numbered
from handlers.notice.parties import buyer_and_suppliers
from handlers.records.notices import NoticeText, Section

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from handlers.award.answers import LotResult, ResultAnswers
    from handlers.records.lots import Lot
    from handlers.records.organisations import Supplier
    from handlers.records.projects import Project
    from handlers.records.units import PublicBody


@dataclass(frozen=True, kw_only=True)
class ResultText:
    """Everything that the text of a result is made of.

    Attributes:
        decided: results with their lots.
        suppliers: winners by code.
        published_on: day of the publication.
        last_day: last day of 公告期限.
        attachments: keys of stored files.
    """

    project: Project
    unit: PublicBody
    answers: ResultAnswers
    decided: Sequence[tuple[LotResult, Lot]]
    suppliers: Mapping[str, Supplier]
    published_on: date
    last_day: date | None
    attachments: tuple[int, ...]


def compose_result(item: ResultText) -> NoticeText:
    """Return the announcement."""
    answers = item.answers
    parts = [
        Section(heading="项目编号", text=str(item.project.number)),
        Section(heading="项目名称", text=item.project.name),
        *_winners(item),
        *_failures(item),
        Section(heading="主要标的信息", text=answers.goods),
        Section(heading="评审专家名单", text=answers.experts),
        Section(heading="代理服务收费标准及金额", text=answers.agency_fee or "无"),
        *_period(item),
        *([Section(heading="其他补充事宜", text=answers.other)] if answers.other else []),
        _contacts(item),
    ]
    return NoticeText(
        title=answers.title,
        sections=numbered(parts),
        facts=_facts(item),
        period_from=item.published_on,
        period_to=item.last_day,
        attachments=item.attachments,
    )


def _winners(item: ResultText) -> list[Section]:
    rows = tuple(
        (
            short_number(lot, item.project),
            lot.name,
            item.suppliers[result.supplier].name,
            item.suppliers[result.supplier].uscc,
            f"{result.amount:,.2f}",
        )
        for result, lot in item.decided
        if result.is_won
    )
    columns = ("标段编号", "标段名称", "供应商名称", "统一社会信用代码", "中标（成交）金额（元）")
    return [Section(heading="中标（成交）信息", columns=columns, rows=rows)] if rows else []


def _failures(item: ResultText) -> list[Section]:
    rows = tuple(
        (short_number(lot, item.project), lot.name, result.reason)
        for result, lot in item.decided
        if not result.is_won
    )
    columns = ("标段编号", "标段名称", "原因")
    return [Section(heading="流标的标段", columns=columns, rows=rows)] if rows else []


def _period(item: ResultText) -> list[Section]:
    if item.last_day is None:
        return []
    words = f"自本公告发布之日起 1 个工作日，至 {item.last_day.isoformat()}。"
    return [Section(heading="公告期限", text=words)]


def _contacts(item: ResultText) -> Section:
    return contacts(item.unit.name, item.answers.contact, item.answers.contact_phone)


def _facts(item: ResultText) -> dict[str, Any]:
    return {
        "project_number": item.project.number,
        "awarded_on": item.answers.awarded_on.isoformat(),
        "results": [
            {
                "lot": lot.number,
                "supplier": result.supplier or None,
                "amount": None if result.amount is None else str(result.amount),
                "status": "active" if result.is_won else "unsuccessful",
                "reason": result.reason,
            }
            for result, lot in item.decided
        ],
        "parties": buyer_and_suppliers(
            item.unit,
            (item.suppliers[result.supplier] for result, _lot in item.decided if result.is_won),
        ),
    }
