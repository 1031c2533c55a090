"""导出 Excel: a list as it is narrowed, ordered and shown, as a file of its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import gettext

from engine.queries import WholeList
from webui.access import ask
from webui.parts import part_name
from webui.spreadsheet import capped, excel
from webui.worklist.columns import shown_columns
from webui.worklist.words import BOXES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from flask import Response

    from engine.queries.views import WorklistRow
    from webui.spreadsheet import Sheet
    from webui.worklist.address import ListAddress

_WIDTHS: Final = {"step": 18, "done_step": 18, "unit": 26, "number": 24, "process": 18}
_USUAL_WIDTH: Final = 16


def export(address: ListAddress) -> Response:
    """Send the list."""
    return excel(str(BOXES[address.box][0]), lambda sheet: _write(sheet, address))


def _write(sheet: Sheet, address: ListAddress) -> None:
    found = ask(WholeList(box=address.box, narrowing=address.narrowing))
    columns = shown_columns(address.box, address.columns)
    heads = [gettext("事项"), gettext("标记"), *(str(column.name) for column in columns)]
    sheet.head(heads, [44, 14, *(_WIDTHS.get(column.key, _USUAL_WIDTH) for column in columns)])
    for row in found.rows:
        sheet.row([row.title, _labels(row), *(_VALUES[one.key](row) for one in columns)])
    if found.more:
        sheet.row([capped(len(found.rows))])


def _labels(row: WorklistRow) -> str:
    marks = {
        gettext("逾期"): row.overdue,
        gettext("退回"): row.returned,
        gettext("已挂起"): row.suspended,
        gettext("催 %(times)s 次", times=row.urged): row.urged,
        gettext("代 %(name)s 办理", name=row.stands_in_for): row.stands_in_for,
        gettext("%(name)s 代办中", name=row.held_by): row.held_by,
        gettext("委派给我"): row.delegated,
        str(part_name(row.kind)): part_name(row.kind),
        gettext("草稿"): row.is_draft,
    }
    return str(gettext("、")).join(words for words, given in marks.items() if given)


def _state(row: WorklistRow) -> str:
    words = {
        "active": gettext("办理中"),
        "completed": gettext("已办结"),
        "terminated": gettext("已终止"),
        "incident": gettext("异常，待管理员处理"),
    }
    return str(words.get(row.state, row.state))


def _readers(row: WorklistRow) -> str:
    parts = [f"{one.name}{'' if one.read_at else f'（{_waiting()}）'}" for one in row.readers]
    return str(gettext("、")).join(parts)


def _waiting() -> str:
    return str(gettext("待阅"))


#: What a column's cell holds: a text or a moment.
_VALUES: Final[Mapping[str, Callable[[WorklistRow], str | datetime | None]]] = {
    "step": lambda row: row.element_name,
    "done_step": lambda row: row.element_name,
    "unit": lambda row: row.unit,
    "sender": lambda row: row.sender or row.initiator,
    "initiator": lambda row: row.initiator,
    "number": lambda row: row.number,
    "process": lambda row: row.process_name,
    "assignee": lambda row: row.assignee,
    "comment": lambda row: row.outcome,
    "readers": _readers,
    "circulated": lambda row: row.arrived_at,
    "read": lambda row: row.ended_at,
    "outcome": lambda row: row.outcome,
    "state": _state,
    "arrived": lambda row: row.arrived_at,
    "begun": lambda row: row.arrived_at,
    "ended": lambda row: row.ended_at,
    "due": lambda row: row.due_at,
}
