"""The state of one evaluation: facts, memo, trace, warnings; and the names an expression sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.dmn.errors import RecursionLimitError
from engine.dmn.trace import DecisionTrace, DecisionWarning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.errors import WorkflowError
    from engine.feel import FeelWarning

#: How deeply functions of a model may call each other; far below the limit of the interpreter.
MAX_DEPTH: Final = 40

#: Warnings beyond this number are dropped: an iteration may repeat the same one for ever.
MAX_WARNINGS: Final = 200

#: Entries of the trace beyond this number are dropped: a table may be called in a loop.
MAX_TRACE: Final = 1_000

ElementKey = tuple[str, str]


class Run:
    """One call of ``evaluate``, or the inside of one decision service."""

    def __init__(self, facts: Mapping[str, object], *, require_match: bool = False) -> None:
        """Start with ``facts`` (FEEL values by name)."""
        self.facts = facts
        self.require_match = require_match
        self.memo: dict[ElementKey, object] = {}
        self.failures: dict[ElementKey, WorkflowError] = {}
        self.trace: list[DecisionTrace] = []
        self.warnings: list[DecisionWarning] = []
        self._taken: dict[int, FeelWarning] = {}
        self._depth = 0

    def inside(self, facts: Mapping[str, object], memo: dict[ElementKey, object]) -> Run:
        """Return a run that sees only ``facts`` and ``memo`` but reports to this one."""
        inner = Run(facts, require_match=self.require_match)
        inner.memo = memo
        inner.trace = self.trace
        inner.warnings = self.warnings
        inner._taken = self._taken
        inner._depth = self._depth
        return inner

    def warn(self, element_id: str, message_zh: str, message_en: str) -> None:
        """Remember that something became null."""
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings.append(
                DecisionWarning(element_id=element_id, message_zh=message_zh, message_en=message_en)
            )

    def take(self, element_id: str, warnings: tuple[FeelWarning, ...]) -> None:
        """Remember the warnings of one FEEL text.

        A function call inside the text has given its own ones before, with a better place.
        """
        for warning in warnings:
            if id(warning) not in self._taken and len(self._taken) < MAX_WARNINGS:
                self._taken[id(warning)] = warning
                self.warn(element_id, warning.message_zh, warning.message_en)

    def leave_trace(self, entry: DecisionTrace) -> None:
        """Remember that a decision or table was evaluated; a table in a loop not for ever."""
        if len(self.trace) < MAX_TRACE:
            self.trace.append(entry)

    def enter(self, name: str) -> None:
        """Go one call deeper.

        Raises:
            RecursionLimitError: more than ``MAX_DEPTH`` calls are open.
        """
        if self._depth >= MAX_DEPTH:
            raise RecursionLimitError(
                f"函数“{name}”的嵌套调用超过 {MAX_DEPTH} 层，请检查是否循环调用自身。",
                f"Function {name!r} is nested more than {MAX_DEPTH} calls deep; does it call "
                "itself without end?",
            )
        self._depth += 1

    def leave(self) -> None:
        """Come back from a call."""
        self._depth -= 1


class Values(dict[str, object]):
    """Values by name, and the failures of required decisions that nobody has used so far.

    Asking for a failed one raises its error; a failure that is never asked for does no harm, so
    that a table without a match only stops the decisions that need it.
    """

    __slots__ = ("failures",)

    def __init__(self, values: Mapping[str, object]) -> None:
        """Copy ``values``."""
        super().__init__(values)
        self.failures: dict[str, WorkflowError] = {}

    def __missing__(self, name: str) -> object:
        """Raise the failure of ``name``, or ``KeyError``."""
        if name in self.failures:
            raise self.failures[name]
        raise KeyError(name)


class Scope:
    """The names an expression sees, and the run it belongs to."""

    __slots__ = ("run", "values")

    def __init__(self, values: Values, run: Run) -> None:
        """Keep both; ``values`` is not copied."""
        self.values = values
        self.run = run

    def with_values(self, values: Mapping[str, object]) -> Scope:
        """Return an inner scope with more names."""
        inner = Values(self.values)
        inner.update(values)
        inner.failures = self.values.failures
        return Scope(inner, self.run)
