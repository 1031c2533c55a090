"""Publish a reviewed intention, or a further version of a published one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.handler import record_handler
from handlers.intention.answers import INTENTION_FORM, corrected_code, read_intention
from handlers.intention.notice_text import IntentionText, compose
from handlers.intention.published import correctable_intention, latest_notice
from handlers.notice.publication import publication, signature
from handlers.records.files import attached
from handlers.records.intentions import Intention, put_intention
from handlers.records.notices import NewNotice, NoticeKind, NoticeText
from handlers.records.notices import publish as publish_notice
from handlers.records.notices import publish_version as publish_correction
from handlers.records.numbers import next_number
from handlers.records.projects import AnnouncedProject, open_by_intention, rename_by_intention
from handlers.records.units import public_body_of

if TYPE_CHECKING:
    from datetime import date

    from engine.handler import Matter, RecordContext
    from handlers.intention.answers import IntentionAnswers


@record_handler("intention.publish")
def publish(context: RecordContext) -> dict[str, Any]:
    """Write the intention and its version; writes ``intention_code`` and ``publication``.

    The days of R03 are counted from the first publication, and from the correction when it
    changes name or budget (catalogue 62).

    Raises:
        ValidationFailedError: a plan took the intention meanwhile.
        ConfigurationError: no rule for the numbers of the division.
    """
    answers = read_intention(context.matter)
    corrected = corrected_code(context.matter)
    code, key = _correct(context, corrected, answers) if corrected else _begin(context, answers)
    return {"intention_code": code, "publication": publication(context.session, key)}


def _begin(context: RecordContext, answers: IntentionAnswers) -> tuple[str, int]:
    matter, session = context.matter, context.session
    code = next_number(session, "intention", matter.division, matter.today.year)
    put_intention(session, _intention(code, matter, answers, matter.today))
    project = open_by_intention(
        session,
        AnnouncedProject(
            intention=code,
            unit=matter.unit,
            division=matter.division,
            name=answers.title,
            amount=answers.budget,
        ),
        matter.now,
    )
    new = NewNotice(
        kind=NoticeKind.INTENTION, project=project, unit=matter.unit, division=matter.division
    )
    return code, publish_notice(session, new, _text(context, answers), signature(matter))


def _correct(context: RecordContext, code: str, answers: IntentionAnswers) -> tuple[str, int]:
    matter, session = context.matter, context.session
    before = correctable_intention(context, code)
    is_another = (before.title, before.budget) != (answers.title, answers.budget)
    counted_from = matter.today if is_another else before.published_on
    put_intention(session, _intention(code, matter, answers, counted_from))
    if is_another:
        rename_by_intention(session, code, answers.title, answers.budget)
    notice = latest_notice(context, code)
    publish_correction(session, notice.key, _text(context, answers), signature(matter))
    return code, notice.key


def _intention(code: str, matter: Matter, answers: IntentionAnswers, since: date) -> Intention:
    return Intention(
        code=code,
        unit=matter.unit,
        title=answers.title,
        published_on=since,
        budget=answers.budget,
        expected_month=answers.expected_month,
    )


def _text(context: RecordContext, answers: IntentionAnswers) -> NoticeText:
    return compose(
        IntentionText(
            unit=public_body_of(context.session, context.matter.unit),
            title=answers.title,
            overview=answers.overview,
            budget=answers.budget,
            expected_month=answers.expected_month,
            sme_only=answers.sme_only,
            remark=answers.remark,
            reason=answers.reason,
            attachments=attached(context.session, int(context.matter.instance_key), INTENTION_FORM),
        )
    )
