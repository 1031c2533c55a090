"""The nouns of the form language that hold or explain fields: groups, lists, texts, tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from engine.forms.components import Component, Keyed

if TYPE_CHECKING:
    from engine.forms.expressions import Formula, Template


@dataclass(frozen=True, kw_only=True, eq=False)
class Container(Component):
    """A component with components inside.

    Attributes:
        path: name of its own scope in the answers; an empty one shares the scope around it.
        label: its heading.
        description: help text under the heading.
        components: what it holds, in order.
    """

    path: str = ""
    label: str = ""
    description: Template | None = None
    components: tuple[Component, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Group(Container):
    """A titled part of the form."""

    kind: ClassVar[str] = "group"

    outline: bool = True


@dataclass(frozen=True, kw_only=True, eq=False)
class DynamicList(Container):
    """Rows of the same fields; answers are a list of objects.

    Attributes:
        first_rows: rows of a form that was never filled in.
        add_remove: the person may add and delete rows.
        minimum: rows at least, at completion.
        maximum: rows at most.
    """

    kind: ClassVar[str] = "dynamiclist"

    first_rows: int = 1
    add_remove: bool = True
    minimum: int = 0
    maximum: int = 500


@dataclass(frozen=True, kw_only=True, eq=False)
class TextBlock(Component):
    """A text for the reader with ``{{ FEEL }}`` inside (form-js ``text``)."""

    kind: ClassVar[str] = "text"

    template: Template


@dataclass(frozen=True, kw_only=True, eq=False)
class Separator(Component):
    """A line."""

    kind: ClassVar[str] = "separator"


@dataclass(frozen=True, kw_only=True, eq=False)
class Spacer(Component):
    """Empty space; ``height`` in pixels."""

    kind: ClassVar[str] = "spacer"

    height: int = 60


@dataclass(frozen=True, kw_only=True, eq=False)
class Table(Component):
    """Rows to read (form-js ``table``).

    Attributes:
        label: caption.
        rows: FEEL list of contexts.
        columns: (key, heading) from left to right.
    """

    kind: ClassVar[str] = "table"

    label: str = ""
    rows: Formula
    columns: tuple[tuple[str, str], ...] = ()


def name_of(component: Component) -> str:
    """Return the name in its scope: its key or path; its id where it has no value."""
    if isinstance(component, Keyed):
        return component.key
    if isinstance(component, Container) and component.path:
        return component.path
    return component.id
