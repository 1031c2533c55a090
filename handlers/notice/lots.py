"""The lots of a draft: offered with their revision, so that a later change is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.errors import FieldError, ValidationFailedError
from engine.handler import Option, lookup
from handlers.notice.answers import CHOICE_FORM
from handlers.notice.chosen import chosen_project
from handlers.records.lots import lots_of, unannounced_lots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.handler import RecordContext
    from handlers.records.lots import Lot
    from handlers.records.projects import Project

_REVISION: Final = "@"


@lookup("notice.open_lots")
def open_lots(context: RecordContext) -> list[Option]:
    """Return the lots that no live call is about; the value holds the revision that is shown."""
    item = chosen_project(context, CHOICE_FORM)
    return [
        Option(
            value=f"{lot.number}{_REVISION}{lot.revision}",
            label=f"{short_number(lot, item)} {lot.name}",
            hint=f"{lot.number} · ¥{lot.amount:,.2f}",
        )
        for lot in unannounced_lots(context.session, item.key)
    ]


def short_number(lot: Lot, item: Project) -> str:
    """Return what follows the project's number, e.g. ``01``."""
    return lot.number.removeprefix(f"{item.number}-")


def chosen_lots(context: RecordContext, item: Project, values: Sequence[str]) -> list[Lot]:
    """Return the lots that a draft names, as they are now.

    Raises:
        ValidationFailedError: one was changed, announced elsewhere, or is unknown; every fault
            is named.
    """
    known = {lot.number: lot for lot in lots_of(context.session, item.key)}
    is_open = {lot.number for lot in unannounced_lots(context.session, item.key)}
    found, errors = [], []
    for value in values:
        number, _, revision = value.rpartition(_REVISION)
        lot = known.get(number)
        error = _fault(number, revision, lot, is_open)
        if error is None and lot is not None:
            found.append(lot)
        elif error is not None:
            errors.append(error)
    if errors:
        raise ValidationFailedError(errors)
    return found


def _fault(number: str, revision: str, lot: Lot | None, is_open: set[str]) -> FieldError | None:
    if lot is None:
        return FieldError(
            field="lots",
            code="ERR_ENUM",
            message_zh=f"没有标段“{number}”，请重新选择。",
            message_en=f"There is no lot {number!r}; choose again.",
        )
    if number not in is_open:
        return FieldError(
            field="lots",
            code="ERR_LOT_ANNOUNCED",
            message_zh=f"标段“{number}”已在其他公告中公告，请重新选择。",
            message_en=f"Another notice announces lot {number}; choose again.",
        )
    if revision != str(lot.revision):
        return FieldError(
            field="lots",
            code="ERR_LOT_CHANGED",
            message_zh=f"标段“{number}”已由交易中心变更为“{lot.name}”"
            f" ¥{lot.amount:,.2f}，请重新选择标段并核对公告内容。",
            message_en=f"The trading centre changed lot {number} to {lot.name},"
            f" {lot.amount:,.2f} yuan; choose the lots again and check the text.",
        )
    return None
