"""FEEL texts of a model as code; the only module that compiles FEEL.

A text that cannot be read is an error of the model (the log says where) and is null when the
model is evaluated all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import feel
from engine.dmn.boxed import LiteralExpression, Place
from engine.dmn.cells import constant
from engine.dmn.run import Scope
from engine.feel import tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.dmn.findings import FindingLog
    from engine.feel.types import TypeOrTest

#: What every expression of a model becomes.
Code = Callable[[Scope], object]


@dataclass(frozen=True)
class CompiledText:
    """One FEEL text of the model, kept for the checks.

    Attributes:
        place: where it stands.
        compiled: expression or unary tests.
        names: what it sees.
        closed: there are no other names when it is evaluated.
    """

    place: Place
    compiled: feel.Expression | feel.UnaryTests
    names: frozenset[str]
    closed: bool


class FormulaReader:
    """Compiles the FEEL texts of one model."""

    def __init__(self, log: FindingLog, library: feel.FunctionLibrary | None = None) -> None:
        """Report unreadable texts to ``log``; ``library`` has the functions that may be used."""
        self._log = log
        self._library = library
        self.texts: list[CompiledText] = []
        #: Entry names that paths use after a dot, and the model's types for ``instance of``.
        self.members: frozenset[str] = frozenset()
        self.types: Mapping[str, TypeOrTest] = {}

    def code(
        self, literal: LiteralExpression, names: frozenset[str], *, closed: bool = False
    ) -> Code:
        """Return code for an expression; an empty text is null.

        ``closed`` says that there are no other names than ``names`` when it is evaluated.
        """
        if not literal.text:
            return null
        if not self._speaks_feel(literal):
            return _unreadable(literal.place)
        try:
            expression = feel.compile_expression(
                literal.text, names, self._library, members=self.members, types=self.types
            )
        except feel.FeelError as error:
            self._refuse(literal, error)
            return _unreadable(literal.place)
        self.texts.append(CompiledText(literal.place, expression, names, closed))
        element_id = literal.place.id

        def run(scope: Scope) -> object:
            evaluation = expression.run(scope.values, trusted=True)
            if evaluation.warnings:
                scope.run.take(element_id, evaluation.warnings)
            return evaluation.value

        return run

    def tests(
        self, literal: LiteralExpression, names: frozenset[str], *, closed: bool = False
    ) -> feel.UnaryTests | None:
        """Return the tests of a condition cell, ``None`` when they cannot be read."""
        if not self._speaks_feel(literal):
            return None
        try:
            tests = feel.compile_unary_tests(
                literal.text or "-",
                names,
                self._library,
                members=self.members,
                types=self.types,
            )
        except feel.FeelError as error:
            self._refuse(literal, error)
            return None
        self.texts.append(CompiledText(literal.place, tests, names, closed))
        return tests

    def analyse(self, text: CompiledText) -> list[feel.FeelFinding]:
        """Return what FEEL has to say about one text of the model."""
        return feel.analyse(text.compiled, text.names, self._library, members=self.members)

    def constant_tests(self, literal: LiteralExpression) -> Callable[[object], bool]:
        """Return allowed values as a question that needs no other names."""
        tests = self.tests(literal, frozenset(), closed=True)
        if tests is None:
            return _accept
        return lambda value: tests.matches_trusted(value, {}) is True

    def constants(self, literal: LiteralExpression) -> list[object]:
        """Return the values of a plain enumeration of constants, in their order; else ``[]``.

        Nothing is evaluated, so that looking at a model costs the same whatever it computes.
        """
        try:
            items = feel.compile_expression(f"[{literal.text}]", (), self._library).tree
        except feel.FeelError:
            return []
        if not isinstance(items, tree.ListLiteral):
            return []
        found = [constant(item) for item in items.items]
        return [value for _, value in found] if all(known for known, _ in found) else []

    def _speaks_feel(self, literal: LiteralExpression) -> bool:
        if not literal.language or "feel" in literal.language.lower():
            return True
        self._log.refuse(
            "expression-language",
            literal.place,
            f"表达式语言“{literal.language}”不受支持，请改用 FEEL。",
            f"Expression language {literal.language!r} is not supported; use FEEL.",
        )
        return False

    def _refuse(self, literal: LiteralExpression, error: feel.FeelError) -> None:
        place = literal.place
        self._log.refuse(
            "feel",
            Place(id=place.id, line=place.line + error.line - 1),
            f"表达式“{shortened(literal.text)}”：{error.message_zh}",
            f"Expression {shortened(literal.text)!r}: {error.message_en}",
        )


def shortened(text: str) -> str:
    """Return ``text`` short enough for a sentence."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 60 else one_line[:57] + "…"


def null(_scope: Scope) -> object:
    """Return null: nothing was written."""
    return None


def _accept(_value: object) -> bool:
    return True


def _unreadable(place: Place) -> Code:
    def run(scope: Scope) -> object:
        scope.run.warn(
            place.id,
            "表达式无法读取，结果为空。",
            "The expression cannot be read; the result is null.",
        )
        return None

    return run
