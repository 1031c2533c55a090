"""Constant results that their column does not allow, and priorities that nobody stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn.boxed import HitPolicy
from engine.dmn.trace import literal

if TYPE_CHECKING:
    from engine.dmn.boxed import DecisionTable, LiteralExpression, OutputClause
    from engine.dmn.compiler import Compiler
    from engine.dmn.findings import FindingLog

_BY_PRIORITY = frozenset({HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER})


def check_outputs(table: DecisionTable, compiler: Compiler, log: FindingLog) -> None:
    """Report constant results outside the allowed values, and hit policies without an order."""
    for column, clause in enumerate(table.outputs):
        cells = [rule.outputs[column] for rule in table.rules]
        if clause.default is not None:
            cells.append(clause.default)
        for cell in cells:
            _check_cell(cell, clause, compiler, log)
    ordered = any(compiler.priorities(table, clause) for clause in table.outputs)
    if table.hit_policy in _BY_PRIORITY and not ordered:
        log.refuse(
            "no-priorities",
            table.place,
            f"命中策略 {table.hit_policy} 按输出值的先后排序，但没有任何输出列写明允许值；"
            "请按优先顺序填写输出值。",
            f"Hit policy {table.hit_policy} sorts by the order of the output values, but no "
            "output column states them; list them in order of priority.",
        )


def _check_cell(
    cell: LiteralExpression, clause: OutputClause, compiler: Compiler, log: FindingLog
) -> None:
    values = compiler.formulas.constants(cell)
    if clause.values is None or len(values) != 1 or values[0] is None:
        return
    if not compiler.formulas.constant_tests(clause.values)(values[0]):
        shown = literal(values[0])
        log.refuse(
            "output-not-allowed",
            cell.place,
            f"结果 {shown} 不在输出列“{clause.name or clause.place.id}”的允许值之内，请更正。",
            f"The result {shown} is not an allowed value of the output column "
            f"{clause.name or clause.place.id!r}; correct it.",
        )
