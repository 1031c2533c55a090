"""Procurement plans: written at every submission, numbered and filed once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from handlers.records.projects import PlannedProject
from handlers.records.tables import intention_link, plan, plan_item

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class PlanItem:
    """One line of a plan; ``amount`` is quantity × unit price, rounded half up to the fen."""

    category_code: str
    name: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan as it was submitted last; columns of the table ``plan`` in ``tables/plans.py``.

    Attributes:
        instance_key: key of its root instance.
        variant: process key that R01 chose.
        amount: Σ of the lines, yuan.
        category_class: ``A`` goods, ``B`` works or ``C`` services: what most of its amount is.
        intention_required: result of R02, ``None`` where it is not asked.
        platform: code of the trading platform, ``None`` for a project that is not interconnected.
    """

    instance_key: int
    name: str
    unit: str
    division: str
    variant: str
    channel: str
    method: str
    organisation_form: str
    budget_source: str
    amount: Decimal
    category_class: str
    import_product: bool
    nonstandard_method: bool
    intention_required: bool | None
    unlinked_reason: str
    contact: str
    contact_phone: str
    expected_month: str
    submitted_at: datetime
    submitted_by: str
    platform: str | None = None


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What a plan got on its way: first submission, how many there were, number and filing."""

    first_submitted_on: date
    submissions: int
    number: str | None
    filed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A plan that has its number: its channel and what it says of its project."""

    channel: str
    project: PlannedProject


def put_plan(session: Session, item: Plan, lines: Sequence[PlanItem], today: date) -> None:
    """Write a submission over the one before; the day of the first submission stays.

    Args:
        session: the command's transaction.
        item: the plan.
        lines: its lines in order.
        today: the office's date.
    """
    values = asdict(item)
    make = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    submissions = session.execute(
        make(plan)
        .values(**values, first_submitted_on=today, submissions=1)
        .on_conflict_do_update(
            index_elements=["instance_key"],
            set_={**values, "submissions": plan.c.submissions + 1},
        )
        .returning(plan.c.submissions)
    ).scalar_one()
    if submissions > 1:
        session.execute(delete(plan_item).where(plan_item.c.plan == item.instance_key))
    session.execute(
        insert(plan_item),
        [
            {"plan": item.instance_key, "line": number, **asdict(line)}
            for number, line in enumerate(lines, start=1)
        ],
    )


def plan_of(session: Session, instance_key: int) -> Plan | None:
    """Return the plan of a matter."""
    columns = [plan.c[name] for name in Plan.__dataclass_fields__]
    row = session.execute(select(*columns).where(plan.c.instance_key == instance_key)).one_or_none()
    return None if row is None else Plan(**row._mapping)


def items_of(session: Session, instance_key: int) -> list[PlanItem]:
    """Return the lines of a plan in order."""
    columns = [plan_item.c[name] for name in PlanItem.__dataclass_fields__]
    statement = select(*columns).where(plan_item.c.plan == instance_key).order_by(plan_item.c.line)
    return [PlanItem(**row._mapping) for row in session.execute(statement)]


def filing_of(session: Session, instance_key: int) -> Filing | None:
    """Return how far a plan has come, ``None`` when it was never submitted."""
    row = session.execute(
        select(plan.c.first_submitted_on, plan.c.submissions, plan.c.number, plan.c.filed_at).where(
            plan.c.instance_key == instance_key
        )
    ).one_or_none()
    return None if row is None else Filing(**row._mapping)


def mark_filed(session: Session, instance_key: int, number: str, at: datetime) -> Filed | None:
    """Write the plan's number and when it was filed.

    Returns:
        What was filed; ``None`` when there is no such plan.
    """
    holds = (
        select(intention_link.c.intention)
        .where(intention_link.c.plan == instance_key, intention_link.c.released_at.is_(None))
        .scalar_subquery()
    )
    own = [name for name in PlannedProject.__dataclass_fields__ if name in plan.c]
    row = session.execute(
        update(plan)
        .where(plan.c.instance_key == instance_key)
        .values(number=number, filed_at=at)
        .returning(*(plan.c[name] for name in own), plan.c.channel, holds.label("intention"))
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if row is None:
        return None
    values = dict(row._mapping)
    channel = values.pop("channel")
    return Filed(channel=channel, project=PlannedProject(plan=instance_key, **values))
