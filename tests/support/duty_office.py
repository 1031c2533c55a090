"""A small administration for tests about people: units, leaders, posts, and whom to ask."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from engine.catalog import read_package
from engine.clock import FakeClock
from engine.commands import DeployPackage
from engine.handler import HandlerRegistry, Option
from engine.model.participants import Membership, OrgUnit, Participant, Role
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.identity import put_org_relation, put_org_unit, put_participant, put_role
from tests.support.databases import OPENING, migrated

PACKAGES: Final = Path(__file__).resolve().parents[1] / "packages" / "processes"
#: The packages that are about people.
NAMES: Final = (
    "four_eyes",
    "round_of_rules",
    *sorted(path.name for path in PACKAGES.glob("nobody_*")),
)

TOP: Final = OrgUnit(code="CZT", name="财政厅", parent=None, kind="财政", division="410000")
BUREAU: Final = OrgUnit(
    code="JYJ",
    name="教育局",
    parent="CZT",
    kind="主管单位",
    division="410100",
    leader="lead_bureau",
)
SCHOOL: Final = OrgUnit(
    code="JY01",
    name="第一中学",
    parent="JYJ",
    kind="采购单位",
    division="410100",
    leader="lead_school",
)
OFFICE: Final = OrgUnit(code="YWC", name="业务处", parent="CZT", kind="业务处室", division="410100")
REGULATOR: Final = OrgUnit(
    code="CGB", name="监管处", parent="CZT", kind="监管部门", division="410100"
)
CENTRE: Final = OrgUnit(
    code="GC01", name="国采中心", parent=None, kind="集中采购机构", division="110000"
)
UNITS: Final = (TOP, BUREAU, SCHOOL, OFFICE, REGULATOR, CENTRE)

#: login, name, unit, ((role, scope) …)
PEOPLE: Final[tuple[tuple[str, str, OrgUnit, tuple[tuple[str, str | None], ...]], ...]] = (
    ("jia", "甲", SCHOOL, (("purchaser_handler", None),)),
    ("yi", "乙", SCHOOL, (("purchaser_handler", None), ("purchaser_reviewer", None))),
    ("lead_school", "校长", SCHOOL, ()),
    ("sh_bureau", "局审核", BUREAU, (("dept_reviewer", None),)),
    ("lead_bureau", "局长", BUREAU, ()),
    ("sh_top", "厅审核", TOP, (("dept_reviewer", None),)),
    ("cs", "初审", OFFICE, (("biz_first", "4101"),)),
    ("fh", "复核", OFFICE, (("biz_second", "4101"),)),
    ("both", "两岗", OFFICE, (("biz_first", "4101"), ("biz_second", "4101"))),
    ("jg_cs", "监管初审", REGULATOR, (("reg_first", "4101"),)),
    ("jg_fh", "监管终审", REGULATOR, (("reg_second", "4101"),)),
    ("three", "三岗", OFFICE, (("biz_second", "4101"), ("reg_second", "4101"))),
    ("gc", "国采", CENTRE, (("central_admin", None),)),
    ("boss", "管理员", TOP, (("admin", None),)),
)
ROLES: Final = (
    "purchaser_handler",
    "purchaser_reviewer",
    "dept_reviewer",
    "biz_first",
    "biz_second",
    "reg_first",
    "reg_second",
    "central_admin",
    "rare_post",
    "admin",
)


def duty_registry() -> HandlerRegistry:
    """Return the lookups of package ``round_of_rules``."""
    registry = HandlerRegistry()
    registry.add_lookup("rounds.bureau", lambda _context: [Option(value="JYJ", label="教育局")])
    registry.add_lookup("rounds.manager", lambda _context: [Option(value="gc", label="国采")])
    return registry


def duty_engine(settings: Settings, clock: FakeClock, *packages: str) -> Engine:
    """Return an engine with these test packages deployed and the administration in place."""
    engine = Engine(settings, clock=clock, registry=duty_registry())
    with engine.database.session(write=True) as session:
        for unit in UNITS:
            put_org_unit(session, unit)
        put_org_relation(session, BUREAU.code, "business_office", OFFICE.code)
        for key in ROLES:
            put_role(session, Role(key=key, name=f"{key}岗", name_en=key))
        for login, name, unit, posts in PEOPLE:
            person = Participant(
                login=login,
                name=name,
                unit=unit,
                memberships=tuple(
                    Membership(role=role, unit=unit.code, scope_prefix=scope)
                    for role, scope in posts
                ),
            )
            put_participant(session, person, password_hash="-")
        session.commit()
    for name in packages:
        engine.execute(DeployPackage(package=read_package(PACKAGES / name)))
    return engine


def furnished_duties(url: str) -> None:
    """Fill an empty database with the administration and every package that is about people."""
    migrated(url)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), database_url=url)
        duty_engine(settings, FakeClock(OPENING), *NAMES).close()
