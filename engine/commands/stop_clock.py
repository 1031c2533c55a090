"""Let the clock of a task stand still and run again, each with the document that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.calendar import Span, read_due
from engine.clock import office_text
from engine.commands.clock import grounds_of
from engine.commands.clock_changes import SUSPENDED, resume_one, stop_one
from engine.commands.step import read_step
from engine.commands.submission import MAX_OPINION
from engine.errors import FieldError, ValidationFailedError, WrongStateError

if TYPE_CHECKING:
    from datetime import datetime

    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.errors import WorkflowError
    from engine.model.deadlines import DeadlineRow

#: Characters of a document number.
MAX_DOCUMENT: Final = 120


@dataclass(frozen=True, kw_only=True)
class StopClock:
    """停止计时: from today the days do not count, until the clock runs again.

    Attributes:
        work_item_key: the task.
        ground: one of the step's ``clock.stops``, e.g. 补正 or 听证 (行政许可法 art. 45).
        document: number of the document that says so, 1 to 120 characters.
        reason: further words, at most 500 characters.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished.
        WrongStateError: the step's clock cannot be stopped, or stands still already.
        ValidationFailedError: ground, document or reason.
    """

    work_item_key: str
    ground: str
    document: str
    reason: str = ""

    def execute(self, services: Services) -> None:
        """Stop."""
        step = read_step(services, self.work_item_key)
        step.require_actor()
        refusal = stop_refusal(step, services)
        if refusal is not None:
            raise refusal
        errors = _errors(self.document, self.reason)
        if self.ground not in grounds_of(step.element.properties):
            errors.insert(
                0, _error("ground", "请选择停止计时的事由。", "Choose why the clock stops.")
            )
        if errors:
            raise ValidationFailedError(errors)
        document, reason = self.document.strip(), self.reason.strip()
        stop_one(step.item, self.ground, document, reason, services)
        services.note(
            "clock_stopped",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={"ground": self.ground, "document": document, "reason": reason},
        )


@dataclass(frozen=True, kw_only=True)
class ResumeClock:
    """恢复计时: from today the days count again; what was left of the period is left.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished.
        WrongStateError: its clock runs, or its matter is suspended.
        ValidationFailedError: document or reason.
    """

    work_item_key: str
    document: str
    reason: str = ""

    def execute(self, services: Services) -> datetime | None:
        """Resume; returns when the task is due now, UTC."""
        step = read_step(services, self.work_item_key)
        step.require_actor()
        refusal = resume_refusal(step, services)
        clock = services.store.deadlines.get(step.item.key)
        if refusal is not None or clock is None:
            raise refusal or _runs()
        errors = _errors(self.document, self.reason)
        if errors:
            raise ValidationFailedError(errors)
        document, reason = self.document.strip(), self.reason.strip()
        due_at = resume_one(step.item, clock, document, reason, services)
        services.note(
            "clock_resumed",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={
                "document": document,
                "reason": reason,
                "due": office_text(due_at),
            },
        )
        return due_at


def stop_refusal(step: Step, services: Services) -> WorkflowError | None:
    """Return why the clock of a task cannot be stopped, ``None`` if it can."""
    if not grounds_of(step.element.properties):
        return WrongStateError(
            "此环节不允许停止计时。", "The clock of this step cannot be stopped."
        )
    if step.item.clock_stopped_at is not None:
        return WrongStateError("计时已经停止，无需重复操作。", "The clock stands still already.")
    clock = services.store.deadlines.get(step.item.key)
    if clock is None or not _counts(clock) or step.item.due_at is None:
        return WrongStateError(
            "此任务没有按期间计算的办理期限，无需停止计时。",
            "This task has no period that could be stopped.",
        )
    if step.item.due_at < services.now:
        return WrongStateError(
            "办理期限已经届满，不能再停止计时。", "The period is over; its clock cannot be stopped."
        )
    return None


def resume_refusal(step: Step, services: Services) -> WorkflowError | None:
    """Return why the clock of a task cannot run again, ``None`` if it can."""
    if step.item.clock_stopped_at is None:
        return _runs()
    stops = services.store.deadlines.stops([step.item.key])[step.item.key]
    if any(stop.until is None and stop.ground == SUSPENDED for stop in stops):
        return WrongStateError(
            "事项已挂起，计时随事项恢复。", "The matter is suspended; its clocks resume with it."
        )
    return None


def _runs() -> WrongStateError:
    return WrongStateError("计时没有停止，无需恢复。", "The clock is running; nothing to resume.")


def _counts(clock: DeadlineRow) -> bool:
    return isinstance(read_due(clock.due), Span)


def _errors(document: str, reason: str) -> list[FieldError]:
    errors = []
    if not 0 < len(document.strip()) <= MAX_DOCUMENT:
        errors.append(
            _error(
                "document",
                f"请填写文书文号，不超过 {MAX_DOCUMENT} 字。",
                f"Write the number of the document, at most {MAX_DOCUMENT} characters.",
            )
        )
    if len(reason.strip()) > MAX_OPINION:
        errors.append(
            _error(
                "reason",
                f"说明不能超过 {MAX_OPINION} 字，请精简。",
                f"The words may not exceed {MAX_OPINION} characters; shorten them.",
            )
        )
    return errors


def _error(field: str, message_zh: str, message_en: str) -> FieldError:
    return FieldError(field=field, code="ERR_CLOCK", message_zh=message_zh, message_en=message_en)
