"""What a form that nobody has filled in yet takes over from the matter."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine import feel
from engine.forms.layout import Container, DynamicList, name_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.forms.components import Component
    from engine.forms.form import Form


def prefilled_answers(form: Form, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the properties ``prefill`` as a person would have typed them.

    Args:
        form: the form.
        context: names for the expressions, e.g. the variables of the process.

    Raises:
        FeelError: an expression runs over one of the language's limits.
    """
    names = {name: feel.to_feel(value) for name, value in context.items()}
    return _values(form.components, names)


def _values(components: Sequence[Component], names: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for component in components:
        if component.prefill is not None:
            value = feel.from_feel(component.prefill.value(names))
            if value is not None:
                found[name_of(component)] = _typed(value)
        elif isinstance(component, Container) and not isinstance(component, DynamicList):
            inner = _values(component.components, names)
            found |= {component.path: inner} if component.path and inner else inner
    return found


def _typed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _typed(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_typed(one) for one in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if hasattr(value, "isoformat") else value
