"""Reads decision tables from XML; rows as columns and crosstabs are the same XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn import boxed, xml_access
from engine.dmn.errors import BoxedReadError
from engine.dmn.xml_access import children, literal_of, name_of, place_of, text_of, type_ref_of

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_table(element: _Element) -> boxed.DecisionTable:
    """Read a ``decisionTable``.

    Raises:
        BoxedReadError: unknown hit policy, or a row whose number of cells does not fit.
    """
    place = place_of(element)
    inputs = tuple(_input_clause(found) for found in children(element, "input"))
    outputs = tuple(_output_clause(found) for found in children(element, "output"))
    rules = tuple(
        _rule(found, number, len(inputs), len(outputs))
        for number, found in enumerate(children(element, "rule"), start=1)
    )
    if not outputs:
        raise BoxedReadError(
            place,
            "决策表没有输出列，请至少添加一列。",
            "The decision table has no output column; add at least one.",
        )
    hit_policy = _hit_policy(element, place)
    aggregation = _aggregation(element, place)
    if aggregation not in {boxed.Aggregation.LIST, boxed.Aggregation.COUNT} and len(outputs) > 1:
        raise BoxedReadError(
            place,
            "带汇总（+、<、>）的 COLLECT 表只能有一个输出列，请拆成几张表。",
            "A COLLECT table with + < > has one output column only; split the table.",
        )
    return boxed.DecisionTable(
        place=place,
        hit_policy=hit_policy,
        aggregation=aggregation,
        inputs=inputs,
        outputs=outputs,
        rules=rules,
        type_ref=type_ref_of(element),
        label=element.get("outputLabel") or "",
        orientation=element.get("preferredOrientation") or "",
    )


def _hit_policy(element: _Element, place: boxed.Place) -> boxed.HitPolicy:
    name = element.get("hitPolicy") or boxed.HitPolicy.UNIQUE.value
    try:
        return boxed.HitPolicy(name)
    except ValueError as error:
        raise BoxedReadError(
            place,
            f"未知的命中策略“{name}”，可用：{'、'.join(boxed.HitPolicy)}。",
            f"Unknown hit policy {name!r}; use one of {', '.join(boxed.HitPolicy)}.",
        ) from error


def _aggregation(element: _Element, place: boxed.Place) -> boxed.Aggregation:
    name = element.get("aggregation") or ""
    try:
        return boxed.Aggregation(name)
    except ValueError as error:
        raise BoxedReadError(
            place,
            f"未知的汇总方式“{name}”，可用：SUM、MIN、MAX、COUNT。",
            f"Unknown aggregation {name!r}; use SUM, MIN, MAX or COUNT.",
        ) from error


def _input_clause(element: _Element) -> boxed.InputClause:
    expression = xml_access.child(element, "inputExpression")
    place = place_of(element)
    literal = (
        literal_of(expression)
        if expression is not None
        else boxed.LiteralExpression(place=place, text="")
    )
    if not literal.text:
        raise BoxedReadError(
            place,
            f"输入列“{element.get('label') or place.id}”没有输入表达式，请填写要判断的变量名。",
            f"Input column {element.get('label') or place.id!r} has no input expression; "
            "name the variable to look at.",
        )
    return boxed.InputClause(
        place=place,
        label=element.get("label") or literal.text,
        expression=literal,
        values=xml_access.optional_literal(element, "inputValues"),
    )


def _output_clause(element: _Element) -> boxed.OutputClause:
    return boxed.OutputClause(
        place=place_of(element),
        name=name_of(element) or " ".join((element.get("label") or "").split()),
        type_ref=type_ref_of(element),
        values=xml_access.optional_literal(element, "outputValues"),
        default=xml_access.optional_literal(element, "defaultOutputEntry"),
    )


def _rule(element: _Element, number: int, inputs: int, outputs: int) -> boxed.Rule:
    conditions = tuple(literal_of(found) for found in children(element, "inputEntry"))
    results = tuple(literal_of(found) for found in children(element, "outputEntry"))
    if len(conditions) != inputs or len(results) != outputs:
        raise BoxedReadError(
            place_of(element),
            f"第 {number} 条规则有 {len(conditions)} 个条件、{len(results)} 个结果，"
            f"而决策表有 {inputs} 个输入列、{outputs} 个输出列，请补齐。",
            f"Rule {number} has {len(conditions)} conditions and {len(results)} results, but the "
            f"table has {inputs} input and {outputs} output columns; make them equal.",
        )
    annotations = tuple(text_of(found, "text") for found in children(element, "annotationEntry"))
    description = text_of(element, "description")
    return boxed.Rule(
        place=place_of(element),
        number=number,
        conditions=conditions,
        outputs=results,
        annotations=annotations + ((description,) if description else ()),
    )
