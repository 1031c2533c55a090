"""Who does a user task and until when, evaluated once when the task begins."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.errors import ExpressionError
from engine.bpmn.expressions import value_of
from engine.bpmn.facts import UserTaskSpec
from engine.bpmn.timers import later, moment
from engine.calendar import read_due

if TYPE_CHECKING:
    from datetime import datetime

    from engine.bpmn.expressions import FeelText, Literal
    from engine.bpmn.model import Element
    from engine.bpmn.token import Token

#: ``Wait`` attribute → key in the token's internal data (only what had to be evaluated).
PERSON: Final = {
    "due_date": "due",
    "follow_up": "fu",
    "assignee": "as",
    "candidate_groups": "cg",
    "candidate_users": "cu",
    "priority": "pr",
}


class PersonTexts:
    """The texts of one user task that have to be evaluated."""

    def __init__(self, element: Element) -> None:
        """Compile them."""
        task = element.user_task or UserTaskSpec()
        self._element_id = element.id
        self._due = self._compiled(due_date=task.due_date)
        self._times = self._compiled(follow_up=task.follow_up_date)
        self._others = self._compiled(
            assignee=task.assignee if task.assignee.startswith("=") else "",
            candidate_groups=_expression(task.candidate_groups),
            candidate_users=_expression(task.candidate_users),
            priority=task.priority,
        )

    def _compiled(self, **texts: str) -> tuple[tuple[str, FeelText | Literal], ...]:
        return tuple(
            (PERSON[name], value_of(text, self._element_id)) for name, text in texts.items() if text
        )

    def arm(self, token: Token) -> None:
        """Write the values into the token.

        Raises:
            ExpressionError: an expression fails or gives no date, text or number.
        """
        if not (self._due or self._times or self._others):
            return
        seen, now = token.workflow.visible(token), token.workflow.now
        for key, text in self._due:
            value = text.value(seen)
            if value is not None:
                token.internal_data[key] = _due(value, self._element_id)
        for key, text in self._times:
            value = text.value(seen)
            if value is not None:
                token.internal_data[key] = _time(value, now, self._element_id).isoformat()
        for key, text in self._others:
            value = text.value(seen)
            if value is not None:
                token.internal_data[key] = _plain(key, value)


def _expression(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 and names[0].startswith("=") else ""


def _plain(key: str, value: Any) -> Any:
    if key == PERSON["priority"]:
        return int(value)
    if key == PERSON["assignee"]:
        return str(value)
    if isinstance(value, str):
        return [name.strip() for name in value.split(",") if name.strip()]
    return [str(name) for name in value]


def _due(value: Any, element_id: str) -> str:
    """Return when the task is due as text; the calendar is asked when its row is made."""
    try:
        if isinstance(value, timedelta):
            whole = not value % timedelta(days=1)
            clock = f"PT{int(value.total_seconds())}S"
            text = f"P{value.days}D" if whole else clock
        else:
            text = value.isoformat() if isinstance(value, date) else str(value).strip()
        read_due(text)
    except ValueError as error:
        raise _no_time(value, element_id) from error
    return text


def _time(value: Any, now: datetime, element_id: str) -> datetime:
    try:
        text = str(value).strip()
        return later(now, value) if text.startswith("P") else moment(value)
    except (ValueError, TypeError, OverflowError) as error:
        raise _no_time(value, element_id) from error


def _no_time(value: Any, element_id: str) -> ExpressionError:
    return ExpressionError(
        element_id,
        f"环节“{element_id}”的办理期限“{value}”不是日期或时长，"
        "时长请写 P5WD（工作日）、P3D（自然日）或 PT4H（小时）。",
        f"The due date {value!r} of {element_id} is neither a date nor a duration such as P5WD"
        " (working days), P3D (days) or PT4H (hours).",
    )
