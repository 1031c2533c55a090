"""The only place that compiles what repeats: filters, ``for``, ``some``, ``every``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from engine.feel.compiling import Compiler, Emit, constant_of
from engine.feel.equality import kind_en, kind_zh
from engine.feel.errors import LimitReachedError, Position
from engine.feel.limits import LOOP_STEPS, check_list_size
from engine.feel.scope import Code, Run, Scope, limit_error
from engine.feel.temporal import Date
from engine.feel.tree import Filter, For, Name, Node, Quantified, Steps, children, weight
from engine.feel.values import Range, is_whole

Domain = Callable[[Scope], Iterable[object] | None]


def _filter(node: Filter, compiler: Compiler) -> Code:
    base, where = compiler.compile(node.base), compiler.at(node)
    index = constant_of(node.condition)
    if isinstance(index, Decimal):
        return lambda scope: _at(base(scope), index, scope.run, where)
    condition = compiler.inside("item").compile(node.condition)
    cost = weight(node.condition) + LOOP_STEPS

    def select(scope: Scope) -> object:
        value = base(scope)
        values = value if type(value) is list else [] if value is None else [value]
        found: list[object] = []
        for position, item in enumerate(values):
            scope.run.charge(cost, where)
            result = condition(_item_scope(scope, item))
            if result is True:
                found.append(item)
            elif type(result) is Decimal and position == 0:
                return _at(values, result, scope.run, where)
            elif result is not False and result is not None:
                _warn_filter(result, scope.run, where)
                return None
        return found

    return select


def _item_scope(scope: Scope, item: object) -> Scope:
    inner = scope.inside({"item": item})
    return inner.inside(item) if type(item) is dict else inner


def _warn_filter(result: object, run: Run, where: Position) -> None:
    run.warn(
        where,
        f"筛选条件须为布尔值，实际为{kind_zh(result)}。",
        f"A filter needs a boolean, not a {kind_en(result)}.",
    )


def _at(value: object, position: Decimal, run: Run, where: Position) -> object:
    values = value if type(value) is list else [] if value is None else [value]
    size = len(values)
    if is_whole(position) and 0 < abs(position) <= size:
        return values[int(position) - 1 if position > 0 else int(position)]
    run.warn(where, f"列表没有第 {position} 项。", f"The list has no element {position}.")
    return None


def _domain(node: Node, compiler: Compiler) -> Domain:
    where = compiler.at(node)
    if isinstance(node, Steps):
        start, end = compiler.compile(node.start), compiler.compile(node.end)
        return lambda scope: _steps(start(scope), end(scope), scope.run, where)
    code = compiler.compile(node)

    def values(scope: Scope) -> Iterable[object] | None:
        value = code(scope)
        if type(value) is list:
            return value
        if type(value) is Range:
            return _range_steps(value, scope.run, where)
        if value is None:
            scope.run.warn(where, "不能遍历空值。", "Null cannot be iterated.")
            return None
        return [value]

    return values


def _range_steps(interval: Range, run: Run, where: Position) -> Iterable[object] | None:
    steps = _steps(interval.start, interval.end, run, where)
    if steps is None:
        return None
    values = list(steps)
    if not interval.start_included:
        values = values[1:]
    return values if interval.end_included else values[:-1]


def _steps(start: object, end: object, run: Run, where: Position) -> Iterable[object] | None:
    """Return the whole numbers or days from ``start`` to ``end``, downwards if it is less."""
    if isinstance(start, Date) and isinstance(end, Date):
        return (Date.from_number(day) for day in _whole_steps(start.number, end.number, where))
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        whole = is_whole(start) and is_whole(end)
        steps = _whole_steps(int(start), int(end), where) if whole else None
        if steps is not None:
            return map(Decimal, steps)
    run.warn(
        where,
        "遍历区间的两端须为整数或日期。",
        "An iteration needs whole numbers or dates as its ends.",
    )
    return None


def _whole_steps(start: int, end: int, where: Position) -> range:
    try:
        check_list_size(abs(end - start) + 1)
    except LimitReachedError as reason:
        raise limit_error(reason, where) from None
    return range(start, end + 1) if start <= end else range(start, end - 1, -1)


def _mentions(node: Node, name: str) -> bool:
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Name) and part.name == name:
            return True
        waiting.extend(children(part))
    return False


Visit = Callable[[Scope], bool]
Walk = Callable[[Scope, Visit], bool | None]


def _walker(iterations: tuple[tuple[str, Node], ...], compiler: Compiler, cost: int) -> Walk:
    """Return a function that calls ``visit`` for every combination until it returns False.

    It returns None when a domain is null.
    """
    (name, node), *rest = iterations
    domain, where = _domain(node, compiler), compiler.at(node)
    further = _walker(tuple(rest), compiler.inside(name), cost) if rest else None

    def walk(scope: Scope, visit: Visit) -> bool | None:
        values = domain(scope)
        if values is None:
            return None
        for value in values:
            scope.run.charge(cost, where)
            inner = scope.inside({name: value})
            proceed = visit(inner) if further is None else further(inner, visit)
            if not proceed:
                return proceed
        return True

    return walk


def _for(node: For, compiler: Compiler) -> Code:
    names = [name for name, _ in node.iterations]
    body = compiler.inside(*names, "partial").compile(node.body)
    walk = _walker(node.iterations, compiler, weight(node.body) + LOOP_STEPS)
    where, partial = compiler.at(node), _mentions(node.body, "partial")

    def loop(scope: Scope) -> list[object] | None:
        results: list[object] = []

        def visit(inner: Scope) -> bool:
            if partial:
                scope.run.charge(len(results) // 8, where)
                inner = inner.inside({"partial": list(results)})
            results.append(body(inner))
            return True

        return None if walk(scope, visit) is None else results

    return loop


def _quantified(node: Quantified, compiler: Compiler) -> Code:
    names = [name for name, _ in node.iterations]
    body = compiler.inside(*names).compile(node.body)
    walk = _walker(node.iterations, compiler, weight(node.body) + LOOP_STEPS)
    decisive, where = node.kind == "some", compiler.at(node)

    def test(scope: Scope) -> bool | None:
        results: set[bool | None] = set()

        def visit(inner: Scope) -> bool:
            value = body(inner)
            if value is not None and type(value) is not bool:
                _warn_filter(value, scope.run, where)
                value = None
            results.add(value)
            return value is not decisive

        if walk(scope, visit) is None:
            return None
        if decisive in results:
            return decisive
        return None if None in results else not decisive

    return test


EMITTERS: dict[type, Emit] = {Filter: _filter, For: _for, Quantified: _quantified}
