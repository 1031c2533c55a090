"""采购项目 and 项目监督: scenario S4-O10; who may look, what is recorded, what a page shows."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # ships no types
from sqlalchemy import insert, select, update

from engine.commands import OpenDossier
from engine.model.keys import new_key
from engine.model.participants import Actor
from engine.store.tables import audit_entry, org_unit
from handlers.records.tables import project as project_table
from tests.processes.award_change import approve as approve_change
from tests.processes.award_change import edited, publish
from tests.processes.award_change import submitted as changed
from tests.processes.award_notice import two_winners
from tests.processes.contract_filing import filed
from tests.processes.contract_filing import submitted as contract_submitted
from tests.processes.expert_draw import applied, draw
from tests.processes.interconnected import project
from tests.processes.payment_application import paid, submitted
from tests.processes.refusals import nothing_but_a_line
from tests.support.counting import counted
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.clock import FakeClock
    from engine.runtime import Engine
    from tests.webui.office_client import Person

SUPERVISION = "/dossiers/project_supervision"
PROJECTS = "/dossiers/projects"


def looks(office: Engine) -> list[tuple[str, str]]:
    """Return who has looked, by action."""
    return [(row.action, row.login) for row in audit(office) if row.action.startswith("dossier")]


def refusals(office: Engine) -> list[str]:
    """Return who was refused, in order."""
    return [row.login for row in audit(office) if row.action == "refused"]


def audit(office: Engine) -> list[Any]:
    """Return the audit trail."""
    statement = select(audit_entry.c.action, audit_entry.c.login).order_by(audit_entry.c.key)
    with office.database.session(write=False) as session:
        return list(session.execute(statement))


def writes_nowhere(office: Engine, regulator: Person, key: int) -> None:
    """Try to change a project and a matter of somebody else, each for a line in the audit trail."""
    plan = ProcessDriver.start(office, "plan_filing", by="pdzx_jb")
    task, matter = f"/tasks/{plan.key_at('fill_plan')}", f"/instances/{plan.instance_key}"
    for address, said in (
        *((SUPERVISION, {}), (f"{SUPERVISION}/{key}", {"stage": "settled"})),
        *((task, {"_outcome": "complete"}), (task, {"_action": "save"})),
        (matter, {"_action": "withdraw", "_v.withdraw.reason": "监督"}),
    ):
        with nothing_but_a_line(office):
            regulator.post(address, said)
        assert regulator.status == 403, address


def whole_project(office: Engine, clock: FakeClock) -> str:
    """Bring a project to a half paid contract and one that waits, a changed award between."""
    number = two_winners(office)
    draw(applied(office, number=number))
    clock.advance(timedelta(days=1))
    first = filed(office, number, f"{number}-01", signed_on="2026-06-11").number
    approve_change(changed(office, f"{number}-02"))
    publish(edited(office, number))
    paid(office, first)
    refused = submitted(office, first, amount="100000")
    refused.complete("internal_review", "approve", by="pdzx_sh")
    clock.advance(timedelta(days=40))
    late = {"contract_no": "PDZX-HT-2026-02", "amount": "465000", "signed_on": "2026-07-20"}
    contract_submitted(office, number, f"{number}-02", **late)
    return number


@pytest.mark.scenario("S4-O10")
def test_every_stage_of_a_project_is_on_one_page_with_links_days_and_what_is_late(
    office: Engine, person: Callable[[str], Person], clock: FakeClock
) -> None:
    number = whole_project(office, clock)
    key = project(office, number).key
    regulator = person("pdjg_cs")

    listed = regulator.get(SUPERVISION)
    page = regulator.get(f"{SUPERVISION}/{key}")

    assert regulator.status == 200
    assert number in listed
    for stage in (
        *("采购计划备案", "标段接收", "采购公告", "结果公告", "中标结果变更备案", "中标变更公告"),
        *("合同备案", "合同公告", "788,000.00", "120,000.00", f"{number}-02", "国库已支付"),
        *("已付 120,000.00 / 788,000.00 元", "办理中：主管单位审核", "办理中：单位内部审核"),
        *("结果公告后 1 天签订", "结果公告后 39 天签订，超过 30 天", "专家抽取", "首次抽取"),
    ):
        assert stage in page, stage
    assert "虚构专家" not in page
    assert looks(office) == [("dossier_listed", "pdjg_cs"), ("dossier_opened", "pdjg_cs")]
    writes_nowhere(office, regulator, key)
    assert page.count('href="/notices/') == 4
    # the regulator took part in the draw and the changed award; the unit may open everything
    assert page.count("/instances/") == 2
    own = person("pdzx_jb").get(f"{PROJECTS}/{key}")
    assert own.count("/instances/") > 8
    assert len(looks(office)) == 2
    with counted(office) as cost:
        look = OpenDossier(name="project_supervision", key=str(key))
        office.execute(look, Actor(login="pdjg_cs"))
    # three of them are for the draw; contracts, payments and notices cost the same in any number
    assert (cost["statements"] <= 22, cost["commits"]) == (True, 1), cost


def test_the_lots_that_wait_too_long_for_a_contract_are_named(
    office: Engine, person: Callable[[str], Person], clock: FakeClock
) -> None:
    number = two_winners(office)
    contract_submitted(office, number, f"{number}-02", amount="465000")
    key = project(office, number).key

    clock.advance(timedelta(days=40))
    page = person("pdzx_jb").get(f"{PROJECTS}/{key}")

    assert "标段 01 结果公告已 40 天，未签合同" in page


@pytest.mark.scenario("S4-O10")
def test_nobody_sees_what_is_not_theirs_and_a_guess_is_recorded(
    office: Engine, person: Callable[[str], Person]
) -> None:
    key = project(office, two_winners(office)).key
    before = len(refusals(office))
    guesses = (
        *(("pdzx_jb", f"{SUPERVISION}/{key}"), ("zzjg_cs", f"{SUPERVISION}/{key}")),
        *(("zzyz_jb", f"{PROJECTS}/{key}"), ("zzyz_jb", f"{PROJECTS}/1")),
        *(("zzyz_jb", f"{PROJECTS}/none"), ("demo_admin", f"{PROJECTS}/{key}")),
        ("demo_admin", f"{PROJECTS}/export"),
    )

    for login, address in guesses:
        one = person(login)
        page = one.get(address)
        assert one.status == 403, (login, address)
        assert "职校" not in page
    assert refusals(office)[before:] == [login for login, _address in guesses]
    assert "项目监督" not in person("pdzx_jb").get("/worklist")
    assert "采购项目" in person("pdzx_jb").get("/worklist")
    assert "职校" not in person("zzyz_jb").get(PROJECTS)
    assert "职校" in person("pd_zg").get(f"{PROJECTS}/{key}")
    assert "采购项目" not in person("demo_analyst").get("/worklist")
    with office.database.session(write=True) as session:
        schools = org_unit.c.code == "410400-CZJ"
        session.execute(update(org_unit).where(schools).values(leader="demo_analyst"))
        session.commit()
    assert "职校" in person("demo_analyst").get(f"{PROJECTS}/{key}")


def test_the_list_is_narrowed_by_its_address_and_its_file_runs_no_formula(
    office: Engine, person: Callable[[str], Person], clock: FakeClock
) -> None:
    two_winners(office)
    names = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\tx", "\rx")
    with office.database.session(write=True) as session:
        for place, name in enumerate([*names, *(f"旧项目{n:02d}" for n in range(60))]):
            row = {"name": name, "ocid": f"ocds-x-{place}", "unit": "410400-JY01"}
            money = {"amount": Decimal(1000 + place), "division": "410400", "stage": "intention"}
            begun = clock.now() - timedelta(days=400)
            session.execute(
                insert(project_table).values(key=new_key(), created_at=begun, **row, **money)
            )
        session.commit()
    handler = person("pdzx_jb")

    assert "第 1 页，共 2 页" in handler.get(PROJECTS)
    assert "第 2 页，共 2 页" in handler.get(f"{PROJECTS}?page=99")
    for narrowing in ("stage=awarded", "method=公开招标", "year=2026&least=500,000", "q=实训电脑"):
        page = handler.get(f"{PROJECTS}?{narrowing}")
        assert "职校实训电脑" in page, narrowing
        assert "旧项目" not in page, narrowing
    nothing = handler.get(f"{PROJECTS}?most=10&stage=nonsense&least=NaN&year=20x6&q=100%25_")
    assert "没有符合条件的内容" in nothing
    assert "旧项目59" in handler.get(f"{PROJECTS}?least=1060&most=1065&division=410400")

    response = handler.client.get(f"{PROJECTS}/export?most=1005.99")

    sheet = load_workbook(BytesIO(response.data)).active
    response.close()
    rows = list(sheet.iter_rows(min_row=2))
    # a carriage return is written by its number (ECMA-376, ST_Xstring)
    said = [str(row[0].value).replace("_x000D_", "\r") for row in rows]
    assert sorted(said) == sorted(names)
    assert {(row[0].data_type, row[0].quotePrefix) for row in rows} == {("s", True)}
    assert {row[4].data_type for row in rows} == {"n"}
    assert ("dossier_exported", "pdzx_jb") in looks(office)
