"""项目监督: scenario S4-O10; regulators look, every look is recorded, nothing can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.store.tables import audit_entry
from tests.processes.award_change import approve as approve_change
from tests.processes.award_change import edited, publish
from tests.processes.award_change import submitted as changed
from tests.processes.award_notice import two_winners
from tests.processes.contract_filing import filed
from tests.processes.interconnected import project
from tests.processes.payment_application import approve, submitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.runtime import Engine
    from tests.webui.office_client import Person

LIST = "/dossiers/project_supervision"


def looks(office: Engine) -> list[tuple[str, str]]:
    """Return who has looked or was refused, by action."""
    with office.database.session(write=False) as session:
        rows = session.execute(select(audit_entry.c.action, audit_entry.c.login)).all()
    return [(row.action, row.login) for row in rows if row.action.startswith("dossier")]


def test_a_regulator_sees_every_stage_and_each_look_is_recorded(
    office: Engine, person: Callable[[str], Person]
) -> None:
    number = two_winners(office)
    approve_change(changed(office, f"{number}-02"))
    publish(edited(office, number))
    approve(submitted(office, filed(office, number, f"{number}-01").number))
    key = project(office, number).key
    regulator = person("pdjg_cs")

    listed = regulator.get(LIST)
    page = regulator.get(f"{LIST}/{key}")

    assert regulator.status == 200
    assert number in listed
    for stage in (
        *("采购计划备案", "采购公告", "结果公告", "中标结果变更备案（已使用）", "中标变更公告"),
        *("合同备案", "合同公告", "支付", "788,000.00", "120,000.00", f"{number}-02"),
    ):
        assert stage in page, stage
    assert looks(office) == [("dossier_listed", "pdjg_cs"), ("dossier_opened", "pdjg_cs")]
    for address in (LIST, f"{LIST}/{key}"):
        regulator.post(address, {})
        assert regulator.status == 403


def test_nobody_else_and_no_other_division_may_look(
    office: Engine, person: Callable[[str], Person]
) -> None:
    key = project(office, two_winners(office)).key
    purchaser, other = person("pdzx_jb"), person("zzjg_cs")

    purchaser.get(f"{LIST}/{key}")
    assert purchaser.status == 403
    assert "项目监督" not in purchaser.get("/worklist/todo")
    other.get(f"{LIST}/{key}")
    assert other.status == 404
    assert looks(office) == []
