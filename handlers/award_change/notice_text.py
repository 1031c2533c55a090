"""Write the public text of a changed award."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.notice.contacts import contacts
from handlers.notice.lots import short_number
from handlers.notice.numbered import numbered
from handlers.notice.parties import buyer_and_suppliers
from handlers.records.notices import NoticeText, Section

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from handlers.award_change.answers import NoticeAnswers
    from handlers.records.award_changes import AwardChange
    from handlers.records.awards import Award
    from handlers.records.lots import Lot
    from handlers.records.organisations import Supplier
    from handlers.records.projects import Project
    from handlers.records.units import PublicBody


@dataclass(frozen=True, kw_only=True)
class ChangeText:
    """Everything that the text of a changed award is made of.

    Attributes:
        award: in force until now.
        change: the filing.
        names: suppliers by code.
        published_on: day of the publication.
    """

    project: Project
    unit: PublicBody
    lot: Lot
    award: Award
    change: AwardChange
    names: Mapping[str, Supplier]
    published_on: date


def compose_change(
    text: ChangeText, answers: NoticeAnswers, attachments: tuple[int, ...]
) -> NoticeText:
    """Return the announcement."""
    change, award = text.change, text.award
    parts = [
        Section(heading="项目编号", text=str(text.project.number)),
        Section(heading="项目名称", text=text.project.name),
        Section(
            heading="变更内容",
            columns=("标段", "变更前后", "供应商", "统一社会信用代码", "中标（成交）金额（元）"),
            rows=(
                _row(text, "变更前", award.supplier, f"{award.amount:,.2f}"),
                _row(text, "变更后", change.new_supplier, f"{change.new_amount:,.2f}"),
            ),
        ),
        Section(heading="变更依据", text=f"{change.basis}。{change.reason}"),
        Section(heading="备案编号", text=str(change.number)),
        *([Section(heading="其他补充事宜", text=answers.other)] if answers.other else []),
        contacts(text.unit.name, answers.contact, answers.contact_phone),
    ]
    return NoticeText(
        title=answers.title,
        sections=numbered(parts),
        facts=_facts(text),
        period_from=text.published_on,
        attachments=attachments,
    )


def _row(text: ChangeText, when: str, supplier: str, amount: str) -> tuple[str, ...]:
    found = text.names[supplier]
    number = short_number(text.lot, text.project)
    return (f"{number} {text.lot.name}", when, found.name, found.uscc, amount)


def _facts(text: ChangeText) -> dict[str, Any]:
    change, award = text.change, text.award
    return {
        "project_number": text.project.number,
        "lot": text.lot.number,
        "filing_number": change.number,
        "before": {"supplier": award.supplier, "amount": str(award.amount)},
        "reason": f"{change.basis}。{change.reason}",
        "changed_on": text.published_on.isoformat(),
        "parties": buyer_and_suppliers(text.unit, [text.names[change.new_supplier]]),
        "after": {"supplier": change.new_supplier, "amount": str(change.new_amount)},
    }
