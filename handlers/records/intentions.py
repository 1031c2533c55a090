"""Published intentions and which live plan holds which; one plan per intention at a time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.model.keys import new_key
from engine.model.states import InstanceState
from engine.store.conflicts import upsert
from engine.store.tables import process_instance
from handlers.records.tables import intention, intention_link

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal
    from typing import Any

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class Intention:
    """A published intention.

    Attributes:
        code: its number.
        unit: code of the unit that published it.
        title: project name.
        published_on: day 0 of the window.
        budget: yuan.
        expected_month: ``YYYY-MM``.
    """

    code: str
    unit: str
    title: str
    published_on: date
    budget: Decimal
    expected_month: str


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What one plan should know of an intention before choosing it.

    Attributes:
        held_by_other: another live plan holds it.
        first_day: day of this plan's first submission with it, ``None`` when there was none.
    """

    held_by_other: bool = False
    first_day: date | None = None


def published_by(session: Session, unit: str, plan_key: int) -> list[tuple[Intention, Holding]]:
    """Return everything a unit has published, oldest first, as ``plan_key`` should see it."""
    return _read(session, intention.c.unit == unit, plan_key)


def intention_of(session: Session, code: str, plan_key: int) -> tuple[Intention, Holding] | None:
    """Return an intention by its number, as ``plan_key`` should see it."""
    found = _read(session, intention.c.code == code, plan_key)
    return found[0] if found else None


def _read(
    session: Session, which: ColumnElement[bool], plan_key: int
) -> list[tuple[Intention, Holding]]:
    """Read intentions with all their links; a terminated plan's link holds nothing."""
    statement = (
        select(
            intention,
            intention_link.c.plan,
            intention_link.c.reference_date,
            intention_link.c.released_at,
            process_instance.c.state,
        )
        .outerjoin(intention_link, intention_link.c.intention == intention.c.code)
        .outerjoin(process_instance, process_instance.c.key == intention_link.c.plan)
        .where(which)
        .order_by(intention.c.published_on, intention.c.code)
    )
    rows = session.execute(statement).all()
    return [
        (_intention(first), _holding([first, *rest], plan_key))
        for _code, (first, *rest) in groupby(rows, key=lambda row: row.code)
    ]


def _intention(row: Any) -> Intention:
    return Intention(**{name: getattr(row, name) for name in Intention.__dataclass_fields__})


def _holding(rows: Sequence[Any], plan_key: int) -> Holding:
    others = [row for row in rows if row.plan not in (None, plan_key)]
    own = [row.reference_date for row in rows if row.plan == plan_key]
    return Holding(
        held_by_other=any(
            row.released_at is None and row.state != InstanceState.TERMINATED for row in others
        ),
        first_day=min(own, default=None),
    )


def put_intention(session: Session, item: Intention) -> None:
    """Write an intention that was published or corrected."""
    upsert(session, intention, asdict(item))


def link(session: Session, code: str, plan_key: int, reference: date, now: datetime) -> bool:
    """Let a plan hold an intention; what it held before and what dead plans hold is released.

    Args:
        session: the command's transaction.
        code: the intention.
        plan_key: the plan, which must be written already.
        reference: the day from which the window is counted back.
        now: the moment of the command.

    Returns:
        ``False`` when another live plan took it meanwhile (the database's own guard).
    """
    dead = select(process_instance.c.key).where(
        process_instance.c.state == InstanceState.TERMINATED
    )
    mine = (intention_link.c.plan == plan_key) & (intention_link.c.intention != code)
    dead_ones = (intention_link.c.intention == code) & intention_link.c.plan.in_(dead)
    _release(session, mine | dead_ones, now)
    make = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    row = make(intention_link).values(
        key=new_key(), intention=code, plan=plan_key, reference_date=reference, linked_at=now
    )
    written = session.execute(
        row.on_conflict_do_nothing().returning(intention_link.c.key)
    ).one_or_none()
    return written is not None or _holder(session, code) == plan_key


def release(session: Session, plan_key: int, now: datetime) -> None:
    """Give back what a plan holds."""
    _release(session, intention_link.c.plan == plan_key, now)


def _release(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    session.execute(
        update(intention_link)
        .where(which, intention_link.c.released_at.is_(None))
        .values(released_at=now)
        .execution_options(synchronize_session=False)
    )


def _holder(session: Session, code: str) -> int | None:
    return session.execute(
        select(intention_link.c.plan).where(
            intention_link.c.intention == code, intention_link.c.released_at.is_(None)
        )
    ).scalar_one_or_none()
