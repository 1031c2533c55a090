"""The only place in forms that compiles FEEL: formulas and texts with ``{{ }}``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine import feel
from engine.feel.office import OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BRACES = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)

#: What every expression of a form may name besides the form's own keys (form-js ``this``,
#: ``parent`` and ``i``: the row, what surrounds it, its 1-based position).
SPECIAL_NAMES = frozenset({"this", "parent", "i", "_this_", "_parent_", "_i_", "today"})


@dataclass(frozen=True)
class Formula:
    """A FEEL expression of a form, compiled once.

    Attributes:
        text: as typed by the analyst, without the leading ``=``.
        expression: the compiled expression.
    """

    text: str
    expression: feel.Expression = field(repr=False, compare=False)

    def value(self, scope: Mapping[str, object]) -> object:
        """Evaluate to a FEEL value, ``None`` for null.

        Raises:
            FeelError: the expression runs over one of the language's limits.
        """
        return self.expression.evaluate(scope)

    def holds(self, scope: Mapping[str, object]) -> bool:
        """Whether the value is exactly ``true``; null and other types are not."""
        return self.value(scope) is True


@dataclass(frozen=True)
class Template:
    """A text with ``{{ FEEL }}`` inside; the values are put in as plain text, never as markup.

    Attributes:
        text: as typed by the analyst.
        parts: literal pieces and formulas in turn.
    """

    text: str
    parts: tuple[str | Formula, ...]

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """The formulas in the order of the text."""
        return tuple(part for part in self.parts if isinstance(part, Formula))

    def render(self, scope: Mapping[str, object]) -> str:
        """Return the text with every formula replaced by its value; null becomes nothing."""
        return "".join(
            part if isinstance(part, str) else plain_text(part.value(scope)) for part in self.parts
        )


def compile_formula(text: str, names: Iterable[str]) -> Formula:
    """Compile ``text``, with or without the leading ``=``.

    Raises:
        FeelError: the text is not FEEL; carries line and column.
    """
    source = text.strip().removeprefix("=").strip()
    return Formula(source, feel.compile_expression(source, names, OFFICE))


def compile_template(text: str, names: Iterable[str]) -> Template:
    """Compile a text; one that starts with ``=`` is a single formula as in form-js.

    Raises:
        FeelError: a formula in it is not FEEL.
        ValueError: it uses ``{{#if}}``, ``{{#loop}}`` or an unclosed ``{{``.
    """
    known = tuple(names)
    if text.lstrip().startswith("="):
        return Template(text, (compile_formula(text, known),))
    parts: list[str | Formula] = []
    end = 0
    for match in _BRACES.finditer(text):
        inside = match[1].strip()
        if inside[:1] in {"#", "/"}:
            message = f"{{{{{inside}}}}}"
            raise ValueError(message)
        parts += [text[end : match.start()], compile_formula(inside, known)]
        end = match.end()
    rest = text[end:]
    if "{{" in rest:
        raise ValueError("{{")
    return Template(text, tuple(part for part in [*parts, rest] if part != ""))


def plain_text(value: Any) -> str:
    """Return a FEEL value as a reader writes it: no quotes around strings, null is empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(plain_text(one) for one in value)
    plain = feel.from_feel(value)
    return str(plain.isoformat()) if hasattr(plain, "isoformat") else feel.feel_repr(value)
