"""The only place that compiles literals, names, lists, contexts, ranges, paths and conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.compiling import Compiler, Emit, always
from engine.feel.equality import compare, kind_en, kind_zh
from engine.feel.errors import NullResultError, Position
from engine.feel.properties import property_of
from engine.feel.tree import (
    AtLiteral,
    ContextLiteral,
    If,
    InstanceOf,
    ListLiteral,
    Literal,
    Name,
    Path,
    RangeLiteral,
)
from engine.feel.types import is_of
from engine.feel.values import Range

if TYPE_CHECKING:
    from engine.feel.scope import Code, Run, Scope


def _literal(node: Literal, compiler: Compiler) -> Code:
    return always(node.value)


def _at_literal(node: AtLiteral, compiler: Compiler) -> Code:
    if node.value is not None:
        return always(node.value)
    where = compiler.at(node)

    def wrong(scope: Scope) -> None:
        scope.run.warn(
            where,
            f'@"{node.text}" 不是日期、时间或时长。',
            f'@"{node.text}" is no date, time or duration.',
        )

    return wrong


def _name(node: Name, compiler: Compiler) -> Code:
    name = node.name
    missing = _missing(node, compiler)

    def from_caller(scope: Scope) -> object:
        try:
            return scope.top[name]
        except KeyError:
            return missing(scope)

    def from_scope(scope: Scope) -> object:
        inner: Scope | None = scope
        while inner is not None:
            local = inner.local
            if local is not None and name in local:
                return local[name]
            inner = inner.parent
        return from_caller(scope)

    return from_scope if compiler.nested else from_caller


def _missing(node: Name, compiler: Compiler) -> Code:
    function = compiler.library.find(node.name)
    if function is not None:
        return always(function)
    where = compiler.at(node)

    def unknown(scope: Scope) -> None:
        scope.run.warn(where, f"没有名为“{node.name}”的数据。", f'There is no "{node.name}".')

    return unknown


def _list(node: ListLiteral, compiler: Compiler) -> Code:
    codes = [compiler.compile(item) for item in node.items]
    where = compiler.at(node)

    def make(scope: Scope) -> list[object]:
        scope.run.charge(len(codes), where)
        return [code(scope) for code in codes]

    return make


def _context(node: ContextLiteral, compiler: Compiler) -> Code:
    names = [key for key, _ in node.entries]
    inner = compiler
    entries: list[tuple[str, Code]] = []
    for key, value in node.entries:
        inner = inner.inside(key) if entries else compiler.inside()
        entries.append((key, inner.inside(*names[: len(entries)]).compile(value)))
    where, repeated = compiler.at(node), len(set(names)) != len(names)

    def make(scope: Scope) -> dict[str, object] | None:
        found: dict[str, object] = {}
        scope.run.charge(len(entries), where)
        if repeated:
            scope.run.warn(where, "上下文中有重复的键。", "A key occurs twice in a context.")
            return None
        around = scope.inside(found)
        for key, code in entries:
            found[key] = code(around)
        return found

    return make


def _range(node: RangeLiteral, compiler: Compiler) -> Code:
    where = compiler.at(node)
    start = compiler.compile(node.start) if node.start is not None else None
    end = compiler.compile(node.end) if node.end is not None else None

    def make(scope: Scope) -> Range | None:
        low = start(scope) if start is not None else None
        high = end(scope) if end is not None else None
        incomplete = (start is not None and low is None) or (end is not None and high is None)
        if incomplete and node.operator not in {"=", "!="}:
            scope.run.warn(where, "区间端点为空值。", "An end of the range is null.")
            return None
        if not node.operator and not _comparable(low, high, scope.run, where):
            return None
        return Range(low, high, node.start_included, node.end_included, node.operator)

    return make


def _comparable(low: object, high: object, run: Run, where: Position) -> bool:
    try:
        compare(low, high)
    except NullResultError as reason:
        run.null(where, reason)
        return False
    return True


def _path(node: Path, compiler: Compiler) -> Code:
    base, name, where = compiler.compile(node.base), node.name, compiler.at(node)

    def follow(scope: Scope) -> object:
        value = base(scope)
        if type(value) is dict and name in value:
            return value[name]
        if type(value) is list:
            scope.run.charge(len(value), where)
            return [_member(part, name, scope.run, where) for part in value]
        return _member(value, name, scope.run, where)

    return follow


def _member(value: object, name: str, run: Run, where: Position) -> object:
    try:
        return property_of(value, name)
    except NullResultError as reason:
        run.null(where, reason)
        return None


def _if(node: If, compiler: Compiler) -> Code:
    condition, then = compiler.compile(node.condition), compiler.compile(node.then)
    otherwise, where = compiler.compile(node.otherwise), compiler.at(node)

    def choose(scope: Scope) -> object:
        value = condition(scope)
        if value is True:
            return then(scope)
        if value is False or value is None:
            return otherwise(scope)
        scope.run.warn(
            where,
            f"if 需要布尔值，实际为{kind_zh(value)}。",
            f"if needs a boolean, not a {kind_en(value)}.",
        )
        return None

    return choose


def _instance_of(node: InstanceOf, compiler: Compiler) -> Code:
    value, kind, types = compiler.compile(node.value), node.type, compiler.types

    def test(scope: Scope) -> bool:
        found = value(scope)
        return found is not None and is_of(found, kind, types)

    return test


EMITTERS: dict[type, Emit] = {
    Literal: _literal,
    AtLiteral: _at_literal,
    Name: _name,
    ListLiteral: _list,
    ContextLiteral: _context,
    RangeLiteral: _range,
    Path: _path,
    If: _if,
    InstanceOf: _instance_of,
}
