"""Procurement projects: one row, one OCID from the first publication to the last payment."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, literal, or_, select, update

from engine.model.keys import new_key
from handlers.records.regulated import missing_number_rule, superior_codes
from handlers.records.tables import number_rule, project

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from sqlalchemy import ColumnElement, RowMapping
    from sqlalchemy.orm import Session


#: Kind of the number rule that holds the prefix, e.g. ``ocds-000000-{number}``.
_OCID: Final = "ocid"


class Stage(StrEnum):
    """How far a project has come, in order; it never goes back but to ``TERMINATED``."""

    INTENTION = "intention"
    PLANNED = "planned"
    ANNOUNCED = "announced"
    AWARDED = "awarded"
    CONTRACTED = "contracted"
    ACCEPTED = "accepted"
    SETTLED = "settled"
    TERMINATED = "terminated"


@dataclass(frozen=True, kw_only=True)
class Project:
    """A row of the table ``project``.

    Attributes:
        key: row key.
        ocid: Open Contracting ID, given once.
        number: project number, ``None`` until its plan is filed; then the plan's number.
        platform_number: what the trading centre calls it.
        intention: number of the published intention it began with.
        plan: instance key of its filed plan.
        category_class: ``A`` goods, ``B`` works, ``C`` services; ``None`` before the plan.
        amount: yuan: the plan's, before that the intention's budget.
        platform: code of the trading platform; ``None`` = not interconnected.
        agency: code of the agency that acts for the purchaser.
    """

    key: int
    ocid: str
    number: str | None
    platform_number: str | None
    intention: str | None
    plan: int | None
    unit: str
    division: str
    name: str
    category_class: str | None
    method: str
    organisation_form: str
    amount: Decimal
    platform: str | None
    agency: str | None
    stage: Stage
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class AnnouncedProject:
    """What a published intention says of its project; ``amount`` is its budget in yuan."""

    intention: str
    unit: str
    division: str
    name: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class PlannedProject:
    """What a filed plan says of its project.

    Attributes:
        plan: instance key of the plan.
        number: its number.
        intention: intention that the plan holds, ``None`` when it is not linked.
        category_class: ``A``, ``B`` or ``C``: what most of its amount is.
        amount: yuan.
        platform: code of the trading platform, ``None`` = not interconnected.
    """

    plan: int
    number: str
    intention: str | None
    unit: str
    division: str
    name: str
    category_class: str
    method: str
    organisation_form: str
    amount: Decimal
    platform: str | None


def open_by_intention(session: Session, announced: AnnouncedProject, now: datetime) -> int:
    """Begin a project with its first published intention and return its key.

    Raises:
        ConfigurationError: nobody says how the division writes its OCIDs.
    """
    values = {**asdict(announced), "stage": Stage.INTENTION}
    return _insert(session, values, now, announced.intention)


def rename_by_intention(session: Session, code: str, name: str, amount: Decimal) -> None:
    """Let a project that has no plan yet follow its corrected intention."""
    session.execute(
        update(project)
        .where(project.c.intention == code, project.c.plan.is_(None))
        .values(name=name, amount=amount)
        .execution_options(synchronize_session=False)
    )


def file_plan(session: Session, planned: PlannedProject, now: datetime) -> int:
    """Give the project of a filed plan its number; begin one when no intention did.

    Returns:
        The project's key.

    Raises:
        ConfigurationError: nobody says how the division writes its OCIDs.
    """
    values = {**asdict(planned), "stage": Stage.PLANNED}
    begun = (
        session.execute(
            update(project)
            .where(project.c.intention == planned.intention, project.c.plan.is_(None))
            .values(**values)
            .returning(project.c.key)
            .execution_options(synchronize_session=False)
        ).scalar_one_or_none()
        if planned.intention
        else None
    )
    if begun is not None:
        return int(begun)
    return _insert(session, values, now, planned.number)


def _insert(session: Session, values: dict[str, Any], now: datetime, number: str) -> int:
    """Begin a project; its OCID has the publisher's registered prefix (OCDS 1.1, Identifiers).

    The prefix is read in the same statement: the last approval of a plan stays a short one.
    """
    row = {"key": new_key(), "created_at": now, **values}
    division = values["division"]
    source = (
        select(
            *(literal(value, project.c[name].type) for name, value in row.items()),
            func.replace(number_rule.c.pattern, "{number}", number),
        )
        .where(number_rule.c.kind == _OCID, number_rule.c.division.in_(superior_codes(division)))
        .order_by(number_rule.c.division.desc())
        .limit(1)
    )
    statement = insert(project).from_select([*row, "ocid"], source).returning(project.c.key)
    key = session.execute(statement).scalar_one_or_none()
    if key is None:
        raise missing_number_rule(_OCID, division)
    return int(key)


def project_of_key(session: Session, key: int) -> Project | None:
    """Return a project by its key."""
    return _one(session, project.c.key == key)


def project_of_number(session: Session, number: str) -> Project | None:
    """Return a project by its number, which is its plan's."""
    return _one(session, project.c.number == number)


def project_of_ocid(session: Session, ocid: str) -> Project | None:
    """Return a project by its Open Contracting ID."""
    return _one(session, project.c.ocid == ocid)


def project_of_intention(session: Session, code: str) -> Project | None:
    """Return the project that began with an intention."""
    return _one(session, project.c.intention == code)


def project_of_plan(session: Session, instance_key: int) -> Project | None:
    """Return the project of a filed plan."""
    return _one(session, project.c.plan == instance_key)


def projects_of_unit(session: Session, unit: str) -> list[Project]:
    """Return a purchaser's projects, newest first."""
    statement = select(project).where(project.c.unit == unit).order_by(project.c.key.desc())
    return [_project(row) for row in session.execute(statement).mappings()]


def projects_of_divisions(
    session: Session, prefixes: Sequence[str], words: str, limit: int
) -> list[Project]:
    """Return projects of such divisions with ``words`` in name or number, newest first."""
    inside = or_(*(project.c.division.startswith(prefix) for prefix in prefixes))
    found = or_(
        project.c.name.contains(words, autoescape=True),
        project.c.number.contains(words, autoescape=True),
    )
    statement = select(project).where(inside, *([found] if words else []))
    rows = session.execute(statement.order_by(project.c.key.desc()).limit(limit))
    return [_project(row) for row in rows.mappings()]


def _one(session: Session, which: ColumnElement[bool]) -> Project | None:
    row = session.execute(select(project).where(which)).mappings().one_or_none()
    return None if row is None else _project(row)


def _project(row: RowMapping) -> Project:
    values = dict(row)
    return Project(**{**values, "stage": Stage(values["stage"])})


def advance(session: Session, key: int, stage: Stage) -> None:
    """Let a project come as far as ``stage``; one that is further already stays where it is."""
    earlier = list(Stage)[: list(Stage).index(stage)]
    session.execute(
        update(project)
        .where(project.c.key == key, project.c.stage.in_(earlier))
        .values(stage=stage)
        .execution_options(synchronize_session=False)
    )


def lock(session: Session, key: int) -> None:
    """Let commands about a project follow each other until the end of the transaction."""
    session.execute(select(project.c.key).where(project.c.key == key).with_for_update())


def set_agency(session: Session, key: int, code: str) -> None:
    """Say which agency acts for the purchaser."""
    session.execute(
        update(project)
        .where(project.c.key == key)
        .values(agency=code)
        .execution_options(synchronize_session=False)
    )


def note_platform_number(session: Session, key: int, number: str) -> None:
    """Keep what the trading centre calls the project."""
    session.execute(
        update(project)
        .where(project.c.key == key)
        .values(platform_number=number)
        .execution_options(synchronize_session=False)
    )
