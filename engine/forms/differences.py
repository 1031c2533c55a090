"""What changed between two stored versions of a form's answers, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.forms.components import Component, ExpressionField, Field, Keyed
from engine.forms.display import row_text, stored_text
from engine.forms.layout import Container, DynamicList

if TYPE_CHECKING:
    from engine.forms.form import Form


class Difference(NamedTuple):
    """One changed answer.

    Attributes:
        path: ``items.0.unit_price``; the row number is the new version's, for a deleted row the
            old one's.
        label: the labels from outside in, with 1-based rows: ``采购明细 1 / 单价``.
        old: how the old answer reads, ``""`` for none.
        new: how the new answer reads, ``""`` for none.
    """

    path: str
    label: str
    old: str
    new: str


def differences(
    form: Form, old: Mapping[str, Any], new: Mapping[str, Any], language: str = "zh"
) -> list[Difference]:
    """Return what changed from ``old`` to ``new`` (both stored JSON), in the order of the form.

    Rows are matched by content first, so that deleting the first of three rows is one difference
    and not three.
    """
    return list(_compare(form.components, old, new, _Here("", "", language)))


class _Here(NamedTuple):
    path: str
    label: str
    language: str

    def inner(self, name: str | int, label: str) -> _Here:
        """Return the place one level further in; an empty label adds nothing."""
        path = f"{self.path}.{name}" if self.path else str(name)
        both = f"{self.label} / {label}" if self.label and label else self.label or label
        return _Here(path, both, self.language)


def _compare(
    components: Sequence[Component], old: Any, new: Any, here: _Here
) -> Iterator[Difference]:
    for component in components:
        if isinstance(component, Field | ExpressionField):
            yield from _field(component, old, new, here)
        elif isinstance(component, DynamicList):
            rows = [_rows(_get(one, component.path)) for one in (old, new)]
            yield from _lists(component, rows[0], rows[1], here)
        elif isinstance(component, Container) and component.path:
            inner = here.inner(component.path, component.label)
            pair = _get(old, component.path), _get(new, component.path)
            yield from _compare(component.components, *pair, inner)
        elif isinstance(component, Container):
            yield from _compare(component.components, old, new, here)


def _field(field: Keyed, old: Any, new: Any, here: _Here) -> Iterator[Difference]:
    if _get(old, field.key) == _get(new, field.key):
        return
    place = here.inner(field.key, field.label or field.key)
    texts = [stored_text(field, one, here.language) for one in (old, new)]
    if texts[0] != texts[1]:
        yield Difference(place.path, place.label, texts[0], texts[1])


def _lists(rows: DynamicList, old: list[Any], new: list[Any], here: _Here) -> Iterator[Difference]:
    matcher = SequenceMatcher(None, _keys(old), _keys(new), autojunk=False)
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        paired = min(old_end - old_start, new_end - new_start)
        for step in range(paired):
            place = _row(rows, new_start + step, here)
            pair = old[old_start + step], new[new_start + step]
            yield from _compare(rows.components, *pair, place)
        for number in range(old_start + paired, old_end):
            place = _row(rows, number, here)
            yield Difference(place.path, place.label, row_text(old[number]), "")
        for number in range(new_start + paired, new_end):
            place = _row(rows, number, here)
            yield Difference(place.path, place.label, "", row_text(new[number]))


def _row(rows: DynamicList, number: int, here: _Here) -> _Here:
    outer = here.inner(rows.path, f"{rows.label} {number + 1}")
    return _Here(f"{outer.path}.{number}", outer.label, here.language)


def _keys(rows: list[Any]) -> list[str]:
    return [json.dumps(row, ensure_ascii=False, sort_keys=True, default=str) for row in rows]


def _rows(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def _get(answers: Any, key: str) -> Any:
    return answers.get(key) if isinstance(answers, Mapping) else None
