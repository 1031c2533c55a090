"""What a browser sends back, as answers: by the form's own walk, never by guessing from names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from engine.forms.components import Checkbox, ChoiceField, ChoiceKind, Component, Field
from engine.forms.defaults import empty_row
from engine.forms.layout import Container, DynamicList
from webui.forms.names import ADD, DELETE, SEARCH, SEPARATOR, name_of_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.datastructures import MultiDict

    from engine.forms import Form, Path

    Data = MultiDict[str, str]

#: Row numbers above this are not read: no honest page has them.
_MAX_ROW_NUMBER: Final = 99_999
_MAX_SEARCH: Final = 100


def parse_submission(form: Form, data: Data) -> dict[str, Any]:
    """Return the answers of a submitted page, as typed; ``_add`` and ``_del`` are carried out.

    Every key of the form is present: text and numbers as typed (``""`` when blank), a radio that
    was not touched as ``None``, ticks as bool, a checklist as list. Fields that the page did not
    have (hidden ones) are blank too; what is read-only is set by the server later.
    """
    answers = _read(form.components, (), data)
    for name in data.getlist(ADD):
        _change(form, answers, name, _add)
    for name in data.getlist(DELETE):
        _change(form, answers, name, _delete)
    return answers


def searches_in(data: Mapping[str, str]) -> dict[str, str]:
    """Return what is searched for in fields with many choices: ``{field name: text}``."""
    return {
        name.removeprefix(SEARCH): text.strip()[:_MAX_SEARCH]
        for name, text in data.items()
        if name.startswith(SEARCH)
    }


def _read(components: Sequence[Component], path: Path, data: Data) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for component in components:
        if isinstance(component, Field):
            found[component.key] = _value(component, name_of_path((*path, component.key)), data)
        elif isinstance(component, DynamicList):
            found[component.path] = _rows(component, (*path, component.path), data)
        elif isinstance(component, Container) and component.path:
            found[component.path] = _read(component.components, (*path, component.path), data)
        elif isinstance(component, Container):
            found |= _read(component.components, path, data)
    return found


def _value(field: Field, name: str, data: Data) -> Any:
    if isinstance(field, Checkbox):
        return data.get(name) == "true"
    if isinstance(field, ChoiceField):
        if field.choice_kind is ChoiceKind.CHECKLIST:
            return [one for one in data.getlist(name) if one]
        return data.get(name) or None
    return data.get(name, "")


def _rows(rows: DynamicList, path: Path, data: Data) -> list[dict[str, Any]]:
    pattern = re.compile(re.escape(name_of_path(path)) + SEPARATOR + r"(\d{1,5})" + SEPARATOR)
    numbers = {int(match[1]) for name in data if (match := pattern.match(name))}
    return [
        _read(rows.components, (*path, number), data)
        for number in sorted(numbers)
        if number <= _MAX_ROW_NUMBER
    ]


def _change(form: Form, answers: dict[str, Any], name: str, change: Any) -> None:
    """Carry out a button's change at the list or row that ``name`` says; wrong names do nothing."""
    parts: list[str | int] = [int(one) if one.isdigit() else one for one in name.split(SEPARATOR)]
    component = form.component(".".join(str(part) for part in parts))
    if isinstance(component, DynamicList) and component.add_remove:
        target: Any = answers
        for part in parts[: len(parts) - isinstance(parts[-1], int)]:
            target = _step(target, part)
        if isinstance(target, list):
            change(component, target, parts[-1])


def _step(target: Any, part: str | int) -> Any:
    try:
        return target[part]
    except (KeyError, IndexError, TypeError):
        return None


def _add(component: DynamicList, rows: list[Any], _part: str | int) -> None:
    if len(rows) < component.maximum:
        rows.append(empty_row(component))


def _delete(_component: DynamicList, rows: list[Any], part: str | int) -> None:
    if isinstance(part, int) and part < len(rows):
        del rows[part]
