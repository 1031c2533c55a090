"""Loads the demonstration data: fictional units, people, intentions and regulated values.

The data play on 2026-06-10; ``load_demo`` moves their dates so that another day plays its part.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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
from handlers.records.demo.plans import (
    STAGE_DAY,
    demo_rows,
    distance,
    moved_month,
    plan_answers,
    plan_login,
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

__all__ = ["STAGE_DAY", "DemoData", "load_demo", "plan_answers", "plan_login"]

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
    "pdzx_jb",
    "pdjg_cs",
    "demo_admin",
)
#: A supplier with a contract, an agency that drafts: role, file, login.
_MARKET: Final = (("supplier", "suppliers", "su03"), ("agency", "agencies", "ag11"))


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
    is_empty = Identity(session).unit(demo_rows("organisations")[0]["code"]) is None
    if is_empty:
        _load_people(session, hash_password)
        _load_regulated_values(session)
        _load_market(session, today, hash_password)
        _load_intentions(session, today)
    return DemoData(loaded=is_empty, accounts=_accounts())


def _accounts() -> tuple[str, ...]:
    users = {row["login"]: row for row in demo_rows("users")}
    units = {row["code"]: row["name"] for row in demo_rows("organisations")}
    roles = {row["key"]: row["name"] for row in demo_rows("roles")}
    officials = (
        f"{login}  {user['initial_password']}  {units[user['org']]}  {roles[user['roles'][0]]}"
        for login, user in ((login, users[login]) for login in _TOUR)
    )
    market = (
        f"{row['login']}  {row['initial_password']}  {row['name']}  {roles[role]}"
        for role, name, login in _MARKET
        for row in demo_rows(name)
        if row["login"] == login
    )
    return (*officials, *market)


def _load_people(session: Session, hash_password: Callable[[str], str]) -> None:
    units = {row["code"]: _unit(row) for row in demo_rows("organisations")}
    for unit in units.values():
        put_org_unit(session, unit)
    for row in demo_rows("organisations"):
        put_public_body(
            session,
            row["code"],
            uscc=row["uscc"],
            nature=row["nature"],
            purchase_key=row["purchase_key"],
        )
    for row in demo_rows("org_relations"):
        put_org_relation(session, row["unit"], row["relation"], row["office"])
    for row in demo_rows("roles"):
        put_role(session, Role(key=row["key"], name=row["name"], name_en=row["name_en"]))
    for row in demo_rows("users"):
        put_participant(
            session,
            _participant(row, units[row["org"]]),
            password_hash=hash_password(row["initial_password"]),
            phone=row["phone"],
        )


def _load_market(session: Session, today: date, hash_password: Callable[[str], str]) -> None:
    load_suppliers(session, demo_rows("suppliers"), today, hash_password)
    load_agencies(session, demo_rows("agencies"), hash_password)
    load_platforms(session, [_dated(row) for row in demo_rows("trading_platforms")])
    for row in demo_rows("experts"):
        put_expert(session, Expert(**row))


def _load_intentions(session: Session, today: date) -> None:
    rows = [_intention(row, today) for row in demo_rows("intentions")]
    session.execute(insert(intention), rows)
    units = {row["code"]: row for row in demo_rows("organisations")}
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
        [{"edition": CATEGORY_EDITION, **row} for row in demo_rows("categories")],
    )
    session.execute(
        insert(threshold),
        [
            {**_dated(row), **{name: Decimal(row[name]) for name in _AMOUNTS}}
            for row in demo_rows("thresholds")
        ],
    )
    session.execute(
        insert(central_catalogue), [_dated(row) for row in demo_rows("central_catalogue")]
    )
    session.execute(insert(number_rule), demo_rows("number_rules"))
    session.execute(insert(notice_period), [_dated(row) for row in demo_rows("notice_periods")])


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
        "published_on": date.fromisoformat(row["published"]) + distance(today),
        "budget": Decimal(row["budget"]),
        "expected_month": moved_month(row["expected_month"], today),
    }
