"""What stands in a form that was never filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine.forms.components import Component, Field
from engine.forms.layout import Container, DynamicList

if TYPE_CHECKING:
    from engine.forms.form import Form


def initial_answers(form: Form, answers: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return ``answers`` with form-js defaults and first rows where a key is missing.

    A key with ``None`` or an empty text was answered blank and stays so.
    """
    return _with_defaults(form.components, answers or {})


def empty_row(rows: DynamicList) -> dict[str, Any]:
    """Return a new row of a list with its defaults."""
    return _with_defaults(rows.components, {})


def _with_defaults(components: Sequence[Component], answers: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(answers)
    for component in components:
        if isinstance(component, Field):
            if component.default is not None:
                found.setdefault(component.key, component.default)
        elif isinstance(component, DynamicList):
            rows = found.get(component.path)
            given = rows if isinstance(rows, list | tuple) else [{}] * component.first_rows
            found[component.path] = [
                _with_defaults(component.components, row if isinstance(row, Mapping) else {})
                for row in given
            ]
        elif isinstance(component, Container):
            found |= _group(component, found)
    return found


def _group(group: Container, found: Mapping[str, Any]) -> dict[str, Any]:
    if not group.path:
        return _with_defaults(group.components, found)
    inner = found.get(group.path)
    return {
        group.path: _with_defaults(group.components, inner if isinstance(inner, Mapping) else {})
    }
