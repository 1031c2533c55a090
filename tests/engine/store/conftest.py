"""A store with two units, three people and one matter, beside noise that must not matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.model.participants import Membership, OrgUnit, Participant, Role
from engine.store.database import Database
from engine.store.identity import put_org_relation, put_org_unit, put_participant, put_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

BUREAU = OrgUnit(
    code="410100-JYJ", name="示例教育局", parent=None, kind="主管单位", division="410100"
)
SCHOOL = OrgUnit(
    code="410100-JY01", name="示例中学", parent="410100-JYJ", kind="采购单位", division="410100"
)
OFFICE = OrgUnit(
    code="410100-YWC2", name="示例业务处", parent=None, kind="业务处室", division="410100"
)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.session(write=True) as session:
        for unit in (BUREAU, SCHOOL, OFFICE):
            put_org_unit(session, unit)
        put_org_relation(session, BUREAU.code, "business_office", OFFICE.code)
        for key in ("purchaser_handler", "dept_reviewer", "biz_first"):
            put_role(session, Role(key=key, name=key))
        for login, unit, role, scope in (
            ("jb", SCHOOL, "purchaser_handler", None),
            ("sh", BUREAU, "dept_reviewer", None),
            ("cs", OFFICE, "biz_first", "4101"),
        ):
            person = Participant(
                login=login,
                name=login.upper(),
                unit=unit,
                memberships=(Membership(role=role, unit=unit.code, scope_prefix=scope),),
            )
            put_participant(session, person, password_hash="-")
        yield session
