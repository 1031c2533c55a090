"""Who drafts a call: the purchaser itself, or the agency that it has entrusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import FieldError, ValidationFailedError, field_error
from engine.handler import Option, lookup
from handlers.notice.answers import CHOICE_FORM
from handlers.records.entrustments import entrustment_in_force
from handlers.records.organisations import agency_of_code
from handlers.records.projects import project_of_number

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.notice.answers import CallAnswers
    from handlers.records.projects import Project


@lookup("notice.drafting_agency")
def drafting_agency(context: RecordContext) -> list[Option]:
    """Return the agency that acts in the chosen project.

    None without an entrustment, and none before a project is chosen: the page of that step asks
    already who will have the next one.
    """
    number = str(context.matter.answers.get(CHOICE_FORM, {}).get("project") or "")
    item = project_of_number(context.session, number) if number else None
    acting = entrustment_in_force(context.session, item.key) if item else None
    return [] if acting is None else [Option(value=acting.agency, label=acting.agency)]


def chosen_drafter(context: RecordContext, item: Project) -> str | None:
    """Return the code of the agency that shall draft, ``None`` when the unit does it itself.

    Raises:
        ValidationFailedError: an agency shall draft, but none is entrusted with the project.
    """
    if context.matter.answers[CHOICE_FORM].get("by_agency") is not True:
        return None
    acting = entrustment_in_force(context.session, item.key)
    if acting is None:
        raise field_error(
            "by_agency",
            "ERR_STATE",
            "该项目没有生效的委托，请先办理“委托代理机构”，或由本单位起草。",
            "No agency is entrusted with the project; entrust one first, or draft it yourselves.",
        )
    return acting.agency


def acting_agency(context: RecordContext, item: Project, answers: CallAnswers) -> str:
    """Return the code of the agency that a call names, empty without one.

    An entrusted agency is named even if the draft leaves it out.

    Raises:
        ValidationFailedError: the draft names another agency than the entrusted one.
    """
    acting = entrustment_in_force(context.session, item.key)
    if acting is None:
        return answers.agency
    if answers.agency in ("", acting.agency):
        return acting.agency
    found = agency_of_code(context.session, acting.agency)
    name = found.name if found else acting.agency
    raise ValidationFailedError(
        [
            FieldError(
                field="agency",
                code="ERR_AGENCY",
                message_zh=f"该项目委托的代理机构是“{name}”，请改选这一家。",
                message_en=f"The agency that is entrusted with the project is {name}; choose it.",
            )
        ]
    )


def refuse_former_drafter(context: RecordContext, item: Project, drafter: str | None) -> None:
    """Refuse the draft of an agency that no longer acts in the project.

    Args:
        context: the draft's.
        item: its project.
        drafter: code of the agency that was asked to draft, ``None`` = the unit drafts itself.

    Raises:
        ValidationFailedError: another agency was entrusted meanwhile.
    """
    acting = entrustment_in_force(context.session, item.key)
    if drafter is not None and (acting is None or acting.agency != drafter):
        raise field_error(
            "title",
            "ERR_STATE",
            "采购单位已改为委托其他代理机构，请退回到“选择项目”。",
            "The purchaser has entrusted another agency meanwhile; return it to the first step.",
        )
