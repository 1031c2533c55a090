"""Write the public text of a call for tenders in the order of 财办库〔2020〕50号."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.clock import OFFICE_ZONE
from handlers.notice.contacts import contacts
from handlers.notice.lots import short_number
from handlers.notice.numbered import numbered
from handlers.notice.parties import party
from handlers.records.notices import NoticeKind, NoticeText, Section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handlers.notice.answers import CallAnswers
    from handlers.records.lots import Lot
    from handlers.records.organisations import Agency, Supplier
    from handlers.records.periods import NoticePeriod
    from handlers.records.projects import Project
    from handlers.records.units import PublicBody


@dataclass(frozen=True, kw_only=True)
class CallText:
    """Everything that the text of a call is made of.

    Attributes:
        periods: how long it stands.
        last_day: last day of 公告期限.
        published_on: day of the publication.
        attachments: keys of stored files.
    """

    kind: NoticeKind
    project: Project
    unit: PublicBody
    answers: CallAnswers
    lots: Sequence[Lot]
    agency: Agency | None
    supplier: Supplier | None
    periods: NoticePeriod
    published_on: date
    last_day: date | None
    attachments: tuple[int, ...]

    @property
    def budget(self) -> Decimal:
        """Σ of the lots; the whole project without lots."""
        return sum((lot.amount for lot in self.lots), Decimal(0)) or self.project.amount


def compose_call(item: CallText) -> NoticeText:
    """Return the announcement."""
    is_single = item.kind is NoticeKind.SINGLE_SOURCE
    middle = _single_source(item) if is_single else _competition(item)
    optional = [_period(item), _other(item)]
    parts = [_basics(item), *middle, *filter(None, optional), _contacts(item)]
    return NoticeText(
        title=item.answers.title,
        sections=numbered(parts),
        facts=_facts(item),
        period_from=item.published_on,
        period_to=item.last_day,
        deadline=item.answers.deadline,
        attachments=item.attachments,
    )


def _basics(item: CallText) -> Section:
    answers = item.answers
    fields = [
        ("项目编号", str(item.project.number)),
        ("项目名称", item.project.name),
        ("采购方式", item.project.method),
        ("预算金额（元）", f"{item.budget:,.2f}"),
        ("最高限价（元）", "" if answers.ceiling is None else f"{answers.ceiling:,.2f}"),
        ("采购需求", answers.demand),
        ("合同履行期限", answers.term),
        ("是否接受联合体", answers.consortium if answers.deadline else ""),
    ]
    rows = tuple(
        (short_number(lot, item.project), lot.name, f"{lot.amount:,.2f}") for lot in item.lots
    )
    return Section(
        heading="项目基本情况",
        fields=tuple((label, value) for label, value in fields if value),
        columns=("标段编号", "标段名称", "预算金额（元）") if rows else (),
        rows=rows,
    )


def _competition(item: CallText) -> list[Section]:
    answers = item.answers
    word = "投标" if item.kind is NoticeKind.TENDER else "响应"
    deadline = answers.deadline.astimezone(OFFICE_ZONE) if answers.deadline else None
    return [
        Section(heading="申请人的资格要求", text=answers.qualification),
        Section(
            heading="获取采购文件",
            fields=(
                ("时间", f"{answers.documents_from} 至 {answers.documents_to}"),
                ("地点或方式", answers.documents_place),
            ),
        ),
        Section(
            heading=f"提交{word}文件截止时间、开启时间和地点",
            fields=(
                ("截止时间", f"{deadline:%Y年%m月%d日 %H:%M}（北京时间）" if deadline else ""),
                ("地点", answers.place),
            ),
        ),
    ]


def _single_source(item: CallText) -> list[Section]:
    supplier = item.supplier
    return [
        Section(heading="采用单一来源采购方式的原因", text=item.answers.single_reason),
        Section(
            heading="拟定供应商信息",
            fields=(
                ("名称", supplier.name if supplier else ""),
                ("统一社会信用代码", supplier.uscc if supplier else ""),
                ("地址", supplier.address or "–" if supplier else ""),
            ),
        ),
    ]


def _period(item: CallText) -> Section | None:
    if item.last_day is None:
        return None
    days = f"{item.periods.period} 个{item.periods.period_unit}"
    return Section(
        heading="公告期限", text=f"自本公告发布之日起 {days}，至 {item.last_day.isoformat()}。"
    )


def _other(item: CallText) -> Section | None:
    return Section(heading="其他补充事宜", text=item.answers.other) if item.answers.other else None


def _contacts(item: CallText) -> Section:
    return contacts(
        item.unit.name,
        item.answers.contact,
        item.answers.contact_phone,
        agency=item.agency.name if item.agency else "",
    )


def _facts(item: CallText) -> dict[str, Any]:
    answers = item.answers
    return {
        "project_number": item.project.number,
        "project_name": item.project.name,
        "demand": answers.demand or answers.single_reason,
        "method": item.project.method,
        "category_class": item.project.category_class,
        "budget": str(item.budget),
        "ceiling": None if answers.ceiling is None else str(answers.ceiling),
        "lots": [
            {"number": lot.number, "name": lot.name, "amount": str(lot.amount)} for lot in item.lots
        ],
        "documents_from": _iso(answers.documents_from),
        "documents_to": _iso(answers.documents_to),
        "deadline": answers.deadline.isoformat() if answers.deadline else None,
        "agency": item.agency.code if item.agency else None,
        "supplier": item.supplier.code if item.supplier else None,
        "parties": [
            party(item.unit, "buyer"),
            *([party(item.agency, "procuringEntity")] if item.agency else []),
        ],
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
