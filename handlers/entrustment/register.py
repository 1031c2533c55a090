"""Ask an agency to act for a purchaser, and let its consent be in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import FieldError, ValidationFailedError, field_error
from engine.handler import record_handler
from handlers.entrustment.answers import FORM, read_entrustment
from handlers.entrustment.choices import OPEN_STAGES
from handlers.notice.chosen import chosen_project
from handlers.notice.gate import not_now
from handlers.records import entrustments
from handlers.records.entrustments import Entrustment, entrustment_in_force, pending_entrustment
from handlers.records.organisations import agency_of_code
from handlers.records.projects import lock, set_agency

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.handler import RecordContext
    from handlers.records.organisations import Agency
    from handlers.records.projects import Project


@record_handler("entrustment.read_facts")
def read_facts(context: RecordContext) -> dict[str, Any]:
    """Write the inputs of ``agency_eligibility``.

    Raises:
        ValidationFailedError: no project of the unit, or one that is over; no active agency.
    """
    item = _open_project(context)
    agency = _asked_agency(context)
    return {
        "organisation_form": item.organisation_form,
        "category_class": item.category_class,
        "central": agency.central,
        "works_qualified": agency.works_qualified,
    }


@record_handler("entrustment.register")
def register(context: RecordContext, *, eligibility: Mapping[str, Any]) -> dict[str, Any]:
    """Store the request; writes ``project_name``, ``project_number``, ``agency_name``.

    ``eligibility`` is the answer of the decision.

    Raises:
        ValidationFailedError: the agency may not act in the project or acts already, another one
            was asked about it, or the reason for replacing another one is missing; every fault at
            its field.
    """
    session, matter = context.session, context.matter
    item, agency, answers = _open_project(context), _asked_agency(context), read_entrustment(matter)
    lock(session, item.key)
    entrustments.release_ended(session, item.key, matter.now)
    errors = [*_busy(context, item), *_faults(context, item, eligibility)]
    if errors:
        raise ValidationFailedError(errors)
    entrustments.put_entrustment(
        session,
        Entrustment(
            instance_key=int(matter.instance_key),
            project=item.key,
            agency=agency.code,
            unit=item.unit,
            agreement_no=answers.agreement_no,
            signed_on=answers.signed_on,
            scope=answers.scope,
            submitted_at=matter.now,
        ),
    )
    return {
        "project_name": item.name,
        "project_number": item.number,
        "agency_name": agency.name,
    }


@record_handler("entrustment.accept")
def accept(context: RecordContext) -> None:
    """Let the agency act in the project from now on, in place of any before it.

    Raises:
        ValidationFailedError: the project is over.
    """
    session, matter = context.session, context.matter
    item = chosen_project(context, FORM)
    lock(session, item.key)
    asked = pending_entrustment(session, item.key)
    if item.stage not in OPEN_STAGES or asked is None:
        raise not_now(
            "该项目已发布结果公告或已终止，请选择“不接受”退回采购单位。",
            "The project has a result or was ended; decline, so that it goes back.",
        )
    entrustments.accept_entrustment(session, asked, matter.now)
    set_agency(session, item.key, asked.agency)


def _open_project(context: RecordContext) -> Project:
    item = chosen_project(context, FORM)
    if item.stage not in OPEN_STAGES:
        raise not_now(
            "该项目已发布结果公告或已终止，不能再委托代理机构。",
            "The project has a result or was ended; no agency can be entrusted with it any more.",
        )
    return item


def _asked_agency(context: RecordContext) -> Agency:
    found = agency_of_code(context.session, read_entrustment(context.matter).agency)
    if found is None or not found.active:
        raise field_error(
            "agency", "ERR_ENUM", "请选择列表中的代理机构。", "Choose a listed agency."
        )
    return found


def _busy(context: RecordContext, item: Project) -> Iterator[FieldError]:
    asked = pending_entrustment(context.session, item.key)
    if asked is not None and asked.instance_key != int(context.matter.instance_key):
        yield _fault(
            "project",
            "ERR_DUPLICATE",
            "该项目的另一份委托正在等待代理机构确认，请先办完。",
            "Another agency was asked about the project and has not answered yet.",
        )


def _faults(
    context: RecordContext, item: Project, eligibility: Mapping[str, Any]
) -> Iterator[FieldError]:
    answers = read_entrustment(context.matter)
    if answers.signed_on > context.matter.today:
        words = ("签订日期不能晚于今天。", "The agreement cannot be signed in the future.")
        yield _fault("signed_on", "ERR_DATE", *words)
    if not eligibility["eligible"]:
        words = (
            f"{eligibility['message']}。",
            "The agency may not act in a project of this kind.",
        )
        yield _fault("agency", "ERR_AGENCY", *words)
    acting = entrustment_in_force(context.session, item.key)
    if acting is None:
        return
    if acting.agency == answers.agency:
        yield _fault(
            "agency",
            "ERR_DUPLICATE",
            "该项目已经委托这家代理机构。",
            "This agency acts in the project already.",
        )
    elif not answers.replace_reason:
        yield _fault(
            "replace_reason",
            "ERR_REQUIRED",
            "该项目已委托其他代理机构，更换的请填写原因。",
            "Another agency acts in the project; say why it is replaced.",
        )


def _fault(field: str, code: str, message_zh: str, message_en: str) -> FieldError:
    return FieldError(field=field, code=code, message_zh=message_zh, message_en=message_en)
