"""为什么: whose a step is and why, which rules led there, what keeps a reader from acting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.model.participants import Actor
from engine.queries import WhyQuery
from engine.queries.views import Policy
from handlers.records.demo import plan_answers
from tests.processes.plan_filing import approve, file_plan, send_back, submit

if TYPE_CHECKING:
    from engine.queries.views import WhyView
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver


def why(office: Engine, plan: ProcessDriver, element_id: str, login: str) -> WhyView | None:
    return office.ask(WhyQuery(work_item_key=plan.key_at(element_id)), Actor(login=login))


def test_the_rule_the_post_and_the_decision_are_said_to_whoever_has_the_step(
    office: Engine,
) -> None:
    plan = file_plan(office, "PL025")
    lines = len(plan.audit())

    found = why(office, plan, "dept_review", "zzjy_sh")

    assert found is not None
    assert found.mine
    assert (found.policy, found.refusal) == (Policy.NONE, "")
    assert len(found.people) == 2
    assert "上级单位" in found.people[0]
    assert found.people[1].startswith("您担任")
    assert "可以办理此环节" in found.people[1]
    assert "填" in found.arrival[0]
    assert "后到达此环节" in found.arrival[0]
    traces = [entry for detail in found.decisions for entry in detail["trace"]]
    assert all(entry["rules"] for entry in traces if entry["table_id"])
    chosen = [one for one in found.conditions if one.condition]
    assert chosen or traces
    assert all(one.values for one in chosen)
    assert len(plan.audit()) == lines


def test_a_reader_learns_which_policy_keeps_him_away_and_others_learn_nothing(
    office: Engine,
) -> None:
    plan = file_plan(office, "PL025")
    key = plan.key_at("dept_review")

    initiator = why(office, plan, "dept_review", plan.initiator)
    stranger = why(office, plan, "dept_review", "zzwj_sh")
    approve(plan, ("dept_review", "zzjy_sh"))
    done = office.ask(WhyQuery(work_item_key=key), Actor(login="zzjy_sh"))

    assert initiator is not None
    assert (initiator.mine, initiator.policy) == (False, Policy.POST)
    assert "请联系管理员" in initiator.refusal
    assert stranger is None
    assert done is not None
    assert done.policy is Policy.ENDED
    assert "撤回" in done.refusal
    assert not done.verbs


def test_what_people_did_with_a_step_is_said(office: Engine) -> None:
    plan = file_plan(office, "PL025")
    approve(plan, ("dept_review", "zzjy_sh"))
    send_back(plan, "biz_first", "zzyw2_cs")

    returned = why(office, plan, "fill_plan", plan.initiator)

    assert returned is not None
    assert any("退回到此环节" in sentence for sentence in returned.arrival)
    assert any("仍由" in sentence or "发起人" in sentence for sentence in returned.people)
    submit(plan, plan_answers("PL025"))
