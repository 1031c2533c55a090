"""The only place where the interpreter evaluates FEEL; never Python, whatever a model says."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from engine.bpmn.errors import ExpressionError
from engine.feel import FeelError, compile_expression, from_feel, to_feel
from engine.feel.office import OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from engine.feel import Expression


_known_names: ContextVar[tuple[str, ...]] = ContextVar("known_names", default=())


@contextmanager
def names_known(names: tuple[str, ...]) -> Iterator[None]:
    """Let expressions made inside know variables with spaces or signs in their names."""
    token = _known_names.set(names)
    try:
        yield
    finally:
        _known_names.reset(token)


class FeelText:
    """One expression of a model, compiled at its first use.

    Attributes:
        text: FEEL without the leading ``=``.
        element_id: where it stands, for errors.
    """

    def __init__(self, text: str, element_id: str) -> None:
        """Keep the text and the names that are known while the model is compiled."""
        self.text = text
        self.element_id = element_id
        self._names = _known_names.get()

    @cached_property
    def _compiled(self) -> Expression:
        return compile_expression(self.text, self._names, OFFICE)

    @cached_property
    def names(self) -> frozenset[str]:
        """The variables it reads."""
        return self._compiled.names

    def value(self, variables: Mapping[str, Any]) -> Any:
        """Return the plain Python value over ``variables``.

        Raises:
            ExpressionError: it cannot be read or was stopped.
        """
        try:
            context = {name: to_feel(variables[name]) for name in self.names if name in variables}
            return _with_whole_numbers(from_feel(self._compiled.evaluate(context)))
        except FeelError as error:
            raise ExpressionError(
                self.element_id,
                f"环节“{self.element_id}”的表达式“{self.text}”无法计算：{error.message_zh}",
                f"The expression {self.text!r} of {self.element_id} failed: {error.message_en}",
            ) from error

    def is_true(self, variables: Mapping[str, Any]) -> bool:
        """Return whether it is exactly ``true``; null and other values count as false."""
        return self.value(variables) is True


def _with_whole_numbers(value: Any) -> Any:
    """Return a number without decimals as ``int``; ``1.00`` stays the Decimal that it is."""
    if isinstance(value, Decimal):
        return int(value) if value.as_tuple().exponent == 0 else value
    if isinstance(value, list):
        return [_with_whole_numbers(part) for part in value]
    if isinstance(value, dict):
        return {key: _with_whole_numbers(part) for key, part in value.items()}
    return value


class Literal:
    """A text of the model that is no expression."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self.text = text

    def value(self, _variables: Mapping[str, Any]) -> Any:
        """Return the text; ``""`` is ``None``."""
        return self.text or None


def value_of(text: str, element_id: str) -> FeelText | Literal:
    """Return how to evaluate ``text``: FEEL when it begins with ``=``, else itself."""
    if text.startswith("="):
        return FeelText(text[1:].strip(), element_id)
    return Literal(text)


def syntax_error(text: str, names: Iterable[str] = ()) -> FeelError | None:
    """Return why ``text`` (without ``=``) is no FEEL expression, ``None`` when it is one."""
    try:
        compile_expression(text, names, OFFICE)
    except FeelError as error:
        return error
    return None
