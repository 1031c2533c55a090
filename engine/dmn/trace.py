"""The answer of a decision and why: kept for audit ("why this branch")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import feel

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class MatchedRule:
    """A row that applied.

    Attributes:
        number: 1-based position in the table, as people read it.
        id: XML id of the rule.
        annotations: its remarks, e.g. the legal source.
    """

    number: int
    id: str
    annotations: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DecisionTrace:
    """One decision (or one table inside it) that was evaluated.

    Attributes:
        id: id of the decision or business knowledge model.
        name: its name.
        table_id: id of the decision table, ``""`` for other expressions.
        inputs: input expression (table) or required name (others) to FEEL value.
        rules: rows that matched, in table order; empty for other expressions.
        output: the FEEL value that came out.
    """

    id: str
    name: str
    table_id: str
    inputs: Mapping[str, object]
    rules: tuple[MatchedRule, ...]
    output: object

    def to_json(self) -> dict[str, object]:
        """Return JSON; values as FEEL literals (``"3000000.50"``), exact and typed."""
        return {
            "id": self.id,
            "name": self.name,
            "table_id": self.table_id,
            "inputs": {name: literal(value) for name, value in self.inputs.items()},
            "rules": [
                {"number": rule.number, "id": rule.id, "annotations": list(rule.annotations)}
                for rule in self.rules
            ],
            "output": literal(self.output),
        }


@dataclass(frozen=True, kw_only=True)
class DecisionWarning:
    """Something became null on the way.

    Attributes:
        element_id: decision, rule or clause in which it happened.
        message_zh: what happened, Chinese.
        message_en: the same in English.
    """

    element_id: str
    message_zh: str
    message_en: str

    def to_json(self) -> dict[str, object]:
        """Return JSON with both languages."""
        return {
            "element_id": self.element_id,
            "message_zh": self.message_zh,
            "message_en": self.message_en,
        }


@dataclass(frozen=True, kw_only=True)
class DecisionResult:
    """What a decision answers.

    Attributes:
        value: a FEEL value: ``None``, ``bool``, ``Decimal``, ``str``, ``list``, ``dict`` or one of
            the temporal classes of ``engine.feel``.
        trace: one entry per evaluated decision and table, in the order they finished.
        warnings: what became null on the way, and why.
    """

    value: object
    trace: tuple[DecisionTrace, ...]
    warnings: tuple[DecisionWarning, ...]

    def to_json(self) -> dict[str, object]:
        """Return JSON for the audit trail; see ``DecisionTrace.to_json``."""
        return {
            "value": literal(self.value),
            "trace": [entry.to_json() for entry in self.trace],
            "warnings": [warning.to_json() for warning in self.warnings],
        }


def literal(value: object) -> str:
    """Return ``value`` as the text a person would write in FEEL."""
    return feel.feel_repr(value)
