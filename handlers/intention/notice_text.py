"""Write the public text of an intention (财库〔2020〕10号, form of the announcement)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from handlers.notice.parties import party
from handlers.records.notices import NoticeText, Section

if TYPE_CHECKING:
    from decimal import Decimal

    from handlers.records.units import PublicBody

#: The announcement has to say that it binds nobody (reference T-6, intention).
_CLOSING: Final = (
    "本次公开的采购意向是本单位政府采购工作的初步安排，"
    "具体采购项目情况以相关采购公告和采购文件为准。"
)


@dataclass(frozen=True, kw_only=True)
class IntentionText:
    """What an intention says.

    Attributes:
        unit: who will buy.
        title: project name.
        overview: 采购需求概况.
        budget: yuan.
        expected_month: ``YYYY-MM``.
        sme_only: 专门面向中小企业采购: ``是`` or ``否``.
        remark: 备注, may be empty.
        reason: why this version replaces the one before, empty for the first.
        attachments: keys of stored files.
    """

    unit: PublicBody
    title: str
    overview: str
    budget: Decimal
    expected_month: str
    sme_only: str = "否"
    remark: str = ""
    reason: str = ""
    attachments: tuple[int, ...] = ()


def compose(item: IntentionText) -> NoticeText:
    """Return the announcement of one intention."""
    year, month = item.expected_month.split("-")
    fields = [
        ("采购单位", item.unit.name),
        ("采购项目名称", item.title),
        ("采购需求概况", item.overview),
        ("预算金额（元）", f"{item.budget:,.2f}"),
        ("预计采购时间", f"{year}年{int(month)}月"),
        ("是否专门面向中小企业", item.sme_only),
        ("备注", item.remark or "无"),
    ]
    changed = [Section(heading="更正说明", text=item.reason)] if item.reason else []
    return NoticeText(
        title=f"{item.unit.name}{item.title}采购意向公告",
        sections=(
            *changed,
            Section(heading="采购意向", fields=tuple(fields)),
            Section(heading="说明", text=_CLOSING),
        ),
        facts={
            "title": item.title,
            "overview": item.overview,
            "budget": str(item.budget),
            "expected_month": item.expected_month,
            "sme_only": item.sme_only,
            "remark": item.remark,
            "parties": [party(item.unit, "buyer")],
        },
        reason=item.reason,
        attachments=item.attachments,
    )
