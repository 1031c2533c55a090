"""Boxed filter, ``for``, ``some`` and ``every``: FEEL's own forms around boxed parts.

The boxed parts are put behind FEEL functions, so that limits, null handling and the treatment of
what is no list are exactly those of the language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine import feel

if TYPE_CHECKING:
    from engine.dmn.boxed import Filter, Iterator
    from engine.dmn.compiler import Compiler, Names
    from engine.dmn.formula import Code
    from engine.dmn.run import Scope

_FORMS: Final = {
    "for": "for element in source return body(element, partial)",
    "some": "some element in source satisfies body(element)",
    "every": "every element in source satisfies body(element)",
}


def filter_code(compiler: Compiler, filtered: Filter, names: Names) -> Code:
    """Return code for a filter; a number in ``match`` selects by position, from 1 or from -1."""
    source = compiler.code(filtered.source, names)
    match = compiler.code(filtered.match, names | {"item"})
    form = feel.compile_expression("source[match(item)]")
    element_id = filtered.place.id

    def run(scope: Scope) -> object:
        def matches(element: object) -> object:
            entries = element if isinstance(element, dict) else {}
            return match(scope.with_values({"item": element, **entries}))

        return _evaluate(
            form,
            {"source": source(scope), "match": feel.FeelFunction(("element",), matches)},
            scope,
            element_id,
        )

    return run


def iterator_code(compiler: Compiler, iterator: Iterator, names: Names) -> Code:
    """Return code for ``for`` (list of results), ``some`` and ``every`` (three-valued)."""
    name = iterator.variable.name
    inner = {name, "partial"} if iterator.kind == "for" else {name}
    source = compiler.code(iterator.source, names)
    body = compiler.code(iterator.body, names | inner)
    form = feel.compile_expression(_FORMS[iterator.kind])
    element_id = iterator.place.id

    def run(scope: Scope) -> object:
        def each(element: object, partial: object = None) -> object:
            values = {name: element}
            if iterator.kind == "for":
                values["partial"] = partial
            return body(scope.with_values(values))

        function = feel.FeelFunction(("element", "partial"), each, required=1)
        return _evaluate(form, {"source": source(scope), "body": function}, scope, element_id)

    return run


def _evaluate(
    form: feel.Expression, values: dict[str, object], scope: Scope, element_id: str
) -> object:
    evaluation = form.run(values, trusted=True)
    scope.run.take(element_id, evaluation.warnings)
    return evaluation.value
