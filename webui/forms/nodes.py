"""What the templates print: frozen, ready-made, no decisions left."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from webui.forms.rich_text import Block


@dataclass(frozen=True, kw_only=True)
class ChoiceNode:
    """One choice; ``id`` is the element's, ``columns`` are its label's parts."""

    id: str
    value: str
    label: str
    hint: str
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class FileNode:
    """An uploaded file; ``size`` as people read it; ``key`` names it for removal."""

    key: str
    name: str
    size: str
    url: str
    by: str


@dataclass(frozen=True, kw_only=True)
class Node:
    """Something at its place in the 12-column grid; ``columns`` 1–12."""

    template: ClassVar[str] = ""

    columns: int = 12


Row = tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class FieldNode(Node):
    """A field to fill in.

    Attributes:
        template: name of the macro that prints it.
        kind: ``text``, ``textarea``, ``checkbox``, ``radio``, ``select``, ``picker``,
            ``checklist``, ``files``, ``output``.
        name: the input's name.
        id: the input's id.
        label: its label, ``""`` only for computed values without one.
        help: help text.
        value: what stands in it.
        input_type: HTML input type of ``text``.
        inputmode: which keyboard a telephone shows.
        maximum_length: characters, 0 = none.
        prefix: before the input.
        suffix: after the input.
        required: has the required mark.
        readonly: may not be changed now.
        errors: what is wrong with it.
        choices: what may be chosen.
        query: what is searched for among the choices.
        hidden_choices: number of choices that match and are not shown.
        total_choices: number of all choices.
        files: uploaded files.
        accept: extensions for the file dialogue.
        file_hint: what may be uploaded.
        accepts_more: another file may be uploaded.
        number: set flush right.
    """

    template: ClassVar[str] = "field"

    kind: str
    name: str
    id: str
    label: str
    help: str = ""
    value: str = ""
    input_type: str = "text"
    inputmode: str = ""
    maximum_length: int = 0
    prefix: str = ""
    suffix: str = ""
    required: bool = False
    readonly: bool = False
    errors: Sequence[str] = ()
    choices: Sequence[ChoiceNode] = ()
    query: str = ""
    hidden_choices: int = 0
    total_choices: int = 0
    files: Sequence[FileNode] = ()
    accept: str = ""
    file_hint: str = ""
    accepts_more: bool = True
    number: bool = False

    @property
    def chosen(self) -> ChoiceNode | None:
        """The choice that was made."""
        return next((choice for choice in self.choices if choice.chosen), None)

    @property
    def described_by(self) -> str:
        """Ids of the texts that explain the input, for assistive technology."""
        ids = [f"{self.id}-help"] if self.help or self.file_hint else []
        ids += [f"{self.id}-error"] if self.errors else []
        return " ".join(ids)


@dataclass(frozen=True, kw_only=True)
class GroupNode(Node):
    """A titled part; ``level`` 0 stands outside any other part."""

    template: ClassVar[str] = "group"

    id: str
    label: str
    help: str
    outline: bool
    level: int
    rows: Sequence[Row]


@dataclass(frozen=True, kw_only=True)
class ListRowNode:
    """One row of a list; ``name`` is what ``_del`` sends, ``number`` is 1-based."""

    name: str
    number: int
    rows: Sequence[Row]


@dataclass(frozen=True, kw_only=True)
class ListNode(Node):
    """Rows of the same fields."""

    template: ClassVar[str] = "list"

    id: str
    name: str
    label: str
    help: str
    required: bool
    items: Sequence[ListRowNode]
    can_add: bool
    can_delete: bool
    errors: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class TextNode(Node):
    """A text for the reader."""

    template: ClassVar[str] = "text"

    blocks: Sequence[Block]


@dataclass(frozen=True, kw_only=True)
class TableNode(Node):
    """A table to read; a cell is (text, is a number)."""

    template: ClassVar[str] = "table"

    label: str
    headings: Sequence[str]
    cells: Sequence[Sequence[tuple[str, bool]]]
    footer: Sequence[tuple[str, bool]] = ()


@dataclass(frozen=True, kw_only=True)
class LineNode(Node):
    """A line, or empty space of one to five steps."""

    template: ClassVar[str] = "line"

    space: int = 0


@dataclass(frozen=True, kw_only=True)
class ValueNode(Node):
    """One answer to read."""

    template: ClassVar[str] = "value"

    label: str
    value: str
    number: bool = False
    files: Sequence[FileNode] = ()


@dataclass(frozen=True, kw_only=True)
class ErrorLink:
    """A line of the error summary; ``href`` is empty when there is no field to go to."""

    href: str
    label: str
    message: str


@dataclass(frozen=True, kw_only=True)
class HiddenInput:
    """A value that is kept while its field is hidden."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a form or document consists of, top to bottom."""

    rows: Sequence[Row] = field(default_factory=tuple)
