"""挂起, 恢复, 催办 and 抄送: what is done with the matter as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.commands import (
    CirculateInstance,
    ResumeInstance,
    SuspendInstance,
)
from tests.engine.verbs.days.office import ADMIN, DISABLED
from tests.engine.verbs.days.play import Play

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.verbs.days.day import Day
    from tests.engine.verbs.days.rules import Paper


def suspend(day: Day, login: str) -> Play:
    """挂起."""
    reason = "" if login == ADMIN else "no administrator"
    if not day.book.submitted or day.book.suspended:
        reason = reason or "a draft, or suspended"

    def effect() -> None:
        day.book.suspended = True

    command = SuspendInstance(instance_key=str(day.key), reason="等待补充材料")
    return _of_matter(login, command, reason, effect)


def resume(day: Day, login: str) -> Play:
    """恢复."""
    reason = "" if login == ADMIN else "neither an administrator nor who suspended it"
    if not day.book.suspended:
        reason = reason or "not suspended"

    def effect() -> None:
        day.book.suspended = False

    command = ResumeInstance(instance_key=str(day.key), reason="材料已补齐")
    return _of_matter(login, command, reason, effect)


def circulate(day: Day, _paper: Paper, login: str) -> Play:
    """抄送."""
    to = day.anybody()
    reason = "" if day.book.has_part(login, day.papers.values()) else "has no part in it"
    if login in DISABLED or to in DISABLED or to == login or to in day.book.recused:
        reason = reason or "not that person"
    if not day.book.submitted:
        reason = reason or "a draft"
    command = CirculateInstance(instance_key=str(day.key), people=[to], words="请阅")
    return _of_matter(login, command, reason, lambda: None, may_refuse=True)


def _of_matter(
    login: str, command: Any, reason: str, effect: Callable[[], None], **facts: Any
) -> Play:
    return Play(login, type(command).__name__, command, reason, effect, str(command), **facts)
