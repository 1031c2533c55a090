"""Turns boxed expressions into code (DMN 1.5 §10.2.1 and their meaning in §10.3.2)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from engine.dmn import boxed
from engine.dmn.datatypes import FunctionType, underlying
from engine.dmn.functions import Signature, function_value
from engine.dmn.invocation import invocation_code
from engine.dmn.iteration import filter_code, iterator_code
from engine.dmn.table import table_code
from engine.dmn.typed import typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine import feel
    from engine.dmn.boxed import BoxedExpression, LiteralExpression, Place
    from engine.dmn.datatypes import DataType
    from engine.dmn.findings import FindingLog
    from engine.dmn.formula import Code, FormulaReader
    from engine.dmn.run import Scope
    from engine.dmn.table import CompiledTable
    from engine.dmn.type_table import TypeTable

Names = frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Owner:
    """The decision or business knowledge model that an expression belongs to."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Compiler:
    """Compiles the expressions of one owner.

    Attributes:
        formulas: compiles the FEEL texts.
        types: the model's types.
        log: what is wrong with the model.
        owner: named in traces.
        closed: expressions see only what is drawn, no further variables.
        tables: every decision table of the model, for the checks.
    """

    formulas: FormulaReader
    types: TypeTable
    log: FindingLog
    owner: Owner
    closed: bool = True
    tables: list[CompiledTable] = field(default_factory=list)

    def for_owner(self, owner: Owner, *, closed: bool) -> Compiler:
        """Return a compiler for another owner of the same model."""
        return replace(self, owner=owner, closed=closed)

    def text(self, literal: LiteralExpression, names: Names) -> Code:
        """Return code for one FEEL text."""
        return self.formulas.code(literal, names, closed=self.closed)

    def tests(self, literal: LiteralExpression, names: Names) -> feel.UnaryTests | None:
        """Return the tests of a condition cell, ``None`` when they cannot be read."""
        return self.formulas.tests(literal, names, closed=self.closed)

    def code(self, expression: BoxedExpression, names: Names) -> Code:
        """Return code for ``expression`` that sees ``names``."""
        inner = _CODES[type(expression)](self, expression, names)
        if isinstance(expression, boxed.FunctionDefinition):
            return inner
        return self.held_to(inner, expression.type_ref, expression.place)

    def held_to(self, code: Code, type_ref: str, place: Place) -> Code:
        """Return ``code`` with its result coerced to the type of that name."""
        if not type_ref:
            return code
        if not self.types.knows(type_ref):
            self.log.warn(
                "unknown-type",
                place,
                f"类型“{type_ref}”没有定义，不作检查；请更正名称或补充定义。",
                f"Type {type_ref!r} is not defined and is not checked; correct the name or "
                "define it.",
            )
        return typed(code, self.types.find(type_ref), place.id)

    def function(
        self, function: boxed.FunctionDefinition, names: Names, variable: boxed.Variable
    ) -> Code:
        """Return code that makes a function value; its body sees ``names`` and the parameters.

        The type of ``variable`` may be that of the function or, as in DMN 1.1, of its result.
        """
        if function.kind != "FEEL" or function.body is None:
            return self._external(function)
        body = self.code(function.body, names | {found.name for found in function.parameters})
        signature = Signature(
            name=variable.name,
            element_id=function.place.id,
            parameters={
                found.name: self.types.find(found.type_ref) for found in function.parameters
            },
            result=self._result_type(function.type_ref or variable.type_ref),
        )

        def make(scope: Scope) -> object:
            return function_value(
                signature, scope.run, lambda bound: body(scope.with_values(bound))
            )

        return make

    def _result_type(self, type_ref: str) -> DataType:
        found = self.types.find(type_ref)
        kind = underlying(found)
        return kind.result if isinstance(kind, FunctionType) else found

    def _external(self, function: boxed.FunctionDefinition) -> Code:
        """Java and PMML cannot run here: an error of the model, null when called."""
        if function.kind == "FEEL":
            message = ("函数没有内容，请补全。", "The function has no body; complete it.")
        else:
            message = (
                f"外部函数（{function.kind}）不受支持，请改写为 FEEL 表达式。",
                f"External functions ({function.kind}) are not supported; write them in FEEL.",
            )
        self.log.refuse("external-function", function.place, *message)

        def make(scope: Scope) -> object:
            scope.run.warn(function.place.id, *message)
            return None

        return make

    def context(self, context: boxed.BoxedContext, names: Names) -> Code:
        """Return code for a context, or for its result entry when it has one."""
        entries: list[tuple[str, Code]] = []
        result: Code | None = None
        for entry in context.entries:
            if entry.variable is None:
                result = self.code(entry.expression, names)
                continue
            name = entry.variable.name
            entries.append((name, self._entry(entry.variable, entry.expression, names)))
            names |= {name}

        def run(scope: Scope) -> object:
            inner = scope.with_values({})
            values: dict[str, object] = {}
            for name, code in entries:
                values[name] = inner.values[name] = code(inner)
            return values if result is None else result(inner)

        return run

    def _entry(self, variable: boxed.Variable, expression: BoxedExpression, names: Names) -> Code:
        if isinstance(expression, boxed.FunctionDefinition):
            return self.function(expression, names | {variable.name}, variable)
        return self.held_to(self.code(expression, names), variable.type_ref, expression.place)

    def items(self, boxed_list: boxed.BoxedList, names: Names) -> Code:
        """Return code for a list."""
        codes = [self.code(item, names) for item in boxed_list.items]
        return lambda scope: [code(scope) for code in codes]

    def relation(self, relation: boxed.Relation, names: Names) -> Code:
        """Return code for a list of contexts."""
        rows = [
            [
                (column.name, self.held_to(self.code(cell, names), column.type_ref, cell.place))
                for column, cell in zip(relation.columns, row, strict=True)
            ]
            for row in relation.rows
        ]
        return lambda scope: [{name: code(scope) for name, code in row} for row in rows]

    def conditional(self, expression: boxed.Conditional, names: Names) -> Code:
        """Return code that evaluates one branch: null takes the other, what is no boolean none."""
        condition = self.code(expression.condition, names)
        then = self.code(expression.then, names)
        otherwise = self.code(expression.otherwise, names)
        element_id = expression.condition.place.id

        def run(scope: Scope) -> object:
            answer = condition(scope)
            if answer is None or isinstance(answer, bool):
                return then(scope) if answer else otherwise(scope)
            scope.run.warn(
                element_id,
                "“如果”部分的结果不是布尔值，结果为空。",
                "The condition is not a boolean; the result is null.",
            )
            return None

        return run

    def priorities(self, table: boxed.DecisionTable, clause: boxed.OutputClause) -> list[object]:
        """Return the values of an output column from the most to the least important.

        They come from the column's allowed values, else from those of its type.
        """
        type_ref = clause.type_ref or (table.type_ref if len(table.outputs) == 1 else "")
        values = clause.values or self.types.allowed_values(type_ref)
        return [] if values is None else self.formulas.constants(values)


_CODES: Final[dict[type, Callable[[Compiler, Any, Names], Code]]] = {
    boxed.LiteralExpression: Compiler.text,
    boxed.DecisionTable: table_code,
    boxed.BoxedContext: Compiler.context,
    boxed.BoxedList: Compiler.items,
    boxed.Relation: Compiler.relation,
    boxed.FunctionDefinition: lambda compiler, function, names: compiler.function(
        function, names, boxed.Variable(name=compiler.owner.name)
    ),
    boxed.Invocation: invocation_code,
    boxed.Conditional: Compiler.conditional,
    boxed.Filter: filter_code,
    boxed.Iterator: iterator_code,
}
