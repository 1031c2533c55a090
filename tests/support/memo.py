"""A small office that handles memos: its people, and one procedure per structure of a model."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.catalog import read_package
from engine.clock import FakeClock
from engine.commands import DeployPackage, hash_password
from engine.handler import HandlerRegistry
from engine.model.participants import Membership, OrgUnit, Participant, Role
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.identity import put_org_unit, put_participant, put_role
from tests.support.databases import OPENING, migrated
from tests.support.leave_request import PACKAGES

if TYPE_CHECKING:
    from engine.catalog import Package
    from tests.support.process_driver import ProcessDriver

#: Everybody's password.
PASSWORD: Final = "Memo-2026-office"
#: One procedure per structure; each has the user tasks ``draft``, ``handle`` and ``approve``.
STRUCTURES: Final = ("memo", "memo_parallel", "memo_inside", "memo_each", "memo_called")
#: Its step ``handle`` says: no transfer, delegation to holders of the post, every answer is
#: awaited, a refused signature takes the drawn return.
STRICT: Final = "memo_strict"

_BUREAU = OrgUnit(code="JU", name="市档案局", parent=None, kind="机关", division="410100")
_FIRST = OrgUnit(code="YK", name="综合科", parent="JU", kind="科室", division="410100")
_SECOND = OrgUnit(code="EK", name="业务科", parent="JU", kind="科室", division="410100")

_ROLES: Final = {
    "clerk": ("承办岗", "Clerk"),
    "leader": ("审批岗", "Leader"),
    "counsel": ("法律顾问岗", "Counsel"),
    "admin": ("系统管理员", "Administrator"),
}
_PEOPLE: Final = (
    ("an", "安然", _FIRST, "收发室", ("clerk",)),
    ("bai", "白露", _FIRST, "文书室", ("clerk",)),
    ("cen", "岑岚", _FIRST, "文书室", ("clerk",)),
    ("dai", "戴维", _FIRST, "", ("leader",)),
    ("e", "鄂宁", _FIRST, "", ("leader",)),
    ("fang", "方圆", _SECOND, "", ("clerk",)),
    ("gu", "顾平", _SECOND, "", ("counsel",)),
    ("he", "何田", _BUREAU, "", ("admin",)),
    ("ji", "季末", _FIRST, "", ("clerk",)),
)
#: Accounts that are disabled.
DISABLED: Final = frozenset({"ji"})


def package_of(process_id: str) -> Package:
    """Read one of the packages of ``tests/packages``."""
    return read_package(PACKAGES / "processes" / process_id, PACKAGES / "forms" / process_id)


def memo_engine(settings: Settings, clock: FakeClock, *deployed: str) -> Engine:
    """Return an engine with the office's people and these procedures.

    Args:
        settings: of the installation.
        clock: moved by hand.
        deployed: names of packages; all without any.
    """
    engine = Engine(settings, clock=clock, registry=HandlerRegistry())
    _people(engine, "-")
    for name in deployed or (*STRUCTURES, STRICT):
        engine.execute(DeployPackage(package=package_of(name)))
    return engine


def furnished_memo(url: str) -> None:
    """Fill an empty database with the office, its procedures and passwords."""
    migrated(url)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), database_url=url)
        engine = Engine(settings, clock=FakeClock(OPENING), registry=HandlerRegistry())
        _people(engine, hash_password(PASSWORD))
        for name in (*STRUCTURES, STRICT):
            engine.execute(DeployPackage(package=package_of(name)))
        engine.close()


def drafted(driver: ProcessDriver, subject: str = "关于修缮库房的请示") -> ProcessDriver:
    """Let the author submit the memo."""
    driver.complete("draft", by=driver.initiator, answers={"subject": subject})
    return driver


def _people(engine: Engine, password_hash: str) -> None:
    with engine.database.session(write=True) as session:
        for unit in (_BUREAU, _FIRST, _SECOND):
            put_org_unit(session, unit)
        for key, (name, name_en) in _ROLES.items():
            put_role(session, Role(key=key, name=name, name_en=name_en))
        for login, name, unit, department, roles in _PEOPLE:
            person = Participant(
                login=login,
                name=name,
                unit=unit,
                department=department,
                memberships=tuple(Membership(role=role, unit=unit.code) for role in roles),
                active=login not in DISABLED,
            )
            put_participant(session, person, password_hash=password_hash)
        session.commit()
