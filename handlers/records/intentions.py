"""Published intentions and which live plan holds which; one plan per intention at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from engine.model.keys import new_key
from engine.model.states import InstanceState
from engine.store.tables import process_instance
from handlers.records.tables import intention, intention_link

if TYPE_CHECKING:
    from collections.abc import Iterable
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


def _intention(row: Any) -> Intention:
    return Intention(**row._mapping)


def intention_of(session: Session, code: str) -> Intention | None:
    """Return an intention by its number."""
    row = session.execute(select(intention).where(intention.c.code == code)).one_or_none()
    return None if row is None else _intention(row)


def intentions_of_unit(session: Session, unit: str) -> list[Intention]:
    """Return everything a unit has published, oldest first."""
    statement = (
        select(intention)
        .where(intention.c.unit == unit)
        .order_by(intention.c.published_on, intention.c.code)
    )
    return [_intention(row) for row in session.execute(statement)]


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What one plan should know of an intention before choosing it.

    Attributes:
        held_by_other: another live plan holds it.
        first_day: day of this plan's first submission with it, ``None`` when there was none.
    """

    held_by_other: bool = False
    first_day: date | None = None


def holdings(session: Session, codes: Iterable[str], plan_key: int) -> dict[str, Holding]:
    """Return ``{intention: holding}`` for all of ``codes``.

    A plan whose matter was terminated holds nothing, although its link may still be open.
    """
    wanted = tuple(codes)
    statement = (
        select(
            intention_link.c.intention,
            intention_link.c.plan,
            intention_link.c.reference_date,
            intention_link.c.released_at,
            process_instance.c.state,
        )
        .outerjoin(process_instance, process_instance.c.key == intention_link.c.plan)
        .where(intention_link.c.intention.in_(wanted))
    )
    rows = session.execute(statement).all()
    return {
        code: Holding(
            held_by_other=any(
                row.plan != plan_key
                and row.released_at is None
                and row.state != InstanceState.TERMINATED
                for row in rows
                if row.intention == code
            ),
            first_day=min(
                (
                    row.reference_date
                    for row in rows
                    if row.intention == code and row.plan == plan_key
                ),
                default=None,
            ),
        )
        for code in wanted
    }


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
