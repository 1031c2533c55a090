"""Boxed invocation: the callee by name, the arguments by the names of its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import feel
from engine.dmn.formula import null
from engine.dmn.functions import call_with

if TYPE_CHECKING:
    from engine.dmn.boxed import Invocation
    from engine.dmn.compiler import Compiler, Names
    from engine.dmn.formula import Code
    from engine.dmn.run import Scope


def invocation_code(compiler: Compiler, invocation: Invocation, names: Names) -> Code:
    """Return code that calls a function; a parameter without a binding is null."""
    callee = compiler.code(invocation.callee, names)
    bindings = {
        binding.parameter: null
        if binding.expression is None
        else compiler.code(binding.expression, names)
        for binding in invocation.bindings
    }
    element_id = invocation.place.id

    def run(scope: Scope) -> object:
        function = callee(scope)
        if not isinstance(function, feel.FeelFunction):
            scope.run.warn(
                element_id,
                "被调用的名称不是函数，结果为空。",
                "What is invoked is not a function; the result is null.",
            )
            return None
        unknown = bindings.keys() - set(function.params)
        if unknown:
            listed = ", ".join(sorted(unknown))
            scope.run.warn(
                element_id,
                f"函数没有名为 {listed} 的参数，结果为空。",
                f"The function has no parameter {listed}; the result is null.",
            )
            return None
        arguments = {name: bindings.get(name, null)(scope) for name in function.params}
        evaluation = call_with(function, arguments)
        scope.run.take(element_id, evaluation.warnings)
        return evaluation.value

    return run
