"""What becomes of the rows that match (DMN 1.5 §8.2.8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine import feel
from engine.dmn.boxed import Aggregation, HitPolicy
from engine.dmn.errors import RuleOverlapError

if TYPE_CHECKING:
    from engine.dmn.boxed import DecisionTable, OutputClause
    from engine.dmn.compiler import Compiler


@dataclass(frozen=True)
class Hits:
    """The rows that matched, in table order, at least one.

    Attributes:
        rows: 0-based positions of the rules.
        outputs: for each row the values of its output columns.
    """

    rows: Sequence[int]
    outputs: Sequence[list[object]]


Policy = Callable[[Hits], object]

#: Makes the result of the values of one row.
Shape = Callable[[list[object]], object]

_AGGREGATES: Final = {
    Aggregation.SUM: "sum(outputs)",
    Aggregation.MIN: "min(outputs)",
    Aggregation.MAX: "max(outputs)",
    Aggregation.COUNT: "count(outputs)",
}


def policy_for(compiler: Compiler, table: DecisionTable) -> Policy:
    """Return the function that makes the table's result of its hits."""
    return _POLICIES[table.hit_policy](compiler, table, _shape(table.outputs))


def _shape(outputs: Sequence[OutputClause]) -> Shape:
    """One column is a plain value, several are a context by their names."""
    if len(outputs) == 1:
        return lambda values: values[0]
    names = [clause.name for clause in outputs]
    return lambda values: dict(zip(names, values, strict=True))


def _numbers(table: DecisionTable, hits: Hits) -> str:
    return "、".join(str(table.rules[row].number) for row in hits.rows)


def _unique(_compiler: Compiler, table: DecisionTable, shape: Shape) -> Policy:
    def unique(hits: Hits) -> object:
        if len(hits.rows) > 1:
            numbers = _numbers(table, hits)
            raise RuleOverlapError(
                f"决策表“{table.label or table.place.id}”要求唯一命中，但规则 {numbers} 同时适用；"
                "请让这些规则互斥，或更换命中策略。",
                f"Table {table.label or table.place.id!r} has hit policy UNIQUE, but the rules "
                f"{numbers} match together; make them exclusive or change the hit policy.",
            )
        return shape(hits.outputs[0])

    return unique


def _any(_compiler: Compiler, table: DecisionTable, shape: Shape) -> Policy:
    def agree(hits: Hits) -> object:
        first = hits.outputs[0]
        if any(not feel.is_same(values, first) for values in hits.outputs[1:]):
            numbers = _numbers(table, hits)
            raise RuleOverlapError(
                f"决策表“{table.label or table.place.id}”的规则 {numbers} 同时适用但结果不同；"
                "ANY 要求结果一致。",
                f"Rules {numbers} of table {table.label or table.place.id!r} match together with "
                "different results; hit policy ANY needs equal ones.",
            )
        return shape(first)

    return agree


def _first(_compiler: Compiler, _table: DecisionTable, shape: Shape) -> Policy:
    return lambda hits: shape(hits.outputs[0])


def _rule_order(_compiler: Compiler, _table: DecisionTable, shape: Shape) -> Policy:
    return lambda hits: [shape(values) for values in hits.outputs]


def _priority(compiler: Compiler, table: DecisionTable, shape: Shape) -> Policy:
    rank = _ranking(compiler, table)
    return lambda hits: shape(min(hits.outputs, key=rank))


def _output_order(compiler: Compiler, table: DecisionTable, shape: Shape) -> Policy:
    rank = _ranking(compiler, table)
    return lambda hits: [shape(values) for values in sorted(hits.outputs, key=rank)]


def _collect(_compiler: Compiler, table: DecisionTable, shape: Shape) -> Policy:
    if table.aggregation is Aggregation.LIST:
        return lambda hits: [shape(values) for values in hits.outputs]
    total = feel.compile_expression(_AGGREGATES[table.aggregation])
    return lambda hits: total.evaluate_trusted(
        {"outputs": [shape(values) for values in hits.outputs]}
    )


def _ranking(compiler: Compiler, table: DecisionTable) -> Callable[[list[object]], list[int]]:
    """Rank results by the order of the allowed values, column by column from the left."""
    orders = [compiler.priorities(table, clause) for clause in table.outputs]

    def rank(values: list[object]) -> list[int]:
        return [_position(order, value) for order, value in zip(orders, values, strict=True)]

    return rank


def constant_ranks(compiler: Compiler, table: DecisionTable) -> list[list[int] | None]:
    """Return the rank of each row's result for PRIORITY, ``None`` where it is not constant."""
    if table.hit_policy is not HitPolicy.PRIORITY:
        return [None] * len(table.rules)
    rank = _ranking(compiler, table)
    found: list[list[int] | None] = []
    for rule in table.rules:
        values = [compiler.formulas.constants(cell) for cell in rule.outputs]
        constant = all(len(value) == 1 for value in values)
        found.append(rank([value[0] for value in values]) if constant else None)
    return found


def _position(order: list[object], value: object) -> int:
    for position, allowed in enumerate(order):
        if feel.is_same(value, allowed):
            return position
    return len(order)


_POLICIES: Final[dict[HitPolicy, Callable[[Compiler, DecisionTable, Shape], Policy]]] = {
    HitPolicy.UNIQUE: _unique,
    HitPolicy.FIRST: _first,
    HitPolicy.PRIORITY: _priority,
    HitPolicy.ANY: _any,
    HitPolicy.COLLECT: _collect,
    HitPolicy.RULE_ORDER: _rule_order,
    HitPolicy.OUTPUT_ORDER: _output_order,
}
