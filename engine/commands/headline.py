"""Title, business number and summary of a matter, computed as process.toml says."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine import feel
from engine.feel.office import OFFICE
from engine.forms import read_stored

if TYPE_CHECKING:
    from engine.commands.matter import MatterTree
    from engine.commands.services import Services


def refresh_headline(tree: MatterTree, services: Services) -> bool:
    """Recompute what lists show; null leaves title and number as they are.

    Without a new document only what the variables alone decide can have changed: the documents
    are not read, and an expression that names anything else is left as it was.

    Returns:
        Whether the title or the number has changed.
    """
    info, root = tree.info, tree.root
    facts = _Facts(tree, services)
    title = (facts.text(info.title) or root.row.title)[:200]
    number = (facts.text(info.number) or root.row.number)[:60]
    renamed = (title, number) != (root.row.title, root.row.number)
    before = tuple(tuple(pair) for pair in root.row.summary)
    summary = before
    if tree.has_new_document:
        summary = tuple((item.label, facts.text(item.value)) for item in info.summary)
    if renamed or summary != before:
        root.change(title=title, number=number, summary=summary)
    return renamed


class _Facts:
    """Evaluates the expressions of process.toml over documents and variables."""

    def __init__(self, tree: MatterTree, services: Services) -> None:
        known: dict[str, Any] = {}
        if tree.has_new_document:
            for form_id, answers in tree.answers.items():
                form = services.catalog.form(tree.binding.form(form_id))
                known.update(read_stored(form, answers))
        if tree.root.is_loaded:
            known.update(tree.root.interpreter.variables)
        self._known = {name: feel.to_feel(value) for name, value in known.items()}
        self._is_whole = tree.has_new_document

    def text(self, expression: str) -> str:
        """Evaluate to text, ``""`` for null or unknown; whole numbers without decimals, grouped."""
        if not expression:
            return ""
        compiled = feel.compile_expression(expression, self._known, OFFICE)
        if not self._is_whole and not compiled.names <= self._known.keys():
            return ""
        value = compiled.evaluate(self._known)
        if value is None:
            return ""
        if isinstance(value, Decimal):
            return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
        return str(value)
