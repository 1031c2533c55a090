"""Flow coverage: a few matters together pass every sequence flow of the four models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn import read_model
from engine.store.unit_of_work import UnitOfWork
from handlers.records.demo import plan_answers
from tests.processes.outside import work_off
from tests.processes.plan_filing import approve, file_plan, send_back, submit
from tests.processes.rule_book import PACKAGE, ZHENGZHOU

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver

#: (process, region) of an instance and the file it runs.
FILES: Final = {
    ("plan_filing", ""): PACKAGE / "plan_filing.bpmn",
    ("plan_filing", "410400"): PACKAGE / "plan_filing.bpmn",
    ("plan_filing", "410100"): ZHENGZHOU / "plan_filing.bpmn",
    ("zz_plan_filing_linked", "410100"): ZHENGZHOU / "linked_approval.bpmn",
    ("zz_plan_filing_unlinked", "410100"): ZHENGZHOU / "unlinked_approval.bpmn",
}


def flows_of(file: Path) -> set[str]:
    return set(read_model(file.read_bytes(), file.name).flows)


def passed_by(office: Engine, plans: Iterable[ProcessDriver]) -> dict[tuple[str, str], set[str]]:
    passed: dict[tuple[str, str], set[str]] = {key: set() for key in FILES}
    for plan in plans:
        with office.database.session(write=False) as session:
            instances = UnitOfWork(session).instances
            rows = {row.key: row for row in instances.tree(int(plan.instance_key))}
            for event in instances.history(int(plan.instance_key)):
                row = rows[event.instance_key]
                if event.event == "taken":
                    passed[row.process_id, plan.root.region].add(event.element_id)
    return passed


def standard(office: Engine) -> ProcessDriver:
    """Every return of the standard flow, then the regulator twice."""
    plan = file_plan(office, "PL050")
    people = {
        "internal_review": "hnky_sh",
        "dept_review": "hn_zg",
        "biz_first": "hn_ywcs",
        "biz_second": "hn_ywfh",
        "reg_first": "hn_jgcs",
        "reg_second": "hn_jgfh",
    }
    steps = list(people.items())
    for count in range(3):
        approve(plan, *steps[:count])
        send_back(plan, *steps[count])
        submit(plan, plan_answers("PL050"))
    approve(plan, *steps[:3])
    send_back(plan, *steps[3])
    approve(plan, *steps[2:4])
    send_back(plan, *steps[4])
    submit(plan, plan_answers("PL050"))
    approve(plan, *steps[:4])
    approve(plan, steps[4], escalate="yes")
    send_back(plan, *steps[5])
    approve(plan, steps[4], escalate="yes")
    approve(plan, steps[5])
    return plan


def standard_short(office: Engine) -> ProcessDriver:
    """The standard flow without the regulator."""
    plan = file_plan(office, "PL047")
    approve(plan, ("internal_review", "hnsd_sh"), ("dept_review", "hn_zg"))
    approve(plan, ("biz_first", "hn_ywcs"), ("biz_second", "hn_ywfh"))
    return plan


def standard_regulator_alone(office: Engine) -> ProcessDriver:
    """The standard flow with the regulator's first review only."""
    plan = file_plan(office, "PL050", plan_name="科研院进口质谱仪")
    approve(plan, ("internal_review", "hnky_sh"), ("dept_review", "hn_zg"))
    approve(plan, ("biz_first", "hn_ywcs"), ("biz_second", "hn_ywfh"))
    approve(plan, ("reg_first", "hn_jgcs"), escalate="no")
    return plan


def with_platform(office: Engine) -> ProcessDriver:
    """The standard flow in Pingdingshan, pushed to the trading centre."""
    plan = file_plan(office, "PL055")
    approve(plan, ("internal_review", "pdzx_sh"), ("dept_review", "pd_zg"))
    approve(plan, ("biz_first", "pd_ywcs"), ("biz_second", "pd_ywfh"))
    work_off(office)
    return plan


def linked(office: Engine) -> ProcessDriver:
    """Every return of the linked approval, the regulator twice."""
    plan = file_plan(office, "PL031")
    first, second, third = (
        ("dept_review", "zzwj_sh"),
        ("biz_first", "zzyw2_cs"),
        ("biz_second", "zzyw2_fh"),
    )
    regulator, superior = ("reg_first", "zzjg_cs"), ("reg_second", "zzjg_fh")
    send_back(plan, *first)
    submit(plan, plan_answers("PL031"))
    approve(plan, first)
    send_back(plan, *second)
    submit(plan, plan_answers("PL031"))
    approve(plan, first, second)
    send_back(plan, *third)
    approve(plan, second, third)
    send_back(plan, *regulator)
    submit(plan, plan_answers("PL031"))
    approve(plan, first, second, third)
    approve(plan, regulator, escalate="yes")
    send_back(plan, *superior)
    approve(plan, regulator, escalate="yes")
    approve(plan, superior)
    return plan


def linked_short(office: Engine) -> list[ProcessDriver]:
    """The linked approval without the regulator, and with his first review only."""
    school = file_plan(office, "PL025")
    approve(school, ("dept_review", "zzjy_sh"), ("biz_first", "zzyw2_cs"))
    approve(school, ("biz_second", "zzyw2_fh"))
    hospital = file_plan(office, "PL032")
    approve(hospital, ("dept_review", "zzwj_sh"), ("biz_first", "zzyw2_cs"))
    approve(hospital, ("biz_second", "zzyw2_fh"))
    approve(hospital, ("reg_first", "zzjg_cs"), escalate="no")
    return [school, hospital]


def unlinked(office: Engine) -> ProcessDriver:
    """Every return of the unlinked approval, both answers about the superior."""
    plan = file_plan(office, "PL041")
    regulator, superior = ("reg_first", "zzjg_cs"), ("reg_second", "zzjg_fh")
    first, second, third = (
        ("dept_review", "zzjy_sh"),
        ("biz_first", "zzyw2_cs"),
        ("biz_second", "zzyw2_fh"),
    )
    send_back(plan, *regulator)
    submit(plan, plan_answers("PL041"))
    approve(plan, regulator, escalate="yes")
    send_back(plan, *superior)
    approve(plan, regulator, escalate="yes")
    approve(plan, superior)
    send_back(plan, *first)
    submit(plan, plan_answers("PL041"))
    approve(plan, regulator, escalate="no")
    approve(plan, first)
    send_back(plan, *second)
    submit(plan, plan_answers("PL041"))
    approve(plan, regulator, escalate="no")
    approve(plan, first, second)
    send_back(plan, *third)
    approve(plan, second, third)
    return plan


def test_every_sequence_flow_is_passed(office: Engine) -> None:
    plans = [
        standard(office),
        standard_short(office),
        standard_regulator_alone(office),
        with_platform(office),
        linked(office),
        *linked_short(office),
        unlinked(office),
    ]

    passed = passed_by(office, plans)

    assert {plan.state for plan in plans} == {"completed"}
    numbers = [plan.number for plan in plans]
    assert len(set(numbers)) == len(numbers)
    passed["plan_filing", ""] |= passed.pop(("plan_filing", "410400"))
    for key, flows in passed.items():
        assert flows_of(FILES[key]) - flows == set(), key
