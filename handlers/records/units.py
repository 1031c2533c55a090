"""Units as notices and messages name them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.store.conflicts import upsert
from engine.store.tables import org_unit
from handlers.records.tables import public_body

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class PublicBody:
    """A public unit.

    Attributes:
        code: of its unit.
        uscc: unified social credit code, empty when it is not known.
        nature: 行政, 事业, 省属高校, 科研院所.
        purchase_key: 采购编码关键字, used in numbers.
    """

    code: str
    name: str
    uscc: str
    nature: str
    purchase_key: str


def put_public_body(
    session: Session, code: str, *, uscc: str, nature: str, purchase_key: str
) -> None:
    """Store what is known of a unit beside its place in the tree."""
    values = {"code": code, "uscc": uscc, "nature": nature, "purchase_key": purchase_key}
    upsert(session, public_body, values)


def public_body_of(session: Session, code: str) -> PublicBody:
    """Return a unit; what nobody has entered is empty.

    Raises:
        NoResultFound: there is no such unit.
    """
    row = session.execute(
        select(
            org_unit.c.name,
            public_body.c.uscc,
            public_body.c.nature,
            public_body.c.purchase_key,
        )
        .outerjoin(public_body, public_body.c.code == org_unit.c.code)
        .where(org_unit.c.code == code)
    ).one()
    return PublicBody(
        code=code,
        name=row.name,
        uscc=row.uscc or "",
        nature=row.nature or "",
        purchase_key=row.purchase_key or "",
    )
