"""Short ways to evaluate an expression in tests."""

from __future__ import annotations

from engine.feel import FeelWarning, compile_expression, feel_repr


def result(text: str, **context: object) -> str:
    """Return the canonical literal of the value."""
    return feel_repr(compile_expression(text, context).evaluate(context))


def warnings_of(text: str, **context: object) -> tuple[FeelWarning, ...]:
    """Return the warnings of an evaluation."""
    return compile_expression(text, context).run(context).warnings


def cases(table: str) -> list[tuple[str, str]]:
    """Read lines ``expression  ==>  canonical literal``."""
    rows = (line.split("  ==>  ") for line in table.strip().splitlines() if line.strip())
    return [(expression.strip(), expected.strip()) for expression, expected in rows]
