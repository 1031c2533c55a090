"""Why a JUEL expression cannot become FEEL; always for a person, never a crash."""

from __future__ import annotations

from engine.errors import WorkflowError


class JuelError(WorkflowError):
    """The expression cannot be read, or FEEL has nothing that means the same."""

    code = "ERR_JUEL"

    @classmethod
    def at(cls, text: str, offset: int, reason_zh: str, reason_en: str) -> JuelError:
        """Return an error that names the column (1-based) in front of the reason."""
        seen = text[offset : offset + 12]
        return cls(
            f"第 {offset + 1} 列“{seen}”附近：{reason_zh}。",
            f"Near column {offset + 1} {seen!r}: {reason_en}.",
        )

    @classmethod
    def no_counterpart(cls, what: str) -> JuelError:
        """Return an error for something that only the other product can do."""
        return cls(
            f"“{what}”在 FEEL 中没有对应的写法，请改用变量、决策表或服务任务。",
            f"{what!r} has no counterpart in FEEL; use a variable, a decision or a service task.",
        )
