"""Write a correction and the next version of the call that it corrects (财办库〔2020〕50号)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from engine.clock import OFFICE_ZONE
from handlers.notice.calls import shown_moment
from handlers.notice.contacts import contacts
from handlers.notice.numbered import numbered
from handlers.records.notices import NoticeText, Section

if TYPE_CHECKING:
    from datetime import date

    from handlers.correction.answers import CorrectionAnswers
    from handlers.records.notices import PublishedNotice
    from handlers.records.projects import Project

_COLUMNS: Final = ("更正事项", "更正前", "更正后")
#: Label under which a call names its deadline.
_DEADLINE: Final = "截止时间"


@dataclass(frozen=True, kw_only=True)
class CorrectionText:
    """Everything that the texts are made of.

    Attributes:
        call: the version in force until now.
        unit_name: the purchaser.
        published_on: day of the publication.
        attachments: keys of the correction's own files.
        call_attachments: keys of the call's files.
    """

    call: PublishedNotice
    project: Project
    unit_name: str
    answers: CorrectionAnswers
    published_on: date
    attachments: tuple[int, ...]
    call_attachments: tuple[int, ...]

    @property
    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """What is corrected; a new deadline is a row of its own."""
        if self.answers.deadline in (None, self.call.deadline):
            return self.answers.changes
        moved = (
            "提交文件截止时间",
            shown_moment(self.call.deadline),
            shown_moment(self.answers.deadline),
        )
        return (*self.answers.changes, moved)


def compose_correction(text: CorrectionText) -> NoticeText:
    """Return the announcement of the correction."""
    answers, call = text.answers, text.call
    basics = (
        ("原公告的项目编号", str(text.project.number)),
        ("原公告的项目名称", text.project.name),
        ("首次公告日期", call.first_published_at.astimezone(OFFICE_ZONE).date().isoformat()),
    )
    parts = [
        Section(heading="项目基本情况", fields=basics),
        Section(heading="更正信息", text=answers.reason, columns=_COLUMNS, rows=text.rows),
        Section(heading="更正日期", text=text.published_on.isoformat()),
        Section(heading="其他补充事宜", text="其他内容不变。"),
        contacts(text.unit_name, answers.contact, answers.contact_phone),
    ]
    return NoticeText(
        title=answers.title,
        sections=numbered(parts),
        facts={
            "project_number": text.project.number,
            "corrects": f"{call.key}/{call.version}",
            "changes": [list(row) for row in text.rows],
            "reason": answers.reason,
            "parties": call.facts.get("parties", []),
        },
        period_from=text.published_on,
        attachments=text.attachments,
    )


def compose_corrected(text: CorrectionText) -> NoticeText:
    """Return the call's next version: what was corrected first, the new deadline in its place."""
    call, answers = text.call, text.answers
    deadline = answers.deadline or call.deadline
    correction = Section(heading="更正情况", text=answers.reason, columns=_COLUMNS, rows=text.rows)
    kept = [part for part in call.sections if part.heading != correction.heading]
    moved = None if answers.deadline is None else answers.deadline.astimezone(OFFICE_ZONE)
    words = f"{moved:%Y年%m月%d日 %H:%M}（北京时间）" if moved else ""
    return NoticeText(
        title=call.title,
        sections=(correction, *(_with_deadline(part, words) for part in kept)),
        facts={**call.facts, "deadline": deadline.isoformat() if deadline else None},
        period_from=call.period_from,
        period_to=call.period_to,
        deadline=deadline,
        reason=answers.reason,
        attachments=(*text.call_attachments, *text.attachments),
    )


def _with_deadline(part: Section, words: str) -> Section:
    if not words:
        return part
    fields = tuple((label, words if label == _DEADLINE else old) for label, old in part.fields)
    return replace(part, fields=fields)
