"""Separation of duties and eligibility: the one gate that every way to a work item passes.

Who claims, completes, is handed, added to, stands in for or decides in a batch passes here; a verb
that gives work to somebody asks ``require_eligible`` and decides nothing of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.errors import FieldError, ValidationFailedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn import Element
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.model.participants import Participant
    from engine.model.work import Instance


@dataclass(frozen=True)
class Bar:
    """Why a person is kept away from a work item, in both languages; says what to do."""

    reason_zh: str
    reason_en: str


_STARTED: Final = Bar(
    "您是本事项的发起人，按职责分离要求不能审批，请由同岗位其他人员办理。",
    "You started this matter and may not approve it (separation of duties);"
    " a colleague in the same post must.",
)


def bars_of(element: Element, root: Instance, *, separated: bool) -> Mapping[str, Bar]:
    """Return ``{login: why}`` of everybody who must not decide at ``element``.

    Args:
        element: the user task.
        root: the root instance.
        separated: the package asks for it (``separation_of_duties`` in process.toml).
    """
    if separated and element.properties.get("assignee") != "initiator":
        return {root.initiator: _STARTED}
    return {}


def require_eligible(step: Step, login: str, services: Services, field: str) -> Participant:
    """Return the person whom a verb wants to give (a part of) the work item.

    Args:
        step: the work item in its matter.
        login: who is to get it.
        services: the command's.
        field: name of the field at which a refusal is shown.

    Raises:
        ValidationFailedError: unknown, disabled, the actor, or barred by separation of duties.
    """
    person = services.store.identity.participant(login.strip())
    if person is None or not person.active:
        raise _refused(
            field,
            "所选人员不存在或已停用，请重新选择。",
            "That person does not exist or is disabled; choose somebody else.",
        )
    if person.login == services.actor.login:
        raise _refused(
            field, "不能选择自己，请选择其他人员。", "Choose somebody else than yourself."
        )
    if person.login in step.bars:
        raise _refused(
            field,
            f"{person.name}按职责分离或回避要求不能办理此环节，请选择其他人员。",
            f"{person.name} is kept away from this step by separation of duties; choose another.",
        )
    return person


def _refused(field: str, message_zh: str, message_en: str) -> ValidationFailedError:
    return ValidationFailedError(
        [FieldError(field=field, code="ERR_ASSIGNEE", message_zh=message_zh, message_en=message_en)]
    )
