"""The only place that reads literals, lists, contexts, ranges, conditions, loops and functions."""

from __future__ import annotations

import re
from abc import abstractmethod

from engine.feel.errors import NullResultError
from engine.feel.parser_types import TypeParser
from engine.feel.temporal_text import parse_temporal
from engine.feel.tree import (
    AtLiteral,
    ContextLiteral,
    For,
    FunctionLiteral,
    If,
    ListLiteral,
    Literal,
    Name,
    Node,
    Quantified,
    RangeLiteral,
    Steps,
    TypeName,
)

_CONSTANTS = {"true": True, "false": False, "null": None}
_COMPARATOR = re.compile(r"<=|>=|!=|<|>|=(?!=)")


class TermParser(TypeParser):
    """Reads what stands between the operators."""

    in_endpoint = False

    @abstractmethod
    def expression(self) -> Node:
        """Read any expression."""

    @abstractmethod
    def arithmetic(self, level: int = 0) -> Node:
        """Read an expression without comparisons and logic."""

    def primary(self) -> Node:
        """Read one operand.

        Raises:
            FeelError: none comes next.
        """
        self.skip()
        pos, sign = self.pos, self.text[self.pos : self.pos + 1]
        if sign == '"':
            return Literal(pos, self.string())
        if sign in "([]{@?":
            return self._bracketed(sign)
        number = self.number()
        if number is not None:
            return Literal(pos, number)
        word = self.peek_word()
        if word in _CONSTANTS:
            self.pos += len(word)
            return Literal(pos, _CONSTANTS[word])
        return self._worded(word)

    def _worded(self, word: str) -> Node:
        match word:
            case "if":
                return self._condition()
            case "for":
                return self._loop()
            case "some" | "every":
                return self._quantified(word)
            case "function":
                return self._function()
        pos = self.pos
        return Name(pos, self.name())

    def _bracketed(self, sign: str) -> Node:
        pos = self.pos
        match sign:
            case "(":
                return self._parenthesis()
            case "[":
                return self._list_or_range()
            case "{":
                return self._context()
            case "@":
                return self._at_literal()
            case "?":
                self.pos += 1
                return Name(pos, "?")
        if not sign:
            self.unexpected()
        self.pos += 1
        return self._range(pos, self.expression(), start_included=False)

    def _at_literal(self) -> AtLiteral:
        pos = self.pos
        self.pos += 1
        text = self.string()
        if text is None:
            self.unexpected('"')
        try:
            return AtLiteral(pos, text, parse_temporal(text))
        except NullResultError:
            return AtLiteral(pos, text, None)

    def _parenthesis(self) -> Node:
        pos = self.pos
        self.pos += 1
        test = self.operator_test()
        inner = test or self.expression()
        if test is None and self.at(".."):
            return self._range(pos, inner, start_included=False)
        self.expect(")")
        return inner

    def operator_test(self) -> RangeLiteral | None:
        """Read ``< 10`` and the like, or return None."""
        self.skip()
        pos = self.pos
        match = _COMPARATOR.match(self.text, pos)
        if match is None:
            return None
        self.pos = match.end()
        operator, end = match.group(), self.arithmetic()
        if operator in {"<", "<="}:
            return RangeLiteral(pos, None, end, False, operator == "<=", operator)
        if operator in {">", ">="}:
            return RangeLiteral(pos, end, None, operator == ">=", False, operator)
        return RangeLiteral(pos, end, end, True, True, operator)

    def _list_or_range(self) -> Node:
        pos = self.pos
        self.pos += 1
        items: list[Node] = []
        while not self.accept("]"):
            if items:
                self.separator("]")
            items.append(self.operator_test() or self.expression())
            if len(items) == 1 and self.at(".."):
                return self._range(pos, items[0], start_included=True)
        return ListLiteral(pos, tuple(items))

    def _range(self, pos: int, start: Node, *, start_included: bool) -> RangeLiteral:
        self.expect("..")
        self.in_endpoint = True
        end = self.arithmetic()
        self.in_endpoint = False
        if self.accept("]"):
            return RangeLiteral(pos, start, end, start_included, True)
        if not self.accept(")"):
            self.expect("[")
        return RangeLiteral(pos, start, end, start_included, False)

    def _context(self) -> ContextLiteral:
        pos, before = self.pos, self.names
        self.pos += 1
        entries: list[tuple[str, Node]] = []
        while not self.accept("}"):
            if entries:
                self.separator("}")
            self.skip()
            key = self.string()
            if key is None:
                key = self.key()
            self.expect(":")
            entries.append((key, self.expression()))
            self.declare(key)
            self.declare_member(key)
        self.names = before
        return ContextLiteral(pos, tuple(entries))

    def _condition(self) -> If:
        pos = self.pos
        self.expect_word("if")
        condition = self.expression()
        self.expect_word("then")
        then = self.expression()
        self.expect_word("else")
        return If(pos, condition, then, self.expression())

    def _iterations(self) -> tuple[tuple[str, Node], ...]:
        found: list[tuple[str, Node]] = []
        while not found or self.accept(","):
            name = self.loop_name()
            self.expect_word("in")
            domain = self.expression()
            if self.accept(".."):
                domain = Steps(domain.pos, domain, self.expression())
            found.append((name, domain))
            self.declare(name)
        return tuple(found)

    def _loop(self) -> For:
        pos, before = self.pos, self.names
        self.expect_word("for")
        iterations = self._iterations()
        self.expect_word("return")
        body = self.expression()
        self.names = before
        return For(pos, iterations, body)

    def _quantified(self, kind: str) -> Quantified:
        pos, before = self.pos, self.names
        self.expect_word(kind)
        iterations = self._iterations()
        self.expect_word("satisfies")
        body = self.expression()
        self.names = before
        return Quantified(pos, kind, iterations, body)

    def _function(self) -> FunctionLiteral:
        pos, before = self.pos, self.names
        self.expect_word("function")
        self.expect("(")
        parameters: list[tuple[str, TypeName | None]] = []
        while not self.accept(")"):
            if parameters:
                self.separator(")")
            name = self.key()
            parameters.append((name, self.type_name() if self.accept(":") else None))
            self.declare(name)
        external = self.accept_word("external")
        body = self.expression()
        self.names = before
        return FunctionLiteral(pos, tuple(parameters), body, external)
