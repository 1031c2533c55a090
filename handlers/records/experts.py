"""The pool of experts, and the applications for some of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from engine.store.conflicts import upsert
from engine.store.tables import org_unit
from handlers.records.regulated import superior_codes
from handlers.records.tables import expert, expert_application, expert_application_lot

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

#: What is drawn, as rows of the table ``draw`` name it.
KIND = "experts"
#: Who works there does not evaluate (政府采购评审专家管理办法, art. 16).
_SUPERVISING = ("监管部门", "财政", "业务处室")


@dataclass(frozen=True, kw_only=True)
class Expert:
    """A row of the table ``expert``.

    Attributes:
        field: 专业, e.g. ``计算机网络``.
        division: of the pool.
        employer: code of a unit, or what there is instead.
        active: can be drawn at all.
    """

    code: str
    name: str
    field: str
    division: str
    employer: str
    phone: str
    active: bool


@dataclass(frozen=True, kw_only=True)
class Application:
    """A row of the table ``expert_application`` with its lots.

    Attributes:
        instance_key: key of its root instance.
        project: key of the chosen project; ``None`` = not interconnected, its name was typed.
        review_at: UTC; until then only the drawer knows the names.
        opened_at: when the names were opened, ``None`` before.
        lots: row keys.
    """

    instance_key: int
    project: int | None
    project_name: str
    unit: str
    division: str
    review_at: datetime
    place: str
    contact: str
    contact_phone: str
    submitted_at: datetime
    opened_at: datetime | None = None
    lots: tuple[int, ...] = ()


def pool(session: Session, division: str) -> list[Expert]:
    """Return the pool of the nearest division that has one, by code, inactive ones included."""
    codes = superior_codes(division)
    rows = session.execute(
        select(expert).where(expert.c.division.in_(codes)).order_by(expert.c.code)
    ).mappings()
    found = [Expert(**row) for row in rows]
    nearest = next((code for code in codes if any(one.division == code for one in found)), "")
    return [one for one in found if one.division == nearest]


def fields(session: Session, division: str) -> list[str]:
    """Return the fields of that pool, each once."""
    return list(dict.fromkeys(sorted(one.field for one in pool(session, division))))


def experts_of(session: Session, codes: Collection[str]) -> dict[str, Expert]:
    """Return experts by code."""
    rows = session.execute(select(expert).where(expert.c.code.in_(codes))).mappings()
    return {row["code"]: Expert(**row) for row in rows}


def units_but(session: Session, kinds: Collection[str]) -> list[tuple[str, str]]:
    """Return ``(code, name)`` of the units of all other kinds, by code."""
    statement = (
        select(org_unit.c.code, org_unit.c.name)
        .where(org_unit.c.kind.not_in(kinds))
        .order_by(org_unit.c.code)
    )
    return [(row.code, row.name) for row in session.execute(statement)]


def supervising_units(session: Session) -> frozenset[str]:
    """Return the codes of the finance and supervising authorities."""
    statement = select(org_unit.c.code).where(org_unit.c.kind.in_(_SUPERVISING))
    return frozenset(session.execute(statement).scalars())


def put_application(session: Session, item: Application) -> None:
    """Write a submission over the one before, lots included."""
    values = asdict(item)
    lots = values.pop("lots")
    upsert(session, expert_application, values)
    of_this = expert_application_lot.c.application == item.instance_key
    session.execute(delete(expert_application_lot).where(of_this))
    if lots:
        session.execute(
            insert(expert_application_lot),
            [{"application": item.instance_key, "lot": key} for key in lots],
        )


def application_of(session: Session, instance_key: int) -> Application | None:
    """Return the application of a matter."""
    row = (
        session.execute(
            select(expert_application).where(expert_application.c.instance_key == instance_key)
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else Application(**row, lots=tuple(_lots(session, instance_key)))


def applications_of_project(session: Session, project_key: int) -> list[Application]:
    """Return the applications for experts of a project, oldest first."""
    statement = select(expert_application.c.instance_key).where(
        expert_application.c.project == project_key
    )
    keys = session.execute(statement.order_by(expert_application.c.submitted_at)).scalars().all()
    return [item for key in keys if (item := application_of(session, key)) is not None]


def _lots(session: Session, instance_key: int) -> Sequence[int]:
    statement = (
        select(expert_application_lot.c.lot)
        .where(expert_application_lot.c.application == instance_key)
        .order_by(expert_application_lot.c.lot)
    )
    return session.execute(statement).scalars().all()


def move_review(session: Session, instance_key: int, review_at: datetime) -> None:
    """Set another review time."""
    _set(session, instance_key, review_at=review_at)


def open_names(session: Session, instance_key: int, now: datetime) -> None:
    """Say that the names are no secret any more."""
    _set(session, instance_key, opened_at=now)


def _set(session: Session, instance_key: int, **values: datetime) -> None:
    session.execute(
        update(expert_application)
        .where(expert_application.c.instance_key == instance_key)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def put_expert(session: Session, item: Expert) -> None:
    """Create or change an expert."""
    upsert(session, expert, asdict(item))
