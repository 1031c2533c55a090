"""The engine's own small procedure, its people and its handlers; no procurement in it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

from engine.catalog import read_package
from engine.clock import FakeClock
from engine.commands import DeployPackage
from engine.handler import BpmnError, HandlerRegistry, Job, RecordContext
from engine.model.participants import Membership, OrgUnit, Participant, Role
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.identity import put_org_relation, put_org_unit, put_participant, put_role
from tests.support.databases import OPENING, migrated

PACKAGES: Final = Path(__file__).resolve().parents[1] / "packages"

_BUREAU = OrgUnit(code="JYJ", name="教育局", parent=None, kind="主管单位", division="410100")
_SCHOOL = OrgUnit(code="JY01", name="第一中学", parent="JYJ", kind="采购单位", division="410100")
_OFFICE = OrgUnit(code="YWC", name="业务处", parent=None, kind="业务处室", division="410100")
_OTHER = OrgUnit(code="SW01", name="水务局", parent=None, kind="采购单位", division="410300")

_PEOPLE: Final = (
    ("jia", "甲", _SCHOOL, "purchaser_handler", None),
    ("bing", "丙", _SCHOOL, "purchaser_handler", None),
    ("yi", "乙", _BUREAU, "dept_reviewer", None),
    ("yi2", "乙二", _BUREAU, "dept_reviewer", None),
    ("ding", "丁", _OFFICE, "biz_first", "4101"),
    ("other", "戊", _OTHER, "purchaser_handler", None),
    ("boss", "管", _BUREAU, "admin", None),
)


class LeaveOffice:
    """The outside world of the procedure: what was registered and who was told.

    Attributes:
        told: idempotency keys of the notices, in order.
        fail: the next notices fail with this error.
        uncaught: registering throws an error that nobody draws.
    """

    def __init__(self) -> None:
        """Nothing happened yet."""
        self.told: list[str] = []
        self.fail: Exception | None = None
        self.uncaught = False

    def register(self, context: RecordContext, *, days: Any) -> dict[str, Any]:
        """Give the number."""
        if self.uncaught:
            raise BpmnError("UNLUCKY")
        return {"leave_number": f"QJ-{context.matter.today:%Y}-{int(days):02d}"}

    def notify(self, job: Job) -> None:
        """Tell the applicant."""
        if self.fail is not None:
            raise self.fail
        self.told.append(job.idempotency_key)

    def registry(self) -> HandlerRegistry:
        """Return the handlers under their names."""
        registry = HandlerRegistry()
        registry.add("leave.register", self.register, inside=True)
        registry.add("leave.notify", self.notify, inside=False)
        return registry


def leave_engine(settings: Settings, clock: FakeClock, office: LeaveOffice) -> Engine:
    """Return an engine with the procedure deployed and its people known."""
    engine = Engine(settings, clock=clock, registry=office.registry())
    with engine.database.session(write=True) as session:
        for unit in (_BUREAU, _SCHOOL, _OFFICE, _OTHER):
            put_org_unit(session, unit)
        put_org_relation(session, "JYJ", "business_office", "YWC")
        for key in ("purchaser_handler", "dept_reviewer", "biz_first", "admin"):
            put_role(session, Role(key=key, name=f"{key}岗", name_en=key))
        for login, name, unit, role, scope in _PEOPLE:
            person = Participant(
                login=login,
                name=name,
                unit=unit,
                memberships=(Membership(role=role, unit=unit.code, scope_prefix=scope),),
            )
            put_participant(session, person, password_hash="-")
        session.commit()
    folder = PACKAGES / "processes" / "leave_request"
    package = read_package(folder, PACKAGES / "forms" / "leave_request")
    engine.execute(DeployPackage(package=package))
    return engine


def furnished_leave(url: str) -> None:
    """Fill an empty database with the people and the procedure."""
    migrated(url)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), database_url=url)
        leave_engine(settings, FakeClock(OPENING), LeaveOffice()).close()
