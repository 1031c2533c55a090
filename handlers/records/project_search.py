"""Find projects of a reader: by words, stage, unit, division, method, year and amount."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import false, func, or_, select

from engine.clock import OFFICE_ZONE
from engine.store.tables import org_unit
from handlers.records.projects import Project, Stage
from handlers.records.tables import contract, project, treasury_receipt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class Area:
    """Whose projects: of divisions that begin with a prefix, and of units."""

    prefixes: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def holds(self, item: Project) -> bool:
        """Tell whether a project belongs to it."""
        return item.unit in self.units or item.division.startswith(self.prefixes)

    def condition(self) -> ColumnElement[bool]:
        """Return what a row must satisfy; nothing belongs to an empty area."""
        return or_(
            false(),
            *(project.c.division.startswith(prefix) for prefix in self.prefixes),
            *([project.c.unit.in_(self.units)] if self.units else []),
        )


@dataclass(frozen=True, kw_only=True)
class ProjectSearch:
    """Which projects are asked for; empty values narrow nothing.

    Attributes:
        words: in name, number, the trading centre's number, OCID or the purchaser's name.
        division: prefix of the division.
        year: of the day on which the project began, Asia/Shanghai.
        least: amount in yuan from.
        most: amount in yuan up to.
    """

    area: Area = field(default_factory=Area)
    words: str = ""
    stage: Stage | None = None
    unit: str = ""
    division: str = ""
    method: str = ""
    year: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what a row must satisfy."""
        found = [self.area.condition()]
        if self.words:
            found.append(or_(*(one.contains(self.words, autoescape=True) for one in _TEXTS)))
        if self.division:
            found.append(project.c.division.startswith(self.division, autoescape=True))
        equal = {"stage": self.stage, "unit": self.unit, "method": self.method}
        found += [project.c[name] == value for name, value in equal.items() if value]
        if self.year is not None:
            found.append(project.c.created_at >= _new_year(self.year))
            found.append(project.c.created_at < _new_year(self.year + 1))
        if self.least is not None:
            found.append(project.c.amount >= self.least)
        if self.most is not None:
            found.append(project.c.amount <= self.most)
        return found


_TEXTS = (
    project.c.name,
    project.c.number,
    project.c.platform_number,
    project.c.ocid,
    org_unit.c.name,
)


@dataclass(frozen=True, kw_only=True)
class FoundProject:
    """A project with the name of its purchaser."""

    item: Project
    unit_name: str


def find_projects(
    session: Session, search: ProjectSearch, first: int, number: int
) -> list[FoundProject]:
    """Return ``number`` projects behind the ``first`` ones, newest first."""
    statement = (
        select(project, org_unit.c.name.label("unit_name"))
        .join(org_unit, org_unit.c.code == project.c.unit)
        .where(*search.conditions())
        .order_by(project.c.key.desc())
        .offset(first)
        .limit(number)
    )
    return [_found(row) for row in session.execute(statement)]


def _found(row: Row[Any]) -> FoundProject:
    values = dict(row._mapping)
    name = values.pop("unit_name")
    return FoundProject(item=Project(**{**values, "stage": Stage(values["stage"])}), unit_name=name)


def count_projects(session: Session, search: ProjectSearch) -> int:
    """Return how many projects there are."""
    number: int = session.execute(_counting(search, func.count())).scalar_one()
    return number


def counts_by_stage(session: Session, search: ProjectSearch) -> dict[Stage, int]:
    """Return how many projects are at each stage; stages without one are left out."""
    statement = _counting(search, project.c.stage, func.count()).group_by(project.c.stage)
    return {Stage(stage): number for stage, number in session.execute(statement)}


def values_of(session: Session, area: Area, name: str) -> list[str]:
    """Return the different values of a column in an area, by value."""
    column = project.c[name]
    statement = select(column).where(area.condition()).distinct().order_by(column)
    return list(session.execute(statement).scalars())


def units_of(session: Session, area: Area) -> list[tuple[str, str]]:
    """Return ``(code, name)`` of the purchasers of an area, by code."""
    statement = (
        select(org_unit.c.code, org_unit.c.name)
        .where(org_unit.c.code.in_(select(project.c.unit).where(area.condition())))
        .order_by(org_unit.c.code)
    )
    return [(code, name) for code, name in session.execute(statement)]


def years_of(session: Session, area: Area) -> list[int]:
    """Return the years from the newest to the oldest project of an area, newest first."""
    moments = select(func.min(project.c.created_at), func.max(project.c.created_at))
    oldest, newest = session.execute(moments.where(area.condition())).one()
    if oldest is None:
        return []
    first, last = (moment.astimezone(OFFICE_ZONE).year for moment in (oldest, newest))
    return list(range(last, first - 1, -1))


def contracted(session: Session, projects: Sequence[int]) -> dict[int, Decimal]:
    """Return Σ of the filed contracts by project; projects without one are left out."""
    statement = (
        select(contract.c.project, func.sum(contract.c.amount, type_=contract.c.amount.type))
        .where(contract.c.project.in_(projects), contract.c.filed_at.is_not(None))
        .group_by(contract.c.project)
    )
    return {key: total for key, total in session.execute(statement)}


def paid(session: Session, projects: Sequence[int]) -> dict[int, Decimal]:
    """Return Σ of what the treasury has paid by project; projects without any are left out."""
    amount = treasury_receipt.c.amount
    statement = (
        select(contract.c.project, func.sum(amount, type_=amount.type))
        .join(treasury_receipt, treasury_receipt.c.contract == contract.c.instance_key)
        .where(contract.c.project.in_(projects), treasury_receipt.c.result == "paid")
        .group_by(contract.c.project)
    )
    return {key: total for key, total in session.execute(statement)}


def _counting(search: ProjectSearch, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(project)
        .join(org_unit, org_unit.c.code == project.c.unit)
        .where(*search.conditions())
    )


def _new_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=OFFICE_ZONE).astimezone(UTC)
