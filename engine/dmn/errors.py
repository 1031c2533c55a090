"""The errors of decision models; each says in both languages what to change in the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import RuleNoMatchError, WorkflowError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.dmn.boxed import Place


class DmnError(WorkflowError):
    """A decision model cannot be read, or a decision cannot be evaluated."""

    code = "ERR_DMN"


class UnknownDecisionError(DmnError):
    """The model has no decision or decision service of that id or name."""

    code = "ERR_DMN_UNKNOWN_DECISION"

    def __init__(self, kind_zh: str, kind_en: str, key: str, known: list[str]) -> None:
        """Name what was asked for and what there is."""
        super().__init__(
            f"模型中没有{kind_zh}“{key}”，可用的有：{'、'.join(known) or '无'}。",
            f"The model has no {kind_en} {key!r}; it has: {', '.join(known) or 'none'}.",
        )


class RuleOverlapError(DmnError):
    """Several rules matched where the hit policy allows one (UNIQUE) or one result (ANY)."""

    code = "ERR_DMN_RULE_OVERLAP"


class RecursionLimitError(DmnError):
    """Functions of the model call each other too deeply."""

    code = "ERR_DMN_RECURSION"


class BoxedReadError(DmnError):
    """A boxed expression is incomplete or contradictory.

    Attributes:
        place: where it stands.
    """

    code = "ERR_DMN_READ"

    def __init__(self, place: Place, message_zh: str, message_en: str) -> None:
        """Keep the place beside the sentences."""
        super().__init__(message_zh, message_en)
        self.place = place


def no_match(decision_id: str, name: str, inputs: Mapping[str, str]) -> RuleNoMatchError:
    """Return the error for a table without a matching row; ``inputs`` as FEEL literals."""
    shown = "，".join(f"{text} = {value}" for text, value in inputs.items())
    return RuleNoMatchError(
        f"决策“{name}”（{decision_id}）没有适用的规则：{shown}。请补充规则或更正数据。",
        f"Decision {name!r} ({decision_id}) has no matching rule for {shown}; add a rule or "
        "correct the data.",
    )
