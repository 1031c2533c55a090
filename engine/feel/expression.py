"""The only place that compiles and runs expressions; compiled ones are kept by text and names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from engine.feel import emit_calls, emit_loops, emit_operators, emit_terms, emit_tests
from engine.feel.characters import normalise_name
from engine.feel.compiling import Compiler
from engine.feel.conversion import to_feel
from engine.feel.emit_tests import Test, compile_tests
from engine.feel.errors import FeelError, FeelLimitError, FeelWarning, LimitReachedError, Position
from engine.feel.free_names import free_names, mentioned_names
from engine.feel.parser import member_table, parse_expression, parse_unary_tests
from engine.feel.scanner import NameTable, name_table
from engine.feel.scope import Code, Run, Scope, current_run, limit_error
from engine.feel.standard import STANDARD
from engine.feel.tree import Node, Tests
from engine.feel.types import TypeOrTest, Types
from engine.feel.values import ATOMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.feel.library import FunctionLibrary

_EMITTERS = {
    **emit_terms.EMITTERS,
    **emit_operators.EMITTERS,
    **emit_tests.EMITTERS,
    **emit_loops.EMITTERS,
    **emit_calls.EMITTERS,
}
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Evaluation(Generic[Value]):
    """What an evaluation found.

    Attributes:
        value: a FEEL value.
        warnings: why parts of it became null, in the order of evaluation.
    """

    value: Value
    warnings: tuple[FeelWarning, ...]


class _Compiled:
    """What expressions and unary tests have in common.

    Attributes:
        text: as it was given.
        tree: the syntax tree.
        names: the caller's variables that are used.
    """

    def __init__(self, text: str, tree: Node, names: frozenset[str], mentioned: frozenset[str]):
        self.text = text
        self.tree = tree
        self.names = names
        self._mentioned = tuple(mentioned)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"

    def _variables(self, context: Mapping[str, object]) -> dict[str, object]:
        """Return the FEEL values of the variables that may be used."""
        found: dict[str, object] = {}
        for name in self._mentioned:
            if name in context:
                value = context[name]
                found[name] = value if type(value) in ATOMS else to_feel(value)
        return found

    def _stopped(self, error: Exception) -> FeelError:
        where = Position(self.text, 0)
        if isinstance(error, LimitReachedError):
            return limit_error(error, where)
        return FeelLimitError("嵌套过深。", "Nested too deeply.", where)


class Expression(_Compiled):
    """A compiled expression; may be used by several threads."""

    def __init__(
        self, text: str, tree: Node, names: frozenset[str], mentioned: frozenset[str], code: Code
    ) -> None:
        """Keep the tree and its closure; made by ``compile_expression``."""
        super().__init__(text, tree, names, mentioned)
        self._code = code

    def evaluate(self, context: Mapping[str, object]) -> object:
        """Return the FEEL value of the expression, None for null.

        Args:
            context: variables by name, Python or FEEL values.

        Raises:
            FeelLimitError: the evaluation was stopped.
        """
        return self._value(self._variables(context), current_run.get() or Run())

    def evaluate_trusted(self, context: Mapping[str, object]) -> object:
        """Like ``evaluate`` for a context that holds FEEL values only, deeply.

        Raises:
            FeelLimitError: the evaluation was stopped.
        """
        return self._value(context, current_run.get() or Run())

    def run(self, context: Mapping[str, object], *, trusted: bool = False) -> Evaluation[object]:
        """Return the value and the warnings.

        Args:
            context: variables by name, Python or FEEL values.
            trusted: the context holds FEEL values only, deeply.

        Raises:
            FeelLimitError: the evaluation was stopped.
        """
        outer = current_run.get()
        run = outer or Run()
        before = len(run.warnings)
        value = self._value(context if trusted else self._variables(context), run)
        return Evaluation(value, tuple(run.warnings[before:]))

    def _value(self, variables: Mapping[str, object], run: Run) -> object:
        try:
            return self._code(Scope(variables, run))
        except (RecursionError, LimitReachedError) as error:
            raise self._stopped(error) from None


class UnaryTests(_Compiled):
    """The compiled cell of a decision table."""

    def __init__(
        self, text: str, tree: Tests, names: frozenset[str], mentioned: frozenset[str], test: Test
    ) -> None:
        """Keep the tree and its closure; made by ``compile_unary_tests``."""
        super().__init__(text, tree, names, mentioned)
        self._test = test

    @property
    def matches_all(self) -> bool:
        """Whether the cell is ``-``."""
        return isinstance(self.tree, Tests) and not self.tree.tests

    def matches(self, value: object, context: Mapping[str, object]) -> bool | None:
        """Tell whether the tests accept ``value``; None when they cannot tell.

        Raises:
            FeelLimitError: the evaluation was stopped.
        """
        tested = value if type(value) in ATOMS else to_feel(value)
        return self._result(tested, self._variables(context), current_run.get() or Run())

    def matches_trusted(self, value: object, context: Mapping[str, object]) -> bool | None:
        """Like ``matches`` for FEEL values only.

        Raises:
            FeelLimitError: the evaluation was stopped.
        """
        return self._result(value, context, current_run.get() or Run())

    def run(
        self, value: object, context: Mapping[str, object], *, trusted: bool = False
    ) -> Evaluation[bool | None]:
        """Return the result and the warnings.

        Raises:
            FeelLimitError: the evaluation was stopped.
        """
        run = current_run.get() or Run()
        before = len(run.warnings)
        tested = value if trusted else to_feel(value)
        variables = context if trusted else self._variables(context)
        result = self._result(tested, variables, run)
        return Evaluation(result, tuple(run.warnings[before:]))

    def _result(self, value: object, variables: Mapping[str, object], run: Run) -> bool | None:
        try:
            return self._test(Scope(variables, run), value)
        except (RecursionError, LimitReachedError) as error:
            raise self._stopped(error) from None


_NO_TYPES: Types = {}
#: Characters of the longest text that is kept; a compiled long one takes megabytes.
_CACHED_TEXT = 1_000
_Frozen = tuple[tuple[str, TypeOrTest], ...]


def _tables(
    names: frozenset[str], members: frozenset[str], library: FunctionLibrary
) -> tuple[NameTable, NameTable]:
    table = dict(library.table)
    for first, group in name_table(names).items():
        table[first] = tuple(sorted({*table.get(first, ()), *group}, key=len, reverse=True))
    return table, member_table(members) if members else _MEMBERS


_MEMBERS = member_table()


@lru_cache(maxsize=512)
def _cached_tables(
    names: frozenset[str], members: frozenset[str], library: FunctionLibrary
) -> tuple[NameTable, NameTable]:
    return _tables(names, members, library)


@lru_cache(maxsize=4096)
def _expression(
    text: str,
    names: frozenset[str],
    members: frozenset[str],
    library: FunctionLibrary,
    types: _Frozen,
) -> Expression:
    try:
        tree = parse_expression(text, *_cached_tables(names, members, library))
        compiler = Compiler(text, library, dict(types), _EMITTERS, names)
        code = compiler.compile(tree)
    except RecursionError:
        raise _too_deep(text) from None
    return Expression(text, tree, free_names(tree, library, names), mentioned_names(tree), code)


@lru_cache(maxsize=4096)
def _unary_tests(
    text: str,
    names: frozenset[str],
    members: frozenset[str],
    library: FunctionLibrary,
    types: _Frozen,
) -> UnaryTests:
    try:
        tree = parse_unary_tests(text, *_cached_tables(names, members, library))
        test = compile_tests(tree, Compiler(text, library, dict(types), _EMITTERS, names))
    except RecursionError:
        raise _too_deep(text) from None
    return UnaryTests(text, tree, free_names(tree, library, names), mentioned_names(tree), test)


def _too_deep(text: str) -> FeelLimitError:
    return FeelLimitError("嵌套过深。", "Nested too deeply.", Position(text, 0))


def _names(names: Iterable[str]) -> frozenset[str]:
    return names if isinstance(names, frozenset) else frozenset(map(normalise_name, names))


def compile_expression(
    text: str,
    names: Iterable[str] = (),
    library: FunctionLibrary | None = None,
    *,
    members: Iterable[str] = (),
    types: Mapping[str, TypeOrTest] = _NO_TYPES,
) -> Expression:
    """Parse and compile an expression, or return the one that was compiled before.

    Args:
        text: without a leading ``=``.
        names: the variables; needed to read names with signs such as ``a-b``.
        library: functions; the standard ones by default.
        members: names of contexts' members with signs.
        types: own types by name for ``instance of`` and typed parameters, as parsed types or
            as tests of a value.

    Raises:
        FeelError: the text is no expression; with line and column.
    """
    read = _expression if len(text) <= _CACHED_TEXT else _expression.__wrapped__
    return read(text, _names(names), _names(members), library or STANDARD, tuple(types.items()))


def compile_unary_tests(
    text: str,
    names: Iterable[str] = (),
    library: FunctionLibrary | None = None,
    *,
    members: Iterable[str] = (),
    types: Mapping[str, TypeOrTest] = _NO_TYPES,
) -> UnaryTests:
    """Parse and compile the cell of a decision table; ``?`` is the tested value.

    Raises:
        FeelError: the text is no list of unary tests; with line and column.
    """
    read = _unary_tests if len(text) <= _CACHED_TEXT else _unary_tests.__wrapped__
    return read(text, _names(names), _names(members), library or STANDARD, tuple(types.items()))
