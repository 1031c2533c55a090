"""From a worked-out form to rows of nodes: groups, lists, texts, tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine import feel
from engine.forms.components import Component, Keyed
from engine.forms.expressions import plain_text
from engine.forms.layout import Container, DynamicList, Group, Separator, Spacer, Table, TextBlock
from webui.forms.fields import FieldBuilder
from webui.forms.grid import grid_rows
from webui.forms.names import element_id, name_of_path
from webui.forms.nodes import (
    GroupNode,
    LineNode,
    ListNode,
    ListRowNode,
    Node,
    Row,
    TableNode,
    TextNode,
)
from webui.forms.rich_text import blocks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.forms import Scope, Situation
    from webui.forms.state import Surroundings


def rows_of(situation: Situation, around: Surroundings) -> tuple[Row, ...]:
    """Return the rows of the whole form."""
    builder = _Builder(situation, FieldBuilder(situation, around), 0)
    return builder.rows(situation.form.components, situation.root)


@dataclass(frozen=True)
class _Builder:
    situation: Situation
    fields: FieldBuilder
    level: int

    def rows(self, components: Sequence[Component], scope: Scope) -> tuple[Row, ...]:
        """Return the rows of what is shown in ``scope``."""
        shown = list(self.situation.visible(components, scope))
        found = []
        for row in grid_rows(shown):
            nodes = [self._node(component, scope, columns) for component, columns in row]
            found.append(tuple(node for node in nodes if node is not None))
        return tuple(row for row in found if row)

    def _node(self, component: Component, scope: Scope, columns: int) -> Node | None:
        if isinstance(component, Keyed):
            node: Node | None = self.fields.node(component, scope)
        elif isinstance(component, DynamicList):
            node = self._list(component, scope)
        elif isinstance(component, Group):
            node = self._group(component, scope)
        else:
            node = _plain(component, scope)
        return None if node is None else replace(node, columns=columns)

    def _group(self, group: Group, scope: Scope) -> Node | None:
        deeper = replace(self, level=self.level + 1)
        inner = self.situation.inside(group, scope)
        rows = deeper.rows(group.components, inner)
        if not rows:
            return None
        return GroupNode(
            id=element_id(scope.at(group.path or group.id)),
            label=group.label,
            help=_help(group, scope),
            outline=group.outline,
            level=self.level,
            rows=rows,
        )

    def _list(self, rows: DynamicList, scope: Scope) -> Node:
        deeper = replace(self, level=self.level + 1)
        scopes = self.situation.rows(rows, scope)
        path = scope.at(rows.path)
        items = tuple(
            ListRowNode(
                name=name_of_path(row.path), number=number, rows=deeper.rows(rows.components, row)
            )
            for number, row in enumerate(scopes, start=1)
        )
        return ListNode(
            id=element_id(path),
            name=name_of_path(path),
            label=rows.label,
            help=_help(rows, scope),
            required=rows.minimum > 0,
            items=items,
            can_add=rows.add_remove and len(items) < rows.maximum,
            can_delete=rows.add_remove,
            errors=self.fields.errors(path),
        )


def _help(container: Container, scope: Scope) -> str:
    template = container.description
    return template.render(scope.names()) if template is not None else ""


def _plain(component: Component, scope: Scope) -> Node | None:
    if isinstance(component, TextBlock):
        return TextNode(blocks=blocks_of(component.template, scope.names()))
    if isinstance(component, Table):
        return _table(component, scope)
    if isinstance(component, Spacer):
        return LineNode(space=max(1, min(5, component.height // 30)))
    return LineNode() if isinstance(component, Separator) else None


def _table(table: Table, scope: Scope) -> TableNode:
    rows = table.rows.value(scope.names())
    cells = [
        [_cell(row.get(key) if isinstance(row, dict) else None) for key, _ in table.columns]
        for row in (rows if isinstance(rows, list) else [])
    ]
    return TableNode(
        label=table.label, headings=[heading for _, heading in table.columns], cells=cells
    )


def _cell(value: Any) -> tuple[str, bool]:
    plain = feel.from_feel(value)
    return plain_text(value), not isinstance(plain, bool | str) and hasattr(plain, "as_tuple")
