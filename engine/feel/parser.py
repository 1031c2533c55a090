"""The only place that reads the operators of FEEL (DMN 1.5 §10.3.1.2, grammar rules 1 to 66)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.feel.errors import FeelError, FeelLimitError, Position
from engine.feel.limits import MAX_HEIGHT
from engine.feel.parser_terms import TermParser
from engine.feel.scanner import NameTable, name_table
from engine.feel.tree import (
    Arithmetic,
    Between,
    Call,
    Comparison,
    Filter,
    In,
    InstanceOf,
    ListLiteral,
    Literal,
    Logic,
    Negation,
    Node,
    Path,
    RangeLiteral,
    Tests,
    height,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMPARATOR = re.compile(r"<=(?!=)|>=(?!=)|!=(?!=)|=(?![=<>])|<(?![>=])|>(?!=)")
_ARITHMETIC = re.compile(r"\*\*|[-+*]|/(?!\*)")
_LEVELS = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}
_NOT_CALLABLE = (Literal, ListLiteral, RangeLiteral)


class Parser(TermParser):
    """Reads expressions and unary tests."""

    def whole_expression(self) -> Node:
        """Read the text as one expression.

        Raises:
            FeelError: it is none.
        """
        if self.at("="):
            self.fail("表达式开头不需要等号 =。", "An expression does not begin with =.")
        node = self.expression()
        self._expect_end()
        return node

    def whole_tests(self) -> Tests:
        """Read the text as the unary tests of a decision table's cell.

        Raises:
            FeelError: it is none.
        """
        self.skip()
        start = self.pos
        if self.accept("-"):
            self.skip()
            if self.pos == len(self.text):
                return Tests(start, ())
            self.pos = start
        negated = self._negated_tests(start)
        if negated is not None:
            return negated
        tests = self._test_list()
        self._expect_end()
        return Tests(start, tests)

    def _negated_tests(self, start: int) -> Tests | None:
        levels = self.levels
        if not self.accept_word("not") or not self.accept("("):
            self.pos = start
            return None
        try:
            tests = self._test_list()
            self.expect(")")
            self._expect_end()
        except FeelLimitError:
            raise
        except FeelError:
            self.read_again(start, levels)
            return None
        return Tests(start, tests, negated=True)

    def _test_list(self) -> tuple[Node, ...]:
        tests = [self._test()]
        while self.accept(","):
            tests.append(self._test())
        return tuple(tests)

    def _test(self) -> Node:
        return self.operator_test() or self.expression()

    def _expect_end(self) -> None:
        self.skip()
        if self.pos != len(self.text):
            self.unexpected()

    def expression(self) -> Node:
        """Read any expression."""
        self.enter()
        outer, self.in_endpoint = self.in_endpoint, False
        node = self._logic("or")
        self.in_endpoint = outer
        self.leave()
        return node

    def _logic(self, operator: str) -> Node:
        pos = self.pos
        operands = [self._logic("and") if operator == "or" else self._comparison()]
        while self.accept_word(operator):
            operands.append(self._logic("and") if operator == "or" else self._comparison())
        return operands[0] if len(operands) == 1 else Logic(pos, operator, tuple(operands))

    def _comparison(self) -> Node:
        left, links = self.arithmetic(), 0
        while True:
            self.skip()
            links += 1
            self.grow(links)
            pos = self.pos
            match = _COMPARATOR.match(self.text, pos)
            if match is not None:
                self.pos = match.end()
                left = Comparison(pos, match.group(), left, self.arithmetic())
            elif self.accept_word("between"):
                low = self.arithmetic()
                self.expect_word("and")
                left = Between(pos, left, low, self.arithmetic())
            elif self.accept_word("in"):
                left = In(pos, left, self._in_tests())
            else:
                return left

    def _in_tests(self) -> tuple[Node, ...]:
        self.skip()
        start, levels = self.pos, self.levels
        if self.text[start : start + 1] != "(":
            return (self.operator_test() or self.arithmetic(),)
        self.pos += 1
        tests = self._test_list()
        self.skip()
        if self.text.startswith(")", self.pos):
            self.pos += 1
            self.skip()
            if self.text[self.pos : self.pos + 1] not in set("+-*/.[("):
                return tests
        self.read_again(start, levels)
        return (self.arithmetic(),)

    def arithmetic(self, level: int = 0) -> Node:
        """Read operands and the operators between them that bind tighter than ``level``."""
        left, links = self._unary(), 0
        while True:
            self.skip()
            links += 1
            self.grow(links)
            pos = self.pos
            match = _ARITHMETIC.match(self.text, pos)
            if match is None or _LEVELS[match.group()] <= level:
                return left
            self.pos = match.end()
            left = Arithmetic(pos, match.group(), left, self.arithmetic(_LEVELS[match.group()]))

    def _unary(self) -> Node:
        self.skip()
        pos = self.pos
        if not self.accept("-"):
            return self._postfix(self.primary())
        self.enter()
        operand = self._unary()
        self.leave()
        return Negation(pos, operand)

    def _postfix(self, node: Node) -> Node:
        links = 0
        while True:
            self.skip()
            links += 1
            self.grow(links)
            pos, sign = self.pos, self.text[self.pos : self.pos + 1]
            if sign == "." and not self.text.startswith("..", pos):
                self.pos += 1
                node = Path(pos, node, self.member())
            elif sign == "[" and (found := self._filter(node)) is not None:
                node = found
            elif sign == "(" and not isinstance(node, _NOT_CALLABLE):
                node = self._call(node)
            elif sign == "i" and self.accept_word("instance"):
                self.expect_word("of")
                node = InstanceOf(pos, node, self.type_name())
            else:
                return node

    def _filter(self, base: Node) -> Filter | None:
        """Read ``[condition]``; None when the bracket is the end of an open range."""
        pos, levels, ambiguous = self.pos, self.levels, self.in_endpoint
        self.pos += 1
        try:
            condition = self.expression()
            self.expect("]")
        except FeelLimitError:
            raise
        except FeelError:
            if not ambiguous:
                raise
            condition = None
        self.in_endpoint = ambiguous
        if condition is not None and (not ambiguous or self._closes_range()):
            return Filter(pos, base, condition)
        self.read_again(pos, levels)
        return None

    def _closes_range(self) -> bool:
        self.skip()
        return self.text[self.pos : self.pos + 1] in set("])[.")

    def _call(self, function: Node) -> Call:
        pos = self.pos
        self.pos += 1
        arguments: list[Node] = []
        names: list[str] = []
        while not self.accept(")"):
            if arguments:
                self.separator(")")
            name = self.argument_name() if not arguments or names else None
            if name is not None:
                names.append(name)
            arguments.append(self.expression())
            if names and len(names) != len(arguments):
                self.fail("参数要么都写名称，要么都不写。", "Name all arguments or none.", pos)
        return Call(pos, function, tuple(arguments), tuple(names))


def _checked(parser: Parser, node: Node) -> Node:
    if height(node) > MAX_HEIGHT:
        raise FeelLimitError(
            f"表达式过长或嵌套过深（超过 {MAX_HEIGHT} 级）。",
            f"The expression is too long or too deeply nested (more than {MAX_HEIGHT} levels).",
            Position(parser.text, node.pos),
        )
    return node


def parse_expression(text: str, names: NameTable, members: NameTable) -> Node:
    """Read an expression.

    Raises:
        FeelError: the text is no expression; with its place.
    """
    parser = Parser(text, names, members)
    return _checked(parser, parser.whole_expression())


def parse_unary_tests(text: str, names: NameTable, members: NameTable) -> Tests:
    """Read the cell of a decision table.

    Raises:
        FeelError: the text is no list of unary tests; with its place.
    """
    parser = Parser(text, names, members)
    tests = parser.whole_tests()
    _checked(parser, tests)
    return tests


def member_table(members: Iterable[str] = ()) -> NameTable:
    """Index the names of members, those of temporal values and ranges included."""
    return name_table({*members, "time offset", "start included", "end included"})
