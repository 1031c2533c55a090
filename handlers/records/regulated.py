"""Regulated values for a division and a day: thresholds, catalogue, number patterns, flags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, or_, select

from engine.errors import ConfigurationError
from handlers.records.tables import (
    central_catalogue,
    purchase_category,
    review_flag,
    threshold,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.orm import Session

#: Edition of the classification in use (财库〔2013〕189号, which the Henan catalogue cites).
CATEGORY_EDITION = "2013"


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """Amounts in yuan that hold in a division; every comparison is ``>=`` (以上 includes).

    Attributes:
        open_tender_goods_services: open tendering of goods and services.
        open_tender_works: the same for works.
        limit_goods_services: 采购限额标准 of goods and services.
        limit_works: the same for works.
    """

    open_tender_goods_services: Decimal
    open_tender_works: Decimal
    limit_goods_services: Decimal
    limit_works: Decimal

    def open_tender(self, *, works: bool) -> Decimal:
        """Return the amount from which open tendering is the rule."""
        return self.open_tender_works if works else self.open_tender_goods_services

    def limit(self, *, works: bool) -> Decimal:
        """Return the amount from which the procurement law applies outside the catalogue."""
        return self.limit_works if works else self.limit_goods_services


def superior_codes(division: str) -> tuple[str, ...]:
    """Return the codes to look under, nearest first: 410122 → 410122, 410100, 410000."""
    return tuple(dict.fromkeys((division, f"{division[:4]}00", f"{division[:2]}0000")))


def _in_force(table: Table, on: date) -> ColumnElement[bool]:
    return (table.c.valid_from <= on) & or_(table.c.valid_to.is_(None), table.c.valid_to >= on)


@dataclass(frozen=True, kw_only=True)
class Regulation:
    """What holds for a unit on a day.

    Attributes:
        threshold: amounts of its division or of the nearest superior that has some.
        flagged: the regulator has put the unit under review.
    """

    threshold: Threshold
    flagged: bool


def regulation_of(session: Session, unit: str, division: str, on: date) -> Regulation:
    """Return what holds for ``unit`` on that day.

    Raises:
        ConfigurationError: no threshold is in force.
    """
    codes = superior_codes(division)
    flagged = exists().where(review_flag.c.unit == unit, _in_force(review_flag, on))
    statement = select(threshold, flagged.label("flagged")).where(
        threshold.c.division.in_(codes), _in_force(threshold, on)
    )
    rows = {row.division: row for row in session.execute(statement)}
    for code in codes:
        if code in rows:
            return _regulation(rows[code])
    raise ConfigurationError(
        f"区划 {division} 在 {on.isoformat()} 没有有效的采购限额标准，请管理员维护后再提交。",
        f"No thresholds are in force for {division} on {on.isoformat()}; maintain them first.",
    )


def _regulation(row: Any) -> Regulation:
    amounts = {name: getattr(row, name) for name in Threshold.__dataclass_fields__}
    return Regulation(threshold=Threshold(**amounts), flagged=bool(row.flagged))


def is_in_catalogue(session: Session, division: str, codes: Iterable[str], on: date) -> bool:
    """Tell whether any category is bought centrally; a listed code includes its sub-items.

    The catalogue is that of the nearest superior that has one at all.
    """
    chain = superior_codes(division)
    statement = select(central_catalogue.c.division, central_catalogue.c.category_code).where(
        central_catalogue.c.division.in_(chain), _in_force(central_catalogue, on)
    )
    listed: dict[str, list[str]] = {}
    for row in session.execute(statement):
        listed.setdefault(row.division, []).append(row.category_code)
    for code in chain:
        if code in listed:
            beginnings = tuple(listed[code])
            return any(category.startswith(beginnings) for category in codes)
    return False


def categories(session: Session) -> Mapping[str, str]:
    """Return ``{code: name}`` of the edition in use, by code."""
    statement = (
        select(purchase_category.c.code, purchase_category.c.name)
        .where(purchase_category.c.edition == CATEGORY_EDITION)
        .order_by(purchase_category.c.code)
    )
    return {row.code: row.name for row in session.execute(statement)}


def missing_number_rule(kind: str, division: str) -> ConfigurationError:
    """Return the error for a division that has no rule for numbers of ``kind``."""
    return ConfigurationError(
        f"区划 {division} 没有“{kind}”的编号规则，请管理员维护后再办理。",
        f"There is no number rule of kind {kind!r} for {division}; maintain one first.",
    )
