"""Reads boxed expressions from XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn import boxed, xml_access
from engine.dmn.errors import BoxedReadError
from engine.dmn.table_reader import read_table
from engine.dmn.xml_access import children, literal_of, name_of, place_of, type_ref_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from engine.dmn.boxed import BoxedExpression


def find_expression(element: _Element) -> BoxedExpression | None:
    """Return the one expression below ``element``, ``None`` when nothing is drawn yet."""
    for candidate in children(element):
        reader = _READERS.get(xml_access.tag(candidate)[1])
        if reader is not None:
            return reader(candidate)
    return None


def _needed(element: _Element, name: str) -> BoxedExpression:
    part = xml_access.child(element, name)
    found = find_expression(part) if part is not None else None
    if found is None:
        raise BoxedReadError(
            place_of(element),
            f"此处缺少“{name}”部分的表达式，请补全。",
            f"The expression of the part {name!r} is missing here; complete it.",
        )
    return found


def _context(element: _Element) -> boxed.BoxedContext:
    entries = []
    for found in children(element, "contextEntry"):
        variable = xml_access.child(found, "variable")
        expression = find_expression(found)
        if expression is None:
            raise BoxedReadError(
                place_of(found),
                "上下文条目没有表达式，请补全或删除该行。",
                "A context entry has no expression; complete or delete the line.",
            )
        entries.append(
            boxed.ContextEntry(
                variable=None if variable is None else xml_access.variable_of(variable),
                expression=expression,
            )
        )
    return boxed.BoxedContext(
        place=place_of(element), entries=tuple(entries), type_ref=type_ref_of(element)
    )


def _expressions(element: _Element) -> tuple[BoxedExpression, ...]:
    found = []
    for candidate in children(element):
        reader = _READERS.get(xml_access.tag(candidate)[1])
        if reader is not None:
            found.append(reader(candidate))
    return tuple(found)


def _list(element: _Element) -> boxed.BoxedList:
    return boxed.BoxedList(
        place=place_of(element), items=_expressions(element), type_ref=type_ref_of(element)
    )


def _relation(element: _Element) -> boxed.Relation:
    columns = tuple(xml_access.variable_of(found) for found in children(element, "column"))
    rows = tuple(_expressions(found) for found in children(element, "row"))
    for number, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            raise BoxedReadError(
                place_of(element),
                f"关系表第 {number} 行有 {len(row)} 个值，应为 {len(columns)} 个。",
                f"Row {number} of the relation has {len(row)} values instead of {len(columns)}.",
            )
    return boxed.Relation(
        place=place_of(element), columns=columns, rows=rows, type_ref=type_ref_of(element)
    )


def read_function(element: _Element) -> boxed.FunctionDefinition:
    """Read a ``functionDefinition`` or ``encapsulatedLogic``."""
    return boxed.FunctionDefinition(
        place=place_of(element),
        parameters=tuple(
            xml_access.variable_of(found) for found in children(element, "formalParameter")
        ),
        body=find_expression(element),
        kind=element.get("kind") or "FEEL",
        type_ref=type_ref_of(element),
    )


def _invocation(element: _Element) -> boxed.Invocation:
    callee = find_expression(element)
    if callee is None:
        raise BoxedReadError(
            place_of(element),
            "调用没有写明要调用的函数，请填写函数名。",
            "The invocation does not say which function; name it.",
        )
    bindings = []
    for found in children(element, "binding"):
        parameter = xml_access.child(found, "parameter")
        bindings.append(
            boxed.Binding(
                parameter="" if parameter is None else name_of(parameter),
                expression=find_expression(found),
            )
        )
    return boxed.Invocation(
        place=place_of(element),
        callee=callee,
        bindings=tuple(bindings),
        type_ref=type_ref_of(element),
    )


def _conditional(element: _Element) -> boxed.Conditional:
    return boxed.Conditional(
        place=place_of(element),
        condition=_needed(element, "if"),
        then=_needed(element, "then"),
        otherwise=_needed(element, "else"),
        type_ref=type_ref_of(element),
    )


def _filter(element: _Element) -> boxed.Filter:
    return boxed.Filter(
        place=place_of(element),
        source=_needed(element, "in"),
        match=_needed(element, "match"),
        type_ref=type_ref_of(element),
    )


def _iterator(element: _Element) -> boxed.Iterator:
    kind = xml_access.tag(element)[1]
    source = xml_access.child(element, "in")
    return boxed.Iterator(
        place=place_of(element),
        kind=kind,
        variable=boxed.Variable(
            name=" ".join((element.get("iteratorVariable") or "").split()),
            type_ref="" if source is None else type_ref_of(source),
        ),
        source=_needed(element, "in"),
        body=_needed(element, "return" if kind == "for" else "satisfies"),
        type_ref=type_ref_of(element),
    )


_READERS: dict[str, Callable[[_Element], BoxedExpression]] = {
    "literalExpression": literal_of,
    "decisionTable": read_table,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "functionDefinition": read_function,
    "invocation": _invocation,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iterator,
    "some": _iterator,
    "every": _iterator,
}
