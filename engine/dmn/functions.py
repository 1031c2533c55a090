"""Function values: boxed functions, business knowledge models and decision services."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from engine import feel
from engine.dmn.datatypes import ANY, MISMATCH, DataType, coerced
from engine.dmn.typed import held, warn_mismatch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.dmn.run import Run


@dataclass(frozen=True)
class Signature:
    """Name, parameters and result of a function.

    Attributes:
        name: for messages.
        element_id: where it is drawn.
        parameters: name to type, in order.
        result: type of what it returns.
    """

    name: str
    element_id: str
    parameters: dict[str, DataType]
    result: DataType

    @cached_property
    def type_names(self) -> tuple[str, ...]:
        """Names of the parameters' types, for ``instance of``."""
        return tuple(_type_name(found) for found in self.parameters.values())

    @cached_property
    def result_name(self) -> str:
        """Name of the result's type, for ``instance of``."""
        return _type_name(self.result)


def function_value(
    signature: Signature, run: Run, body: Callable[[dict[str, object]], object]
) -> feel.FeelFunction:
    """Return a FEEL function that checks its arguments, then runs ``body`` with them by name.

    An argument that does not conform makes the result null (DMN 1.5 §10.3.2.13.2).
    """

    def call(*arguments: object) -> object:
        bound = _bind(signature, arguments, run)
        if bound is None:
            return None
        run.enter(signature.name)
        try:
            return held(body(bound), signature.result, signature.element_id, run)
        finally:
            run.leave()

    return feel.FeelFunction(
        tuple(signature.parameters),
        call,
        name=signature.name,
        types=signature.type_names,
        result_type=signature.result_name,
    )


def call_with(
    function: feel.FeelFunction, arguments: Mapping[str, object]
) -> feel.Evaluation[object]:
    """Call a FEEL function with ``arguments`` by the names of its parameters; missing is null."""
    values = {f"a{i}": arguments.get(name) for i, name in enumerate(function.params)}
    form = feel.compile_expression(f"callee({', '.join(values)})")
    return form.run({**values, "callee": function}, trusted=True)


def _type_name(data_type: DataType) -> str:
    """Return the name for ``instance of``; a name that FEEL cannot read counts as unknown."""
    if data_type is ANY:
        return ""
    try:
        feel.parse_type(data_type.name)
    except feel.FeelError:
        return ""
    return data_type.name


def _bind(
    signature: Signature, arguments: tuple[object, ...], run: Run
) -> dict[str, object] | None:
    if len(arguments) != len(signature.parameters):
        run.warn(
            signature.element_id,
            f"函数“{signature.name}”需要 {len(signature.parameters)} 个参数，"
            f"实际给了 {len(arguments)} 个。",
            f"Function {signature.name!r} takes {len(signature.parameters)} arguments, "
            f"{len(arguments)} were given.",
        )
        return None
    bound: dict[str, object] = {}
    for (name, data_type), argument in zip(signature.parameters.items(), arguments, strict=True):
        value = coerced(argument, data_type)
        if value is MISMATCH:
            warn_mismatch(argument, data_type, signature.element_id, run)
            return None
        bound[name] = value
    return bound
