"""A stored version of a form to read and to print: what was answered, nothing to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine.forms import dotted, stored_text
from engine.forms.choices import files_key
from engine.forms.components import (
    Component,
    ExpressionField,
    FileField,
    Keyed,
    NumberField,
)
from engine.forms.layout import Container, DynamicList, Group
from webui.forms.files import file_nodes
from webui.forms.grid import grid_rows
from webui.forms.names import name_of_path
from webui.forms.nodes import FileNode, GroupNode, Node, Page, Row, TableNode, ValueNode

if TYPE_CHECKING:
    from engine.forms import Form, Path
    from webui.forms.state import Surroundings


def document_page(form: Form, answers: Mapping[str, Any], around: Surroundings) -> Page:
    """Return the document; only what was stored is shown, so hidden fields stay hidden.

    Uses ``attachments``, ``language`` and ``attachment_url`` of ``around``.
    """
    return Page(rows=_Reader(around, 0).rows(form.components, answers, ()))


@dataclass(frozen=True)
class _Reader:
    around: Surroundings
    level: int

    def rows(
        self, components: Sequence[Component], answers: Mapping[str, Any], path: Path
    ) -> tuple[Row, ...]:
        """Return the rows of what is answered in one scope."""
        shown = [one for one in components if _is_shown(one, answers)]
        found = []
        for row in grid_rows(shown):
            nodes = [self._node(one, answers, path, columns) for one, columns in row]
            found.append(tuple(node for node in nodes if node is not None))
        return tuple(row for row in found if row)

    def _node(
        self, component: Component, answers: Mapping[str, Any], path: Path, columns: int
    ) -> Node | None:
        if isinstance(component, Keyed):
            node: Node | None = self._value(component, answers, path)
        elif isinstance(component, DynamicList):
            node = self._table(component, answers.get(component.path), path)
        elif isinstance(component, Group):
            node = self._group(component, answers, path)
        else:
            node = None
        return None if node is None else replace(node, columns=columns)

    def _value(self, field: Keyed, answers: Mapping[str, Any], path: Path) -> ValueNode:
        return ValueNode(
            label=field.label,
            value=stored_text(field, answers, self.around.language),
            files=self._files(field, path),
        )

    def _files(self, field: Keyed, path: Path) -> tuple[FileNode, ...]:
        if not isinstance(field, FileField):
            return ()
        name = dotted((*path, field.key))
        own = [one for one in self.around.attachments if one.field == name]
        return file_nodes(own, self.around.attachment_url)

    def _group(self, group: Group, answers: Mapping[str, Any], path: Path) -> Node | None:
        inner, where = answers, path
        if group.path:
            found = answers.get(group.path)
            inner, where = (found if isinstance(found, Mapping) else {}), (*path, group.path)
        rows = replace(self, level=self.level + 1).rows(group.components, inner, where)
        if not rows:
            return None
        return GroupNode(
            id=f"d-{name_of_path((*path, group.path or group.id))}",
            label=group.label,
            help="",
            outline=group.outline,
            level=self.level,
            rows=rows,
        )

    def _table(self, rows: DynamicList, stored: Any, path: Path) -> TableNode:
        fields = list(_columns(rows.components))
        answered = [one for one in stored or () if isinstance(one, Mapping)]
        cells = [
            [self._cell(field, row, (*path, rows.path, number)) for field in fields]
            for number, row in enumerate(answered)
        ]
        return TableNode(label=rows.label, headings=[field.label for field in fields], cells=cells)

    def _cell(self, field: Keyed, row: Mapping[str, Any], path: Path) -> tuple[str, bool]:
        files = self._files(field, path)
        text = "、".join(one.name for one in files) or stored_text(field, row, self.around.language)
        return text, is_number(field)


def _is_shown(component: Component, answers: Mapping[str, Any]) -> bool:
    if isinstance(component, FileField):
        return component.hide is None or files_key(component.key) in answers
    if isinstance(component, ExpressionField):
        return bool(component.label) and component.key in answers
    if isinstance(component, Keyed):
        return component.key in answers
    if isinstance(component, Container) and component.path:
        return component.path in answers
    return isinstance(component, Container)


def is_number(field: Keyed) -> bool:
    """Whether a field's values stand flush right under each other."""
    return isinstance(field, NumberField) or (isinstance(field, ExpressionField) and field.money)


def _columns(components: Sequence[Component]) -> list[Keyed]:
    found: list[Keyed] = []
    for component in components:
        if isinstance(component, Keyed) and component.label:
            found.append(component)
        elif isinstance(component, Group) and not component.path:
            found += _columns(component.components)
    return found
