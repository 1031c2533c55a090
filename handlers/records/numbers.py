"""Business numbers without gaps: the sequence's row is changed in the matter's transaction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, literal, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from handlers.records.regulated import missing_number_rule, superior_codes
from handlers.records.tables import number_rule, number_sequence

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

_SEQUENCE = re.compile(r"\{sequence:(\d+)\}$")


def next_number(session: Session, kind: str, division: str, year: int, date: str = "") -> str:
    """Take the next number, e.g. ``郑财计备-2026-00017``, in one statement.

    A refused command rolls the sequence back with everything else, so no number is lost; two
    commands at once wait for each other on the row.

    Args:
        session: the command's transaction.
        kind: what is numbered, e.g. ``plan``.
        division: division of the unit that the matter belongs to.
        year: four digits.
        date: eight digits, for kinds that are numbered by the day.

    Raises:
        ConfigurationError: no pattern for the division or its superiors.
    """
    make: Any = (
        postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    )
    statement = (
        make(number_sequence)
        .from_select(["prefix", "last_value"], _nearest(kind, division, year, date))
        .on_conflict_do_update(
            index_elements=["prefix"], set_={"last_value": number_sequence.c.last_value + 1}
        )
        .returning(number_sequence.c.prefix, number_sequence.c.last_value)
    )
    taken = session.execute(statement).one_or_none()
    if taken is None:
        raise missing_number_rule(kind, division)
    digits = _SEQUENCE.search(taken.prefix)
    if digits is None:
        message = f"number pattern {taken.prefix!r} does not end with {{sequence:<digits>}}"
        raise ValueError(message)
    return f"{taken.prefix[: digits.start()]}{taken.last_value:0{digits[1]}d}"


def _nearest(kind: str, division: str, year: int, date: str) -> Select[Any]:
    """Select the pattern of the division or its nearest superior, filled in but for the number."""
    codes = superior_codes(division)
    nearness = case({code: place for place, code in enumerate(codes)}, value=number_rule.c.division)
    with_year = func.replace(
        func.replace(number_rule.c.pattern, "{year}", str(year)), "{date}", date
    )
    return (
        select(func.replace(with_year, "{division}", division), literal(1))
        .where(number_rule.c.kind == kind, number_rule.c.division.in_(codes))
        .order_by(nearness)
        .limit(1)
    )
