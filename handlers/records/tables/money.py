"""The column type of amounts in yuan."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Numeric
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine

_FEN = Decimal("0.01")


class Money(TypeDecorator[Decimal]):
    """Yuan with two places: ``NUMERIC(15, 2)``; on SQLite, which has no decimals, whole fen.

    More than two places are refused, never rounded: rounding is a business rule.
    """

    impl = Numeric(15, 2)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the exact type that the database has."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(15, 2))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | int | None:
        """Refuse what is not exact to the fen."""
        if value is None:
            return None
        amount = value.quantize(_FEN)
        if amount != value:
            message = f"{value} has more than two places"
            raise ValueError(message)
        return int(amount.scaleb(2)) if dialect.name == "sqlite" else amount

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Give back yuan."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return Decimal(int(value)).scaleb(-2)
        return Decimal(value).quantize(_FEN)


class Quantity(TypeDecorator[Decimal]):
    """A count or measure with three places, kept as whole thousandths on SQLite."""

    impl = Numeric(12, 3)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the exact type that the database has."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(12, 3))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | int | None:
        """Refuse what is not exact to the thousandth."""
        if value is None:
            return None
        thousandths = value.scaleb(3)
        if thousandths != int(thousandths):
            message = f"{value} has more than three places"
            raise ValueError(message)
        return int(thousandths) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Give back the measure."""
        if value is None:
            return None
        return Decimal(int(value)).scaleb(-3) if dialect.name == "sqlite" else Decimal(value)
