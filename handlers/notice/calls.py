"""Calls in force that may be corrected or terminated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.clock import OFFICE_ZONE
from engine.errors import field_error
from engine.handler import Option, lookup
from handlers.records.notices import open_calls
from handlers.records.projects import project_of_key

if TYPE_CHECKING:
    from datetime import datetime

    from engine.errors import ValidationFailedError
    from engine.handler import RecordContext
    from handlers.records.notices import PublishedNotice
    from handlers.records.projects import Project


@lookup("notice.calls_in_force")
def calls_in_force(context: RecordContext) -> list[Option]:
    """Return the unit's calls that have a lot without a result, newest first."""
    found = open_calls(context.session, context.matter.unit)
    return [
        Option(value=str(item.key), label=item.title, hint=_hint(item)) for item in reversed(found)
    ]


def chosen_call(context: RecordContext, form_id: str) -> PublishedNotice:
    """Return the call chosen in the field ``notice`` of a form, in its latest version.

    Raises:
        ValidationFailedError: it is another unit's, terminated, or all its lots have results.
    """
    key = str(context.matter.answers.get(form_id, {}).get("notice") or "")
    for item in open_calls(context.session, context.matter.unit):
        if str(item.key) == key:
            return item
    raise not_this_call(
        "该公告已有结果、已终止，或不是本单位的，请另选一份；不再办理的，可以撤回后删除本事项。",
        "The call has its result, was cancelled, or is not your unit's: choose another one, or"
        " withdraw this matter and delete it.",
    )


def project_of_call(context: RecordContext, call: PublishedNotice) -> Project:
    """Return the project that a call is about.

    Raises:
        LookupError: there is none (the database is damaged).
    """
    found = project_of_key(context.session, call.project)
    if found is None:
        message = f"project {call.project} does not exist"
        raise LookupError(message)
    return found


def not_this_call(message_zh: str, message_en: str) -> ValidationFailedError:
    """Return the refusal of a call (``ERR_STATE``)."""
    return field_error("notice", "ERR_STATE", message_zh, message_en)


def shown_moment(moment: datetime | None) -> str:
    """Write a moment as notices do, ``""`` for none."""
    return "" if moment is None else f"{moment.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"


def _hint(item: PublishedNotice) -> str:
    parts = [str(item.facts.get("project_number", "")), f"{shown_moment(item.published_at)} 发布"]
    if item.deadline is not None:
        parts.append(f"截止 {shown_moment(item.deadline)}")
    return " · ".join(part for part in parts if part)
