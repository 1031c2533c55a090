"""The only place for what an evaluation carries along: variables, warnings and its budget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar

from engine.feel.errors import (
    FeelLimitError,
    FeelWarning,
    LimitReachedError,
    NullResultError,
    Position,
)
from engine.feel.limits import (
    CHARACTERS_PER_STEP,
    MAX_CALLS,
    MAX_STEPS,
    MAX_WARNINGS,
    WARNING_STEPS,
)


class Run:
    """One evaluation; evaluations started from inside join it."""

    __slots__ = ("calls", "steps", "warnings")

    def __init__(self, steps: int = MAX_STEPS) -> None:
        """Start with that many steps."""
        self.steps = steps
        self.calls = 0
        self.warnings: list[FeelWarning] = []

    def warn(self, where: Position, message_zh: str, message_en: str) -> None:
        """Note why something became null."""
        self.charge(WARNING_STEPS, where)
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings.append(FeelWarning(message_zh, message_en, where.line, where.column))

    def null(self, where: Position, reason: NullResultError) -> None:
        """Note why something became null."""
        self.warn(where, reason.message_zh, reason.message_en)

    def charge(self, steps: int, where: Position) -> None:
        """Take ``steps`` off the budget.

        Raises:
            FeelLimitError: nothing is left.
        """
        self.steps -= steps
        if self.steps < 0:
            raise FeelLimitError(
                "计算步数超过上限，请简化表达式或缩小数据。",
                "Too many steps; simplify the expression or use less data.",
                where,
            )

    def charge_value(self, value: object, where: Position) -> None:
        """Take off what the making of ``value`` cost, its parts not counted."""
        kind = type(value)
        if kind is str:
            self.charge(len(value) // CHARACTERS_PER_STEP, where)  # type: ignore[arg-type]
        elif kind is list or kind is dict:
            self.charge(len(value), where)  # type: ignore[arg-type]

    def enter_call(self, where: Position) -> None:
        """Count a function call inside those that are running.

        Raises:
            FeelLimitError: there are too many.
        """
        self.calls += 1
        if self.calls > MAX_CALLS:
            raise FeelLimitError(
                f"函数调用嵌套过深（超过 {MAX_CALLS} 层）。",
                f"Too many function calls inside each other (more than {MAX_CALLS}).",
                where,
            )


class Scope:
    """Variables by name: local ones here, outer ones in ``parent``, the caller's in ``top``."""

    __slots__ = ("local", "parent", "run", "top")

    def __init__(
        self,
        top: Mapping[str, object],
        run: Run,
        local: Mapping[str, object] | None = None,
        parent: Scope | None = None,
    ) -> None:
        """Make the outermost scope (without ``local``) or one inside ``parent``."""
        self.top = top
        self.run = run
        self.local = local
        self.parent = parent

    def inside(self, local: Mapping[str, object]) -> Scope:
        """Return a scope with further variables."""
        return Scope(self.top, self.run, local, self)


Code = Callable[[Scope], object]

#: The evaluation that is calling a function of the caller's, if any.
current_run: ContextVar[Run | None] = ContextVar("feel_run", default=None)


def limit_error(reason: LimitReachedError, where: Position) -> FeelLimitError:
    """Return the error for the caller, with its place."""
    return FeelLimitError(reason.message_zh, reason.message_en, where)
