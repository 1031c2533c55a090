"""Loads the demonstration data: fictional units, people, intentions and regulated values.

The data play on 2026-06-10; ``load_demo`` moves their dates so that another day plays its part.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert

from engine.commands.passwords import hash_password as hash_slowly
from engine.model.participants import Membership, OrgUnit, Participant, Role
from engine.store.identity import (
    Identity,
    put_org_relation,
    put_org_unit,
    put_participant,
    put_role,
)
from handlers.records.demo.spine import (
    load_agencies,
    load_platforms,
    load_suppliers,
    publish_intentions,
)
from handlers.records.experts import Expert, put_expert
from handlers.records.regulated import CATEGORY_EDITION
from handlers.records.tables import (
    central_catalogue,
    intention,
    notice_period,
    number_rule,
    purchase_category,
    threshold,
)
from handlers.records.units import put_public_body

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

#: The day on which the demonstration data play.
STAGE_DAY: Final = date(2026, 6, 10)
_FOLDER: Final = Path(__file__).parent
_AMOUNTS: Final = (
    "open_tender_goods_services",
    "open_tender_works",
    "limit_goods_services",
    "limit_works",
)
#: One person per post of the plan filing, for the list that is printed after loading.
_TOUR: Final = (
    "zzyz_jb",
    "zzjy_sh",
    "zzyw2_cs",
    "zzyw2_fh",
    "zzjg_cs",
    "zzjg_fh",
    "zmzj_jb",
    "lysw_jb",
    "hnsd_jb",
    "demo_admin",
)


@dataclass(frozen=True, kw_only=True)
class DemoData:
    """What was found or loaded.

    Attributes:
        loaded: ``False`` when the data had been loaded before; nothing was changed then.
        accounts: lines that say who can log in: login, initial password, unit and post.
    """

    loaded: bool
    accounts: tuple[str, ...]


def load_demo(
    session: Session, today: date, hash_password: Callable[[str], str] = hash_slowly
) -> DemoData:
    """Fill an empty installation.

    Args:
        session: an open transaction; the caller commits.
        today: the office's date that is to play 2026-06-10.
        hash_password: how the initial passwords are kept.
    """
    is_empty = Identity(session).unit(_read("organisations")[0]["code"]) is None
    if is_empty:
        _load_people(session, hash_password)
        _load_regulated_values(session)
        _load_market(session, today, hash_password)
        _load_intentions(session, today)
    return DemoData(loaded=is_empty, accounts=_accounts())


def _accounts() -> tuple[str, ...]:
    users = {row["login"]: row for row in _read("users")}
    units = {row["code"]: row["name"] for row in _read("organisations")}
    roles = {row["key"]: row["name"] for row in _read("roles")}
    return tuple(
        f"{login}  {user['initial_password']}  {units[user['org']]}  {roles[user['roles'][0]]}"
        for login, user in ((login, users[login]) for login in _TOUR)
    )


def plan_answers(plan_id: str, today: date = STAGE_DAY) -> dict[str, Any]:
    """Return ready-made answers of the filling form, e.g. for ``PL025``.

    Args:
        plan_id: number of a plan of the demonstration data.
        today: the day that plays 2026-06-10.

    Raises:
        KeyError: no such plan.
    """
    answers: dict[str, Any] = dict(_plan(plan_id)["answers"])
    answers["expected_month"] = _moved_month(answers["expected_month"], today)
    return answers


def plan_login(plan_id: str) -> str:
    """Return the login of the handler who files the plan.

    Raises:
        KeyError: no such plan.
    """
    return str(_plan(plan_id)["login"])


def _plan(plan_id: str) -> dict[str, Any]:
    return {row["id"]: row for row in _read("plans")}[plan_id]


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    return rows


def _load_people(session: Session, hash_password: Callable[[str], str]) -> None:
    units = {row["code"]: _unit(row) for row in _read("organisations")}
    for unit in units.values():
        put_org_unit(session, unit)
    for row in _read("organisations"):
        put_public_body(
            session,
            row["code"],
            uscc=row["uscc"],
            nature=row["nature"],
            purchase_key=row["purchase_key"],
        )
    for row in _read("org_relations"):
        put_org_relation(session, row["unit"], row["relation"], row["office"])
    for row in _read("roles"):
        put_role(session, Role(key=row["key"], name=row["name"], name_en=row["name_en"]))
    for row in _read("users"):
        put_participant(
            session,
            _participant(row, units[row["org"]]),
            password_hash=hash_password(row["initial_password"]),
            phone=row["phone"],
        )


def _load_market(session: Session, today: date, hash_password: Callable[[str], str]) -> None:
    load_suppliers(session, _read("suppliers"), today, hash_password)
    load_agencies(session, _read("agencies"), hash_password)
    load_platforms(session, [_dated(row) for row in _read("trading_platforms")])
    for row in _read("experts"):
        put_expert(session, Expert(**row))


def _load_intentions(session: Session, today: date) -> None:
    rows = [_intention(row, today) for row in _read("intentions")]
    session.execute(insert(intention), rows)
    units = {row["code"]: row for row in _read("organisations")}
    publish_intentions(session, rows, units)


def _unit(row: dict[str, Any]) -> OrgUnit:
    return OrgUnit(
        code=row["code"],
        name=row["name"],
        parent=row["parent"],
        kind=row["kind"],
        division=row["division"],
    )


def _participant(row: dict[str, Any], unit: OrgUnit) -> Participant:
    return Participant(
        login=row["login"],
        name=row["name"],
        unit=unit,
        department=row["dept"] or "",
        memberships=tuple(
            Membership(role=role, unit=unit.code, scope_prefix=row["scope_prefix"])
            for role in row["roles"]
        ),
    )


def _load_regulated_values(session: Session) -> None:
    session.execute(
        insert(purchase_category),
        [{"edition": CATEGORY_EDITION, **row} for row in _read("categories")],
    )
    session.execute(
        insert(threshold),
        [
            {**_dated(row), **{name: Decimal(row[name]) for name in _AMOUNTS}}
            for row in _read("thresholds")
        ],
    )
    session.execute(insert(central_catalogue), [_dated(row) for row in _read("central_catalogue")])
    session.execute(insert(number_rule), _read("number_rules"))
    session.execute(insert(notice_period), [_dated(row) for row in _read("notice_periods")])


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    until = row["valid_to"]
    return {
        **row,
        "valid_from": date.fromisoformat(row["valid_from"]),
        "valid_to": None if until is None else date.fromisoformat(until),
    }


def _intention(row: dict[str, Any], today: date) -> dict[str, Any]:
    return {
        "code": row["id"],
        "unit": row["unit"],
        "title": row["title"],
        "published_on": date.fromisoformat(row["published"]) + _distance(today),
        "budget": Decimal(row["budget"]),
        "expected_month": _moved_month(row["expected_month"], today),
    }


def _distance(today: date) -> timedelta:
    return today - STAGE_DAY


def _moved_month(month: str, today: date) -> str:
    """Keep the number of months between ``month`` (``YYYY-MM``) and the day that is played."""
    year, number = (int(part) for part in month.split("-"))
    months = (year + today.year - STAGE_DAY.year) * 12 + number - 1 + today.month - STAGE_DAY.month
    return f"{months // 12:04d}-{months % 12 + 1:02d}"
