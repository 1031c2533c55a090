"""The columns that a list may show beside the matter itself, and those it shows unasked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask_babel import lazy_gettext

from engine.queries import Sort
from engine.queries.views import Box

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString


@dataclass(frozen=True)
class Column:
    """A column of a list.

    Attributes:
        key: its name in the address; ``worklist/cell.html`` knows how to write it.
        name: its heading.
        sorts: orders that a press on its heading goes through, empty for none.
    """

    key: str
    name: LazyString
    sorts: tuple[Sort, ...] = ()


_ALL: Final = {
    column.key: column
    for column in (
        Column("step", lazy_gettext("当前环节"), (Sort.STEP,)),
        Column("done_step", lazy_gettext("环节")),
        Column("unit", lazy_gettext("单位"), (Sort.UNIT,)),
        Column("sender", lazy_gettext("来自")),
        Column("initiator", lazy_gettext("发起人")),
        Column("number", lazy_gettext("编号")),
        Column("process", lazy_gettext("事项类型")),
        Column("assignee", lazy_gettext("办理人")),
        Column("comment", lazy_gettext("阅读意见")),
        Column("readers", lazy_gettext("阅读情况")),
        Column("circulated", lazy_gettext("抄送时间")),
        Column("read", lazy_gettext("阅读时间")),
        Column("outcome", lazy_gettext("办理结果")),
        Column("state", lazy_gettext("状态")),
        Column("arrived", lazy_gettext("到达时间"), (Sort.NEWEST, Sort.OLDEST)),
        Column("begun", lazy_gettext("发起时间")),
        Column("ended", lazy_gettext("办理时间")),
        Column("due", lazy_gettext("办理期限"), (Sort.DUE,)),
    )
}
#: Columns that a list can show, the first ``_USUAL`` of them unless others are chosen.
_OF_BOX: Final = {
    Box.TODO: ("step", "unit", "sender", "arrived", "due", "initiator", "number", "process"),
    Box.DRAFTS: ("step", "arrived", "due", "number", "process"),
    Box.DONE: ("done_step", "unit", "outcome", "ended", "initiator", "number", "process"),
    Box.TO_READ: ("sender", "done_step", "unit", "circulated", "state", "number", "process"),
    Box.READ: ("sender", "unit", "comment", "read", "state", "circulated", "number", "process"),
    Box.SENT: ("readers", "done_step", "circulated", "state", "unit", "number", "process"),
    Box.STARTED: ("step", "assignee", "state", "begun", "unit", "due", "number", "process"),
}
_USUAL: Final = {
    Box.TODO: 5,
    Box.DRAFTS: 3,
    Box.DONE: 4,
    Box.STARTED: 4,
    Box.TO_READ: 4,
    Box.READ: 4,
    Box.SENT: 3,
}
#: Boxes whose order may be chosen.
_SORTABLE: Final = (Box.TODO, Box.DRAFTS)


def columns_of(box: Box) -> list[Column]:
    """Return all columns that a list can show."""
    return [_ALL[key] for key in _OF_BOX[box]]


def usual_columns(box: Box) -> tuple[str, ...]:
    """Return the keys of the columns that a list shows unasked."""
    return _OF_BOX[box][: _USUAL[box]]


def read_columns(box: Box, text: str) -> tuple[str, ...]:
    """Return the chosen columns in their order; none when nothing in ``text`` is one."""
    chosen = [key for key in text[:200].split(",") if key in _OF_BOX[box]]
    found = tuple(dict.fromkeys(chosen))
    return () if found == usual_columns(box) else found


def shown_columns(box: Box, chosen: tuple[str, ...]) -> list[Column]:
    """Return the columns to show; headings sort only where the order may be chosen."""
    columns = [_ALL[key] for key in chosen or usual_columns(box)]
    return columns if box in _SORTABLE else [Column(one.key, one.name) for one in columns]
