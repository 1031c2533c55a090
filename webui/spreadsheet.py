"""A table as an Excel file: written row by row on disk, safe in whichever program opens it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, Final

from flask import Response
from flask_babel import gettext
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no types

from engine.clock import OFFICE_ZONE
from webui.access import engine
from webui.attachments import disposition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: What a cell holds.
Value = str | Decimal | datetime | date | None
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Texts that a table program would take for a formula when somebody edits the cell.
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_CHUNK: Final = 65_536


@dataclass(frozen=True)
class _Styles:
    head: Any
    text: Any
    quoted: Any
    moment: Any
    day: Any
    amount: Any


class Sheet:
    """One sheet that is written from top to bottom."""

    def __init__(self, sheet: Any, styles: _Styles) -> None:
        """Begin at the top."""
        self._sheet = sheet
        self._styles = styles
        self._line = 0

    def head(self, names: Sequence[str], widths: Sequence[int]) -> None:
        """Write the heads of the columns; they and the first column stay in sight."""
        for place, (name, width) in enumerate(zip(names, widths, strict=True)):
            self._sheet.set_column(place, place, width)
            self._sheet.write_string(self._line, place, name, self._styles.head)
        self._sheet.freeze_panes(1, 1)
        self._line += 1

    def row(self, values: Sequence[Value]) -> None:
        """Write a line."""
        for place, value in enumerate(values):
            self._put(place, value)
        self._line += 1

    def _put(self, place: int, value: Value) -> None:
        cell, styles = (self._line, place), self._styles
        if value is None or value == "":
            return
        if isinstance(value, str):
            style = styles.quoted if value.startswith(_FORMULA_SIGNS) else styles.text
            self._sheet.write_string(*cell, value, style)
        elif isinstance(value, Decimal):
            self._sheet.write_number(*cell, value, styles.amount)
        elif isinstance(value, datetime):
            # a table program knows no time zones: it gets the office's clock
            local = value.astimezone(OFFICE_ZONE).replace(tzinfo=None)
            self._sheet.write_datetime(*cell, local, styles.moment)
        else:
            self._sheet.write_datetime(*cell, value, styles.day)


def excel(name: str, write: Callable[[Sheet], None]) -> Response:
    """Send what ``write`` puts on a sheet; the file is on disk and sent from there.

    Args:
        name: of the file without moment and ending.
        write: fills the only sheet.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the last byte has been sent
    # a text is written as a text, whatever it looks like
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        write(Sheet(book.add_worksheet(), _styles(book)))
    file.seek(0)
    moment = engine().clock.now().astimezone(OFFICE_ZONE)
    response = Response(_chunks(file), content_type=_TYPE)
    response.headers["Content-Disposition"] = disposition(f"{name}-{moment:%Y%m%d-%H%M}.xlsx")
    response.headers["Cache-Control"] = "private, no-store"
    response.call_on_close(file.close)
    return response


def capped(lines: int) -> str:
    """Say that the file ends before the list does."""
    return str(gettext("只导出了前 %(lines)s 项。请先筛选，再分次导出其余各项。", lines=lines))


def _styles(book: Any) -> _Styles:
    top = {"valign": "top"}
    return _Styles(
        head=book.add_format({"bold": True, "bottom": 1}),
        text=book.add_format({**top, "text_wrap": True}),
        quoted=book.add_format({**top, "text_wrap": True, "quote_prefix": True}),
        moment=book.add_format({**top, "num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
        day=book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"}),
        amount=book.add_format({**top, "num_format": "#,##0.00"}),
    )


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
