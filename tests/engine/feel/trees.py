"""Random syntax trees, for property tests."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from engine.feel.temporal import Date
from engine.feel.tree import (
    Arithmetic,
    AtLiteral,
    Between,
    Call,
    Comparison,
    ContextLiteral,
    Filter,
    For,
    FunctionLiteral,
    If,
    In,
    InstanceOf,
    ListLiteral,
    Literal,
    Logic,
    Name,
    Negation,
    Node,
    Path,
    Quantified,
    RangeLiteral,
    Steps,
    TypeName,
)

#: Known to the parser; the second half cannot be read without knowing them.
NAMES = ("a", "金额", "_x1", "采购 计划", "a-b", "部门.名称", "x+y")

_numbers = st.decimals(
    min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False, places=3
).map(lambda number: Decimal(format(number.normalize(), "f")))
_words = st.sampled_from(["a", "b c", "金额", "单价 含税"])
_types = st.sampled_from(
    [
        TypeName(0, "number"),
        TypeName(0, "date and time"),
        TypeName(0, "list", (TypeName(0, "string"),)),
        TypeName(0, "context", (TypeName(0, "Any"),), ("a",)),
        TypeName(0, "function", (TypeName(0, "number"), TypeName(0, "boolean"))),
    ]
)
_dates = st.dates().map(
    lambda day: AtLiteral(0, day.isoformat(), Date(day.year, day.month, day.day))
)
_leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Literal, st.just(0), st.one_of(_numbers, st.text(max_size=8), st.booleans())),
    st.just(Literal(0, None)),
    st.builds(Name, st.just(0), st.sampled_from(NAMES)),
    _dates,
)


def _tuple(parts: st.SearchStrategy[Node], least: int = 0) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(parts, min_size=least, max_size=3).map(tuple)


def _operators(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    arithmetic = st.sampled_from(["+", "-", "*", "/", "**"])
    comparison = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    return st.one_of(
        st.builds(Arithmetic, st.just(0), arithmetic, parts, parts),
        st.builds(Comparison, st.just(0), comparison, parts, parts),
        st.builds(Logic, st.just(0), st.sampled_from(["and", "or"]), _tuple(parts, 2)),
        st.builds(Negation, st.just(0), parts),
        st.builds(Between, st.just(0), parts, parts, parts),
        st.builds(In, st.just(0), parts, _tuple(st.one_of(parts, _operator_tests(parts)), 1)),
        st.builds(InstanceOf, st.just(0), parts, _types),
    )


def _operator_tests(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def test(operator: str, end: Node) -> RangeLiteral:
        if operator in {"<", "<="}:
            return RangeLiteral(0, None, end, False, operator == "<=", operator)
        if operator in {">", ">="}:
            return RangeLiteral(0, end, None, operator == ">=", False, operator)
        return RangeLiteral(0, end, end, True, True, operator)

    return st.builds(test, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), parts)


def _iterations(
    parts: st.SearchStrategy[Node],
) -> st.SearchStrategy[tuple[tuple[str, Node], ...]]:
    steps = st.builds(Steps, st.just(0), parts, parts)
    pair = st.tuples(st.sampled_from(["i", "行 号"]), st.one_of(parts, steps))
    return st.lists(pair, min_size=1, max_size=2).map(tuple)


def _terms(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    entries = st.lists(st.tuples(_words, parts), max_size=3).map(tuple)
    parameters = st.lists(st.tuples(_words, st.one_of(st.none(), _types)), max_size=2).map(tuple)
    return st.one_of(
        st.builds(ListLiteral, st.just(0), _tuple(parts)),
        st.builds(ContextLiteral, st.just(0), entries),
        st.builds(RangeLiteral, st.just(0), parts, parts, st.booleans(), st.booleans()),
        _operator_tests(parts),
        st.builds(Path, st.just(0), parts, _words),
        st.builds(Filter, st.just(0), parts, parts),
        st.builds(If, st.just(0), parts, parts, parts),
        st.builds(For, st.just(0), _iterations(parts), parts),
        st.builds(
            Quantified, st.just(0), st.sampled_from(["some", "every"]), _iterations(parts), parts
        ),
        st.builds(FunctionLiteral, st.just(0), parameters, parts),
        st.builds(Call, st.just(0), st.builds(Name, st.just(0), st.just("f")), _tuple(parts)),
        st.builds(
            lambda one, other: Call(0, Name(0, "f"), (one, other), ("a", "b c")), parts, parts
        ),
    )


trees: st.SearchStrategy[Node] = st.recursive(
    _leaves, lambda parts: st.one_of(_operators(parts), _terms(parts)), max_leaves=12
)
