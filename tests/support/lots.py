"""An installation that takes lots of a trading centre; shared by the tests of the inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from marshmallow import Schema, fields
from sqlalchemy import text

from engine.errors import UnmatchedError
from engine.handler import HandlerRegistry, InboundContext
from engine.message_schema import load_data
from engine.model.participants import Actor, Membership, OrgUnit, Participant, Role
from engine.model.states import ReceivedState
from engine.store.database import Database
from engine.store.identity import put_org_unit, put_participant, put_role
from engine.store.unit_of_work import UnitOfWork
from tests.support.databases import migrated
from tests.support.partners import PartnerProgram, envelope

if TYPE_CHECKING:
    from engine.errors import MessageRefusedError
    from engine.runtime import Engine

BOSS = Actor(login="boss")
UNIT = OrgUnit(code="U", name="单位", parent=None, kind="", division="410400")


class Lot(Schema):
    """What a lot must be."""

    number = fields.String(required=True)
    amount = fields.Decimal(required=True, places=2)


class Lots(Schema):
    """What a message of lots must be."""

    plan_number = fields.String(required=True)
    lots = fields.List(fields.Nested(Lot), required=True)


class Intake:
    """Takes lots of known plans; every one taken is a row."""

    def __init__(self) -> None:
        """Know one plan."""
        self.plans = {"P-1"}

    def take(
        self, context: InboundContext, *, plan_number: str, lots: list[dict[str, Any]]
    ) -> dict[str, int]:
        """Store the lots."""
        for lot in lots:
            context.session.execute(
                text("INSERT INTO lot_taken (plan, lot) VALUES (:plan, :lot)"),
                {"plan": plan_number, "lot": lot["number"]},
            )
        if plan_number not in self.plans:
            raise UnmatchedError(f"没有计划“{plan_number}”。", f"There is no plan {plan_number}.")
        return {"lots": len(lots)}


def lot_registry(intake: Intake) -> HandlerRegistry:
    """Return what takes lots."""
    registry = HandlerRegistry()
    registry.add_inbound(
        "trading_centre",
        "lots.published",
        intake.take,
        accepts=lambda data: load_data(Lots, data),
    )
    return registry


def furnished_lots(url: str) -> None:
    """Fill an empty database with an administrator and a table of what was taken."""
    migrated(url)
    database = Database(url)
    with database.session(write=True) as session:
        session.execute(text("CREATE TABLE lot_taken (plan VARCHAR(20), lot VARCHAR(20))"))
        put_org_unit(session, UNIT)
        put_role(session, Role(key="admin", name="管理员"))
        boss = Participant(
            login="boss", name="管", unit=UNIT, memberships=(Membership(role="admin", unit="U"),)
        )
        put_participant(session, boss, password_hash="-")
        session.commit()
    database.dispose()


def lots(message_id: str, plan: str = "P-1") -> bytes:
    data = {"plan_number": plan, "lots": [{"number": "01", "amount": "8.00"}]}
    return envelope(message_id, "lots.published", data, plan)


def taken(engine: Engine) -> int:
    with engine.database.session(write=False) as session:
        return int(session.execute(text("SELECT count(*) FROM lot_taken")).scalar_one())


def trail(engine: Engine) -> list[str]:
    with engine.database.session(write=False) as session:
        rows = session.execute(text("SELECT action FROM audit_entry ORDER BY key"))
        return list(rows.scalars())


def held(engine: Engine) -> list[str]:
    with engine.database.session(write=False) as session:
        rows = UnitOfWork(session).exchange.inbox([ReceivedState.HELD], 10)
    return [str(row.key) for row in rows]


def expect_refusal(
    centre: PartnerProgram,
    engine: Engine,
    body: bytes,
    headers: dict[str, str],
    kind: type[MessageRefusedError],
) -> None:
    """Refused, nothing stored, one line in the trail."""
    before = trail(engine)

    with pytest.raises(kind):
        centre.send(body, headers)

    assert trail(engine) == [*before, "refused"]
    with engine.database.session(write=False) as session:
        assert session.execute(text("SELECT count(*) FROM received_message")).scalar_one() == (
            before.count("message_taken")
        )
