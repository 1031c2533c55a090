"""Values of fields that are hidden now: kept in the page, so that they come back with the field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine.forms.components import Component, Field
from engine.forms.layout import Container, DynamicList
from webui.forms.names import ROW_MARK, name_of_path
from webui.forms.nodes import HiddenInput

if TYPE_CHECKING:
    from engine.forms import Path, Situation


def kept_inputs(situation: Situation) -> Iterator[HiddenInput]:
    """Yield one hidden input per value of a hidden field; the server drops them at the end."""
    yield from _walk(situation, situation.form.components, (), situation.answers)


def _walk(
    situation: Situation, components: Sequence[Component], path: Path, answers: Any
) -> Iterator[HiddenInput]:
    for component in components:
        hidden = (path, component.id) in situation.hidden
        if isinstance(component, Field) and hidden:
            yield from _values((*path, component.key), _get(answers, component.key))
        elif isinstance(component, DynamicList):
            yield from _rows(situation, component, path, answers)
        elif isinstance(component, Container) and component.path:
            inner = (*path, component.path)
            within = _get(answers, component.path)
            yield from _walk(situation, component.components, inner, within)
        elif isinstance(component, Container):
            yield from _walk(situation, component.components, path, answers)


def _rows(
    situation: Situation, rows: DynamicList, path: Path, answers: Any
) -> Iterator[HiddenInput]:
    for number, row in enumerate(_get(answers, rows.path) or ()):
        inner: Path = (*path, rows.path, number)
        if (path, rows.id) in situation.hidden:
            yield HiddenInput(name=name_of_path((*inner, ROW_MARK)), value="1")
        yield from _walk(situation, rows.components, inner, row)


def _values(path: Path, value: Any) -> Iterator[HiddenInput]:
    values = value if isinstance(value, list | tuple) else [value]
    for one in values:
        if one is not None and one is not False and one != "":
            text = "true" if one is True else str(one)
            yield HiddenInput(name=name_of_path(path), value=text)


def _get(answers: Any, key: str) -> Any:
    return answers.get(key) if isinstance(answers, Mapping) else None
