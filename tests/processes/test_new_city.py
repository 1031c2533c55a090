"""A city is deployed by adding one folder: Kaifeng lets the regulator do the second review."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING, Final

import pytest

from engine.cli import main
from engine.model.participants import Membership, OrgUnit, Participant
from engine.store.identity import put_org_unit, put_participant
from handlers.records.demo import plan_answers
from tests.processes.plan_filing import FILL, approve, file_plan
from tests.processes.rule_book import PROCESSES, ROOT
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from engine.runtime import Engine

CITY: Final = "410200"
FINANCE: Final = OrgUnit(
    code="410200-CZJ", name="开封市财政局（演示）", parent=None, kind="财政", division=CITY
)
SCHOOL: Final = OrgUnit(
    code="410200-JY01",
    name="开封市示例中学",
    parent="410200-CZJ",
    kind="采购单位",
    division=CITY,
)
PEOPLE: Final = {
    "kf_jb": ("purchaser_handler", SCHOOL),
    "kf_sh": ("purchaser_reviewer", SCHOOL),
    "kf_zg": ("dept_reviewer", FINANCE),
    "kf_ywcs": ("biz_first", FINANCE),
    "kf_ywfh": ("biz_second", FINANCE),
    "kf_jgfh": ("reg_second", FINANCE),
}
BEFORE_SECOND: Final = (
    ("internal_review", "kf_sh"),
    ("dept_review", "kf_zg"),
    ("biz_first", "kf_ywcs"),
)
#: What Kaifeng draws differently: who does the second review.
DIFFERENCES: Final = (
    (
        '<zeebe:assignmentDefinition candidateGroups="biz_second" />',
        '<zeebe:assignmentDefinition candidateGroups="reg_second" />',
    ),
    ('id="biz_second" name="业务处室复核"', 'id="biz_second" name="监管单位复核"'),
)


def put_people(session: Session) -> None:
    for unit in (FINANCE, SCHOOL):
        put_org_unit(session, unit)
    for login, (role, unit) in PEOPLE.items():
        scope = "4102" if unit is FINANCE else None
        membership = Membership(role=role, unit=unit.code, scope_prefix=scope)
        person = Participant(login=login, name=login, unit=unit, memberships=(membership,))
        put_participant(session, person, password_hash="not used")


def with_folder_of_the_city(folder: Path) -> Path:
    """Copy the procedure and add the city's folder, as an administrator does."""
    package = folder / "processes" / "plan_filing"
    shutil.copytree(PROCESSES / "plan_filing", package)
    shutil.copytree(ROOT / "forms" / "plan_filing", folder / "forms" / "plan_filing")
    base = (package / "plan_filing.bpmn").read_text("utf-8")
    changed = base
    for old, new in DIFFERENCES:
        assert changed.count(old) == 1
        changed = changed.replace(old, new)
    region = package / "regions" / CITY
    region.mkdir()
    (region / "plan_filing.bpmn").write_text(changed, "utf-8")
    (region / "en.toml").write_text('"监管单位复核" = "Regulator, second review"\n', "utf-8")
    (region / "variant.toml").write_text(
        'name = "开封市"\n'
        'reason = "开封市的采购计划由监管单位复核。"\n'
        'legal_source = "测试用"\n'
        "effective_from = 2026-01-01\n"
        'owner = "开封市财政局（演示）"\n\n'
        f'[base]\n"plan_filing.bpmn" = "{hashlib.sha256(base.encode()).hexdigest()}"\n',
        "utf-8",
    )
    return package


@pytest.fixture
def kaifeng(
    office: Engine, office_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Engine:
    """Give an office in which the folder of 410200 was added and deployed by command line."""
    with office.database.session(write=True) as session:
        put_people(session)
        session.commit()
    package = with_folder_of_the_city(tmp_path / "package")
    added = [path.name for path in package.rglob("*") if CITY in path.parent.parts]
    assert sorted(added) == ["en.toml", "plan_filing.bpmn", "variant.toml"]
    monkeypatch.setenv("PROCUREFLOW_DATABASE_URL", office_url)
    monkeypatch.setenv("PROCUREFLOW_DATA", str(tmp_path / "var"))
    for command in ("lint", "deploy"):
        assert main([command, str(package.parent)]) == 0
    return office


def filed(office: Engine) -> ProcessDriver:
    plan = ProcessDriver.start(office, "plan_filing", by="kf_jb")
    plan.complete(FILL, by="kf_jb", answers=plan_answers("PL052"), opinion="")
    approve(plan, *BEFORE_SECOND)
    return plan


def test_before_the_folder_the_city_takes_the_standard_flow(office: Engine) -> None:
    with office.database.session(write=True) as session:
        put_people(session)
        session.commit()

    plan = filed(office)

    assert (plan.root.region, plan.people_at("biz_second")) == ("", {"kf_ywfh"})


@pytest.mark.scenario("CITY-01")
def test_one_folder_gives_the_city_its_own_second_review(kaifeng: Engine) -> None:
    plan = filed(kaifeng)

    assert plan.root.region == CITY
    assert plan.people_at("biz_second") == {"kf_jgfh"}
    approve(plan, ("biz_second", "kf_jgfh"))
    assert plan.state == "completed"
    assert plan.number == "豫财计备-410200-2026-00001"


@pytest.mark.scenario("CITY-01")
def test_other_cities_do_not_notice(kaifeng: Engine) -> None:
    plan = file_plan(kaifeng, "PL052")
    approve(plan, ("internal_review", "lysw_sh"), ("dept_review", "ly_zg"))
    approve(plan, ("biz_first", "ly_ywcs"))

    assert (plan.root.region, plan.people_at("biz_second")) == ("", {"ly_ywfh"})
