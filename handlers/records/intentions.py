"""Published intentions and which live plan holds which; one plan per intention at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine.model.keys import new_key
from engine.model.states import InstanceState
from engine.store.tables import process_instance
from handlers.records.tables import intention, intention_link

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from decimal import Decimal
    from typing import Any

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


def held_by_others(session: Session, codes: Iterable[str], plan_key: int) -> frozenset[str]:
    """Return which intentions a live plan other than ``plan_key`` holds.

    A plan whose matter was terminated holds nothing, although its link row may still be open.
    """
    statement = (
        select(intention_link.c.intention)
        .outerjoin(process_instance, process_instance.c.key == intention_link.c.plan)
        .where(
            intention_link.c.intention.in_(tuple(codes)),
            intention_link.c.released_at.is_(None),
            intention_link.c.plan != plan_key,
            func.coalesce(process_instance.c.state, "") != InstanceState.TERMINATED,
        )
    )
    return frozenset(session.execute(statement).scalars())


def reference_dates(session: Session, plan_key: int) -> dict[str, date]:
    """Return ``{intention: day of this plan's first submission with it}``."""
    statement = (
        select(
            intention_link.c.intention,
            func.min(intention_link.c.reference_date).label("first"),
        )
        .where(intention_link.c.plan == plan_key)
        .group_by(intention_link.c.intention)
    )
    return {row.intention: row.first for row in session.execute(statement)}


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
    held = session.execute(
        select(intention_link.c.intention).where(
            intention_link.c.plan == plan_key, intention_link.c.released_at.is_(None)
        )
    ).scalar_one_or_none()
    if held == code:
        return True
    release(session, plan_key, now)
    _release_dead(session, code, now)
    row = insert(intention_link).values(
        key=new_key(), intention=code, plan=plan_key, reference_date=reference, linked_at=now
    )
    try:
        with session.begin_nested():
            session.execute(row)
    except IntegrityError:
        return False
    return True


def release(session: Session, plan_key: int, now: datetime) -> None:
    """Give back what a plan holds."""
    session.execute(
        update(intention_link)
        .where(intention_link.c.plan == plan_key, intention_link.c.released_at.is_(None))
        .values(released_at=now)
    )


def _release_dead(session: Session, code: str, now: datetime) -> None:
    dead = select(process_instance.c.key).where(
        process_instance.c.state == InstanceState.TERMINATED
    )
    session.execute(
        update(intention_link)
        .where(
            intention_link.c.intention == code,
            intention_link.c.released_at.is_(None),
            intention_link.c.plan.in_(dead),
        )
        .values(released_at=now)
    )
