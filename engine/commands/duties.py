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

#: Nobody has the login that was sent.
UNKNOWN: Final = Bar(
    "所选人员不存在，请重新选择。", "That person does not exist; choose somebody else."
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


def obstacle(person: Participant, bars: Mapping[str, Bar], services: Services) -> Bar | None:
    """Return why a verb cannot give a part in the decision to ``person``, ``None`` if it can.

    Args:
        person: whom somebody else chooses.
        bars: whom separation of duties keeps away from the step.
        services: the command's or query's; its actor cannot choose himself.
    """
    if not person.active:
        return Bar(
            f"{person.name}的账号已停用，请选择其他人员。",
            f"{person.name}'s account is disabled; choose somebody else.",
        )
    if person.login == services.actor.login:
        return Bar("不能选择自己，请选择其他人员。", "Choose somebody else than yourself.")
    if person.login in bars:
        return Bar(
            f"{person.name}按职责分离或回避要求不能办理此环节，请选择其他人员。",
            f"{person.name} is kept away from this step by separation of duties; choose another.",
        )
    return None


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
    if person is None:
        raise refused(field, UNKNOWN)
    bar = obstacle(person, step.bars, services)
    if bar is not None:
        raise refused(field, bar)
    return person


def refused(field: str, bar: Bar) -> ValidationFailedError:
    """Return the refusal of a choice, shown at ``field``."""
    return ValidationFailedError(
        [
            FieldError(
                field=field,
                code="ERR_ASSIGNEE",
                message_zh=bar.reason_zh,
                message_en=bar.reason_en,
            )
        ]
    )
