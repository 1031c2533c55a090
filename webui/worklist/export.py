"""导出 Excel: a list as it is narrowed, ordered and shown, as a file of its reader."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

from flask import Response
from flask_babel import gettext
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no types

from engine.clock import OFFICE_ZONE
from engine.queries import WholeList
from webui.access import ask, engine
from webui.attachments import disposition
from webui.parts import part_name
from webui.worklist.columns import shown_columns
from webui.worklist.words import BOXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from engine.queries.views import WorklistRow
    from webui.worklist.address import ListAddress

_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Texts that a table program would take for a formula when somebody edits the cell.
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDTHS: Final = {"step": 18, "done_step": 18, "unit": 26, "number": 24, "process": 18}
_USUAL_WIDTH: Final = 16
_CHUNK: Final = 65_536


def export(address: ListAddress) -> Response:
    """Send the list; the file is written row by row on disk and sent from there."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the last byte has been sent
    _write(file, address)
    file.seek(0)
    moment = engine().clock.now().astimezone(OFFICE_ZONE)
    name = f"{BOXES[address.box][0]}-{moment:%Y%m%d-%H%M}.xlsx"
    response = Response(_chunks(file), content_type=_TYPE)
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Cache-Control"] = "private, no-store"
    response.call_on_close(file.close)
    return response


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


@dataclass(frozen=True)
class _Styles:
    head: Any
    text: Any
    quoted: Any
    moment: Any


def _write(file: IO[bytes], address: ListAddress) -> None:
    found = ask(WholeList(box=address.box, narrowing=address.narrowing))
    # a text is written as a text, whatever it looks like
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        sheet = book.add_worksheet()
        styles = _Styles(
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format({"valign": "top", "text_wrap": True}),
            book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True}),
            book.add_format({"valign": "top", "num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
        )
        columns = shown_columns(address.box, address.columns)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 14)
        for place, column in enumerate(columns, start=2):
            sheet.set_column(place, place, _WIDTHS.get(column.key, _USUAL_WIDTH))
        heads = [gettext("事项"), gettext("标记"), *(str(column.name) for column in columns)]
        for place, text in enumerate(heads):
            sheet.write_string(0, place, text, styles.head)
        sheet.freeze_panes(1, 1)
        for line, row in enumerate(found.rows, start=1):
            values = [row.title, _labels(row), *(_VALUES[one.key](row) for one in columns)]
            for place, value in enumerate(values):
                _put(sheet, (line, place), value, styles)
        if found.more:
            _put(sheet, (len(found.rows) + 1, 0), _capped(len(found.rows)), styles)


def _capped(lines: int) -> str:
    return str(gettext("只导出了前 %(lines)s 项。请先筛选，再分次导出其余各项。", lines=lines))


def _put(sheet: Any, place: tuple[int, int], value: Any, styles: _Styles) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        style = styles.quoted if value.startswith(_FORMULA_SIGNS) else styles.text
        sheet.write_string(*place, value, style)
    else:
        # a table program knows no time zones: it gets the office's clock
        local = value.astimezone(OFFICE_ZONE).replace(tzinfo=None)
        sheet.write_datetime(*place, local, styles.moment)


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
