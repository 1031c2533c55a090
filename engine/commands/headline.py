"""Title, business number and summary of a matter, computed as process.toml says."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine import feel
from engine.forms import read_stored

if TYPE_CHECKING:
    from engine.commands.matter import MatterTree
    from engine.commands.services import Services


def refresh_headline(tree: MatterTree, services: Services) -> None:
    """Recompute what lists show; null leaves title and number as they are."""
    info, root = tree.info, tree.root
    context = _facts(tree, services)
    title = (_text(info.title, context) or root.row.title)[:200]
    number = (_text(info.number, context) or root.row.number)[:60]
    summary = tuple((item.label, _text(item.value, context)) for item in info.summary)
    before = tuple(tuple(pair) for pair in root.row.summary)
    if (title, number, summary) != (root.row.title, root.row.number, before):
        root.change(title=title, number=number, summary=summary)


def _facts(tree: MatterTree, services: Services) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for form_id, answers in tree.answers.items():
        form = services.catalog.form(tree.binding.form(form_id))
        facts.update(read_stored(form, answers))
    facts.update(tree.root.interpreter.variables)
    return {name: feel.to_feel(value) for name, value in facts.items()}


def _text(expression: str, context: dict[str, Any]) -> str:
    """Evaluate to text; whole numbers without decimals, thousands grouped."""
    if not expression:
        return ""
    value = feel.compile_expression(expression, context).evaluate(context)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
    return str(value)
