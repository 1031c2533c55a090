"""Suppliers, agencies, platforms and what the demonstration's intentions were published as."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert

from engine.clock import OFFICE_ZONE
from engine.model.participants import Membership, OrgUnit, Participant
from engine.store.identity import put_org_unit, put_participant
from handlers.intention.notice_text import IntentionText, compose
from handlers.records.notices import NewNotice, NoticeKind, Signature, publish
from handlers.records.organisations import (
    Account,
    AccountKind,
    Agency,
    Supplier,
    open_account,
    put_agency,
    put_supplier,
)
from handlers.records.projects import AnnouncedProject, open_by_intention
from handlers.records.tables import trading_platform
from handlers.records.units import PublicBody

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy.orm import Session

_OPENING: Final = time(9, tzinfo=OFFICE_ZONE)
_SUPPLIER: Final = "供应商"
_AGENCY: Final = "采购代理机构"


def load_suppliers(
    session: Session,
    rows: Sequence[Mapping[str, Any]],
    today: date,
    hash_password: Callable[[str], str],
) -> None:
    """Put suppliers with their accounts and one person each."""
    opened = datetime.combine(today, _OPENING).astimezone(UTC) - timedelta(days=365)
    for row in rows:
        _put_person(session, row, (_SUPPLIER, "supplier"), hash_password)
        put_supplier(
            session,
            Supplier(
                code=row["code"],
                name=row["name"],
                uscc=row["uscc"],
                contact_phone=row["contact_phone"],
                legal_person_phone=row["legal_person_phone"],
            ),
        )
        accounts = {
            AccountKind.SUPPLIER: row["account"],
            AccountKind.MIGRANT_WAGE: row["migrant_account"],
        }
        for kind, number in accounts.items():
            if number is not None:
                account = Account(
                    account_name=row["name"],
                    bank=row["bank"],
                    account_number=number.replace(" ", ""),
                )
                open_account(session, row["code"], kind, account, opened)


def load_agencies(
    session: Session, rows: Sequence[Mapping[str, Any]], hash_password: Callable[[str], str]
) -> None:
    """Put agencies and one person each."""
    for row in rows:
        _put_person(session, row, (_AGENCY, "agency"), hash_password)
        put_agency(
            session,
            Agency(
                code=row["code"],
                name=row["name"],
                uscc=row["uscc"],
                division=row["division"],
                works_qualified=row["works_qualified"],
                central=row["central"],
            ),
        )


def load_platforms(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Put the trading platforms."""
    session.execute(insert(trading_platform), list(rows))


def _put_person(
    session: Session,
    row: Mapping[str, Any],
    post: tuple[str, str],
    hash_password: Callable[[str], str],
) -> None:
    """Let the organisation be a unit in which one person has the role."""
    kind, role = post
    unit = OrgUnit(
        code=row["code"], name=row["name"], parent=None, kind=kind, division=row["division"]
    )
    put_org_unit(session, unit)
    person = Participant(
        login=row["login"],
        name=f"{row['name']}经办人",
        unit=unit,
        department="",
        memberships=(Membership(role=role, unit=unit.code, scope_prefix=None),),
    )
    put_participant(
        session,
        person,
        password_hash=hash_password(row["initial_password"]),
        phone=row.get("contact_phone", ""),
    )


def publish_intentions(
    session: Session, rows: Sequence[Mapping[str, Any]], units: Mapping[str, Mapping[str, Any]]
) -> None:
    """Give each intention its project and the notice that published it.

    Args:
        session: the open transaction.
        rows: rows of the table ``intention``.
        units: organisations of the demonstration by code.
    """
    for row in rows:
        unit = units[row["unit"]]
        at = datetime.combine(row["published_on"], _OPENING).astimezone(UTC)
        project = open_by_intention(
            session,
            AnnouncedProject(
                intention=row["code"],
                unit=row["unit"],
                division=unit["division"],
                name=row["title"],
                amount=Decimal(row["budget"]),
            ),
            at,
        )
        text = compose(
            IntentionText(
                unit=PublicBody(**{name: unit[name] for name in PublicBody.__dataclass_fields__}),
                title=row["title"],
                overview=f"{row['title']}，以采购文件为准。",
                budget=row["budget"],
                expected_month=row["expected_month"],
            )
        )
        notice = NewNotice(
            kind=NoticeKind.INTENTION,
            project=project,
            unit=row["unit"],
            division=unit["division"],
        )
        publish(session, notice, text, Signature(login="system", instance_key=None, now=at))
