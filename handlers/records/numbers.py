"""Business numbers without gaps: the sequence's row is changed in the matter's transaction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from handlers.records.regulated import number_pattern
from handlers.records.tables import number_sequence

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SEQUENCE = re.compile(r"\{sequence:(\d+)\}$")


def next_number(session: Session, kind: str, division: str, year: int) -> str:
    """Take the next number, e.g. ``郑财计备-2026-00017``.

    A refused command rolls the sequence back with everything else, so no number is lost; two
    commands at once wait for each other on the row.

    Args:
        session: the command's transaction.
        kind: what is numbered, e.g. ``plan``.
        division: division of the unit that the matter belongs to.
        year: four digits.

    Raises:
        ConfigurationError: no pattern for the division.
    """
    pattern = number_pattern(session, kind, division)
    digits = _SEQUENCE.search(pattern)
    if digits is None:
        message = f"number pattern {pattern!r} does not end with {{sequence:<digits>}}"
        raise ValueError(message)
    prefix = pattern[: digits.start()].replace("{year}", str(year)).replace("{division}", division)
    return f"{prefix}{_take(session, prefix):0{digits[1]}d}"


def _take(session: Session, prefix: str) -> int:
    make = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    statement = (
        make(number_sequence)
        .values(prefix=prefix, last_value=1)
        .on_conflict_do_update(
            index_elements=["prefix"], set_={"last_value": number_sequence.c.last_value + 1}
        )
        .returning(number_sequence.c.last_value)
    )
    return int(session.execute(statement).scalar_one())
