"""Lines of 待阅, 已阅 and 抄送 as readers see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.queries.language import translator
from engine.queries.views import Box, CopyReader, WorklistRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.store.lists import Found, Lists


def circulated_rows(
    box: Box, lines: Sequence[Found], lists: Lists, services: Services
) -> list[WorklistRow]:
    """Fill in the lines of a page, in their order."""
    keys = [line.key for line in lines]
    if box is not Box.SENT:
        copies = lists.circulated.copies(keys)
        return [_row(copies[key], (), services) for key in keys if key in copies]
    sent, readers = lists.circulated.sent(keys), lists.circulated.readers(keys)
    return [_row(sent[key], readers.get(key, ()), services) for key in keys if key in sent]


def _ruled(services: Services) -> str:
    """Say why somebody got what no person has sent."""
    if services.language == "en":
        return "Sent as the procedure says."
    return "按流程规定抄送。"


def _row(row: Any, readers: Sequence[Any], services: Services) -> WorklistRow:
    words = translator(services, row.binding)
    return WorklistRow(
        key=str(row.key),
        instance_key=str(row.root_key),
        title=row.title or words.process_name,
        number=row.number,
        process_id=row.process_id,
        process_name=words.process_name,
        element_id="",
        element_name=words(row.step),
        unit=row.unit_name,
        initiator=row.initiator_name or "",
        sender=row.sender_name or "",
        state=row.state,
        is_draft=not row.submitted,
        returned=False,
        assignee="",
        summary=[(words(label), value) for label, value in row.summary],
        arrived_at=row.sent_at,
        due_at=None,
        ended_at=row.read_at,
        overdue=False,
        outcome=row.comment,
        unread=row.read_at is None and not readers,
        words=_ruled(services) if row.ruled else row.words,
        readers=[
            CopyReader(name=one.name, read_at=one.read_at, comment=one.comment) for one in readers
        ],
    )
