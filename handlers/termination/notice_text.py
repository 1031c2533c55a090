"""Write the public text of a termination (财办库〔2020〕50号)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.clock import OFFICE_ZONE
from handlers.notice.contacts import contacts
from handlers.notice.numbered import numbered
from handlers.records.notices import NoticeText, Section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handlers.records.lots import Lot
    from handlers.records.notices import PublishedNotice
    from handlers.records.projects import Project
    from handlers.termination.answers import TerminationAnswers


@dataclass(frozen=True, kw_only=True)
class TerminationText:
    """Everything that the text is made of.

    Attributes:
        call: that is ended.
        unit_name: the purchaser.
        lots: that have no result.
        published_on: day of the publication.
        attachments: keys of stored files.
    """

    call: PublishedNotice
    project: Project
    unit_name: str
    answers: TerminationAnswers
    lots: Sequence[Lot]
    published_on: date
    attachments: tuple[int, ...]


def compose_termination(text: TerminationText) -> NoticeText:
    """Return the announcement."""
    answers = text.answers
    later = "将重新开展采购活动。" if answers.again else "不再开展采购活动。"
    parts = [
        _basics(text),
        Section(heading="项目终止的原因", text=f"{answers.ground}。\n{answers.reason}"),
        Section(heading="其他补充事宜", text=later),
        contacts(text.unit_name, answers.contact, answers.contact_phone),
    ]
    return NoticeText(
        title=answers.title,
        sections=numbered(parts),
        facts=_facts(text),
        period_from=text.published_on,
        attachments=text.attachments,
    )


def _basics(text: TerminationText) -> Section:
    first = text.call.first_published_at.astimezone(OFFICE_ZONE).date().isoformat()
    return Section(
        heading="项目基本情况",
        fields=(
            ("采购项目编号", str(text.project.number)),
            ("采购项目名称", text.project.name),
            ("原公告", f"{text.call.title}（{first}）"),
        ),
        columns=("标段编号", "标段名称"),
        rows=tuple((lot.number, lot.name) for lot in text.lots),
    )


def _facts(text: TerminationText) -> dict[str, Any]:
    return {
        "project_number": text.project.number,
        "terminates": f"{text.call.key}/{text.call.version}",
        "ground": text.answers.ground,
        "reason": text.answers.reason,
        "again": text.answers.again,
        "lots": [lot.number for lot in text.lots],
        "parties": text.call.facts.get("parties", []),
    }
