"""Publish a correction together with the corrected version of the call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.handler import record_handler
from handlers.correction.answers import CORRECTION_FORM, read_correction
from handlers.correction.check import corrected_meanwhile, current_call
from handlers.correction.notice_text import CorrectionText, compose_corrected, compose_correction
from handlers.notice.calls import project_of_call
from handlers.notice.publication import publication, signature
from handlers.records.files import attached
from handlers.records.notices import NewNotice, NoticeKind, files_of, publish, publish_version
from handlers.records.projects import lock
from handlers.records.units import public_body_of

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("correction.publish")
def publish_correction(context: RecordContext, *, call_version: int) -> dict[str, Any]:
    """Publish both; writes ``publication`` and ``corrected`` for ``website.publish``.

    Raises:
        ValidationFailedError: the call cannot be corrected any more.
    """
    session, matter = context.session, context.matter
    call = current_call(context, call_version)
    lock(session, call.project)
    text = CorrectionText(
        call=call,
        project=project_of_call(context, call),
        unit_name=public_body_of(session, call.unit).name,
        answers=read_correction(matter),
        published_on=matter.today,
        attachments=attached(session, int(matter.instance_key), CORRECTION_FORM),
        call_attachments=tuple(one.attachment for one in files_of(session, call.key, call.version)),
    )
    new = NewNotice(
        kind=NoticeKind.CORRECTION,
        project=call.project,
        unit=call.unit,
        division=call.division,
        refers_to=call.key,
    )
    key = publish(session, new, compose_correction(text), signature(matter))
    version = publish_version(session, call.key, compose_corrected(text), signature(matter))
    if version != call.version + 1:
        # Another transaction was between the reading and the lock; this one is rolled back.
        raise corrected_meanwhile(version - 1)
    return {
        "publication": publication(session, key),
        "corrected": publication(session, call.key),
    }
