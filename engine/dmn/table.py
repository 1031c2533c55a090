"""Decision tables as code: inputs, matching rows, hit policy, trace (DMN 1.5 §8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.dmn.boxed import HitPolicy
from engine.dmn.errors import no_match
from engine.dmn.formula import null
from engine.dmn.hit_policy import Hits, constant_ranks, policy_for
from engine.dmn.matching import Column, Matcher
from engine.dmn.trace import DecisionTrace, MatchedRule, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from engine import feel
    from engine.dmn.boxed import DecisionTable, InputClause, LiteralExpression, OutputClause
    from engine.dmn.compiler import Compiler, Names
    from engine.dmn.datatypes import DataType
    from engine.dmn.formula import Code
    from engine.dmn.run import Scope


@dataclass(frozen=True)
class TableInput:
    """A compiled condition column.

    Attributes:
        text: the input expression.
        element_id: id of the column.
        code: what the column looks at.
        data_type: type of that.
        allows: the column's allowed values, ``None`` when it states none.
        limits: allowed values of the column and of its type, for the checks.
    """

    text: str
    element_id: str
    code: Code
    data_type: DataType
    allows: Callable[[object], bool] | None
    limits: tuple[feel.UnaryTests, ...]


def table_code(compiler: Compiler, table: DecisionTable, names: Names) -> Code:
    """Return code for a decision table."""
    compiled = CompiledTable(compiler, table, names)
    compiler.tables.append(compiled)
    return compiled.evaluate


class CompiledTable:
    """A decision table that was compiled once and is evaluated often.

    Attributes:
        drawn: the table as it stands in the file.
        inputs: its condition columns.
        matcher: finds the rows that match.
        constant_ranks: with PRIORITY, how important the result of each row is (smaller is more),
            ``None`` where it is not constant.
    """

    def __init__(self, compiler: Compiler, table: DecisionTable, names: Names) -> None:
        """Compile every cell; unreadable cells are reported and never match."""
        self._owner = compiler.owner
        self.drawn = table
        self.inputs = [_input(compiler, clause, names) for clause in table.inputs]
        self.matcher = Matcher(
            [
                Column([compiler.tests(rule.conditions[index], names) for rule in table.rules])
                for index in range(len(table.inputs))
            ],
            len(table.rules),
        )
        columns = [_OutputColumn(compiler, clause, names) for clause in table.outputs]
        self._outputs = [_outputs(columns, rule.outputs) for rule in table.rules]
        self._default = _default(columns)
        self._policy = policy_for(compiler, table)
        self.constant_ranks = constant_ranks(compiler, table)
        self._rules = [
            MatchedRule(number=rule.number, id=rule.place.id, annotations=rule.annotations)
            for rule in table.rules
        ]

    @property
    def has_default(self) -> bool:
        """Tell whether there is a result when no row matches."""
        return self._default is not None

    def evaluate(self, scope: Scope) -> object:
        """Return the result under the table's hit policy and leave a trace.

        Raises:
            RuleOverlapError: rows matched that the hit policy does not allow together.
            RuleNoMatchError: nothing matched, nothing is a default, and the run is strict.
        """
        values = [column.code(scope) for column in self.inputs]
        indexes: Sequence[int] = ()
        if self._allowed(values, scope):
            indexes = self.matcher.rows(
                values, scope, first_only=self.drawn.hit_policy is HitPolicy.FIRST
            )
        if indexes:
            hits = Hits(rows=indexes, outputs=[self._outputs[index](scope) for index in indexes])
            output = self._policy(hits)
        else:
            output = self._without_match(values, scope)
        self._leave_trace(values, indexes, output, scope)
        return output

    def _allowed(self, values: Sequence[object], scope: Scope) -> bool:
        for column, value in zip(self.inputs, values, strict=True):
            if column.allows is not None and not column.allows(value):
                shown = literal(value)
                scope.run.warn(
                    column.element_id,
                    f"输入“{column.text}”的值 {shown} 不在允许值之内，没有规则适用。",
                    f"Input {column.text!r} has the value {shown}, which is not allowed; no rule "
                    "applies.",
                )
                return False
        return True

    def _without_match(self, values: Sequence[object], scope: Scope) -> object:
        if self._default is not None:
            return self._default(scope)
        if scope.run.require_match:
            raise no_match(self._owner.id, self._owner.name, self._shown_inputs(values))
        return None

    def _shown_inputs(self, values: Sequence[object]) -> Mapping[str, str]:
        return {
            column.text: literal(value) for column, value in zip(self.inputs, values, strict=True)
        }

    def _leave_trace(
        self, values: Sequence[object], rows: Sequence[int], output: object, scope: Scope
    ) -> None:
        scope.run.leave_trace(
            DecisionTrace(
                id=self._owner.id,
                name=self._owner.name,
                table_id=self.drawn.place.id,
                inputs={
                    column.text: value for column, value in zip(self.inputs, values, strict=True)
                },
                rules=tuple(self._rules[row] for row in rows),
                output=output,
            )
        )


def _input(compiler: Compiler, clause: InputClause, names: Names) -> TableInput:
    type_ref = clause.expression.type_ref
    literals = (clause.values, compiler.types.allowed_values(type_ref))
    limits = [
        compiler.formulas.tests(found, frozenset(), closed=True)
        for found in literals
        if found is not None
    ]
    return TableInput(
        text=clause.expression.text,
        element_id=clause.place.id,
        code=compiler.code(clause.expression, names),
        data_type=compiler.types.find(type_ref),
        allows=None if clause.values is None else compiler.formulas.constant_tests(clause.values),
        limits=tuple(limit for limit in limits if limit is not None),
    )


class _OutputColumn:
    """Compiles the cells of one result column."""

    def __init__(self, compiler: Compiler, clause: OutputClause, names: Names) -> None:
        self.clause = clause
        self._compiler = compiler
        self._names = names
        self._allows = (
            None if clause.values is None else compiler.formulas.constant_tests(clause.values)
        )

    def code(self, cell: LiteralExpression) -> Code:
        """Return code for ``cell``; a value that the column forbids becomes null."""
        text = self._compiler.text(cell, self._names)
        code = self._compiler.held_to(text, self.clause.type_ref, cell.place)
        allows = self._allows
        if allows is None:
            return code

        def run(scope: Scope) -> object:
            value = code(scope)
            if value is None or allows(value):
                return value
            shown = literal(value)
            scope.run.warn(
                cell.place.id,
                f"结果 {shown} 不在输出列的允许值之内，按空值处理。",
                f"The result {shown} is not an allowed value of its column and becomes null.",
            )
            return None

        return run

    def default(self) -> Code:
        """Return code for the default of the column, null without one."""
        return null if self.clause.default is None else self.code(self.clause.default)


def _outputs(
    columns: Sequence[_OutputColumn], cells: Sequence[LiteralExpression]
) -> Callable[[Scope], list[object]]:
    codes = [column.code(cell) for column, cell in zip(columns, cells, strict=True)]
    return lambda scope: [code(scope) for code in codes]


def _default(columns: Sequence[_OutputColumn]) -> Code | None:
    """Return code for the default result; one column with a default is enough to have one."""
    if all(column.clause.default is None for column in columns):
        return None
    if len(columns) == 1:
        return columns[0].default()
    codes = [(column.clause.name, column.default()) for column in columns]
    return lambda scope: {name: code(scope) for name, code in codes}
