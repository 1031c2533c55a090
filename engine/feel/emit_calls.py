"""The only place that compiles function calls and functions written in FEEL."""

from __future__ import annotations

from engine.feel.calling import invoke
from engine.feel.compiling import UNKNOWN, Compiler, Emit, always, constant_of
from engine.feel.errors import NOWHERE, FeelError, NullResultError
from engine.feel.scope import Code, Run, Scope, current_run
from engine.feel.standard import IMPURE
from engine.feel.tree import Call, FunctionLiteral, Name, TypeName, weight
from engine.feel.types import coerce
from engine.feel.values import FeelFunction


def _call(node: Call, compiler: Compiler) -> Code:
    codes = [compiler.compile(argument) for argument in node.arguments]
    where, names = compiler.at(node.function), node.names
    folded = _folded(node, compiler)
    if folded is not UNKNOWN:
        return always(folded)
    built_in = built_in_of(node, compiler)
    if built_in is not None:
        return lambda scope: invoke(
            built_in, [code(scope) for code in codes], scope.run, where, names
        )
    function, standard = compiler.compile(node.function), _hidden(node, compiler)

    def call(scope: Scope) -> object:
        arguments = [code(scope) for code in codes]
        called = function(scope)
        if standard is not None and not isinstance(called, FeelFunction):
            called = standard
        return invoke(called, arguments, scope.run, where, names)

    return call


def built_in_of(node: Call, compiler: Compiler) -> FeelFunction | None:
    """Return the library's function that a call means, if no variable hides it."""
    if not isinstance(node.function, Name) or compiler.hides_functions(node.function.name):
        return None
    return compiler.library.find(node.function.name)


def _hidden(node: Call, compiler: Compiler) -> FeelFunction | None:
    """Return the library's function of a name that is a variable's too.

    It is called when the variable turns out to be no function, e.g. a column named ``date``.
    """
    return compiler.library.find(node.function.name) if isinstance(node.function, Name) else None


def _folded(node: Call, compiler: Compiler) -> object:
    """Return the result of a call such as ``date("2026-11-21")``, or UNKNOWN."""
    function = built_in_of(node, compiler)
    values = [constant_of(argument) for argument in node.arguments]
    if function is None or function.name not in _FOLDABLE or UNKNOWN in values:
        return UNKNOWN
    run = Run()
    try:
        result = invoke(function, values, run, NOWHERE, node.names)
    except FeelError:
        return UNKNOWN
    return UNKNOWN if run.warnings else result


_FOLDABLE = frozenset({"date", "time", "date and time", "duration"}) - IMPURE


def _function(node: FunctionLiteral, compiler: Compiler) -> Code:
    names = tuple(name for name, _ in node.parameters)
    kinds = [kind for _, kind in node.parameters]
    body = compiler.inside(*names).compile(node.body)
    typed = any(kind is not None for kind in kinds)
    cost = weight(node.body)
    where = compiler.at(node)

    def make(scope: Scope) -> FeelFunction:
        def run_body(run: Run, arguments: list[object]) -> object:
            if node.external:
                raise NullResultError("不支持外部函数。", "External functions are not supported.")
            run.charge(cost, where)
            if typed:
                arguments = _conforming(arguments, kinds, compiler)
            local = dict(zip(names, arguments, strict=True))
            return body(Scope(scope.top, run, local, _moved(scope, run)))

        def call(*arguments: object) -> object:
            return run_body(current_run.get() or Run(), list(arguments))

        shown = tuple(_shown(kind) for kind in kinds)
        return FeelFunction(names, call, types=shown, body=run_body)

    return make


def _moved(scope: Scope, run: Run) -> Scope:
    """Return the scope for another evaluation: its variables, the other one's budget."""
    if scope.run is run:
        return scope
    parent = None if scope.parent is None else _moved(scope.parent, run)
    return Scope(scope.top, run, scope.local, parent)


def _shown(kind: TypeName | None) -> str:
    return "" if kind is None or kind.parts else kind.name


def _conforming(
    arguments: list[object], kinds: list[TypeName | None], compiler: Compiler
) -> list[object]:
    found: list[object] = []
    for value, kind in zip(arguments, kinds, strict=True):
        accepted = value if kind is None else coerce(value, kind, compiler.types)
        if accepted is None and value is not None:
            raise NullResultError("参数类型不符。", "An argument is of the wrong type.")
        found.append(accepted)
    return found


EMITTERS: dict[type, Emit] = {Call: _call, FunctionLiteral: _function}
