"""中标结果变更: scenarios S3-O04, S3-O09 and S4-O05; the filing, its gate, the notice."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from engine.catalog import check_package, read_package
from engine.clock import OFFICE_ZONE
from engine.errors import NotAllowedError
from engine.handler import registry
from handlers.records.awards import active_awards
from handlers.records.notices import NoticeKind
from tests.processes.award_change import (
    CHANGE,
    CHOOSE,
    CONFIRM,
    FILL,
    FIRST,
    HANDLER,
    REVIEWER,
    SECOND,
    ZHENGZHOU,
    approve,
    begin,
    edited,
    open_notice,
    publish,
    submitted,
)
from tests.processes.award_notice import published, two_winners, won
from tests.processes.contract_filing import filed
from tests.processes.interconnected import project
from tests.processes.notice_publication import announced, notices
from tests.processes.outside import sent
from tests.processes.plan_filing import approve as approve_plan
from tests.processes.plan_filing import file_plan
from tests.processes.refusals import nothing_but_a_line, refusal, refused
from tests.processes.rule_book import PROCESSES
from tests.support.process_driver import ProcessDriver
from webui.errors import status_of

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine


def gate(office: Engine, number: str) -> str:
    """Return in which words a change notice is refused now."""
    matter = open_notice(office)
    (error,) = refusal(matter, CHOOSE, {"project": number}, opinion="").errors
    assert (error.field, error.code) == ("project", "ERR_STATE")
    # past the page: what is not drawn here is not allowed
    with nothing_but_a_line(office), pytest.raises(NotAllowedError) as crafted:
        matter.complete(CHOOSE, "publish", by=HANDLER, answers={"project": number})
    assert status_of(crafted.value) == 403
    return error.message_zh


@pytest.mark.parametrize("package", ["award_change_filing", "award_change_notice"])
def test_the_packages_pass_every_check(package: str) -> None:
    findings = check_package(read_package(PROCESSES / package), registry)

    assert [(f.file, f.element_id, f.message_zh) for f in findings] == []


@pytest.mark.scenario("S4-O05")
def test_a_changed_award_is_filed_published_and_in_force(office: Engine) -> None:
    number = two_winners(office)
    lot = f"{number}-02"

    matter = submitted(office, lot)
    assert matter.waiting_at == {"internal_review"}
    assert matter.people_at("internal_review") == {REVIEWER}
    matter.complete("internal_review", "approve", by=REVIEWER)
    assert matter.people_at("reg_first") == {FIRST}
    matter.complete("reg_first", "approve", by=FIRST)
    assert matter.people_at("reg_second") == {SECOND}
    matter.complete("reg_second", "approve", by=SECOND)
    assert (matter.state, matter.number) == ("completed", "BGBA-410400-2026-00001")
    publish(edited(office, number))

    with office.database.session(write=False) as session:
        awards = active_awards(session, project(office, number).key)
    assert [(one.supplier, str(one.amount)) for one in awards] == [
        ("SU03", "788000.00"),
        ("SU06", "465000.00"),
    ]
    notice = notices(office, number)[-1]
    assert notice.kind is NoticeKind.AWARD_CHANGE
    assert notice.refers_to == notices(office, number)[1].key
    assert notice.facts["filing_number"] == matter.number
    assert [row[2] for row in notice.sections[2].rows] == [
        "河南样本信息技术有限公司",
        "河南虚拟园林绿化有限公司",
    ]
    assert [one.body["kind"] for one in sent(office, "notice.published")][-1] == "award_change"


@pytest.mark.scenario("S3-O04")
def test_a_school_in_zhengzhou_files_and_announces_another_winner(
    office: Engine, clock: FakeClock
) -> None:
    handler, *reviewers = ZHENGZHOU
    plan = file_plan(office, "PL026")
    approve_plan(plan, ("dept_review", "zzjy_sh"), ("biz_first", "zzyw2_cs"))
    approve_plan(plan, ("biz_second", "zzyw2_fh"))
    number = plan.number
    announced(office, number, handler)
    published(office, number, won(f"{number}-01", "SU03", "940000"), by=handler)
    clock.set(datetime(2026, 6, 15, 9, 0, tzinfo=OFFICE_ZONE))

    changes = {"new_supplier": "SU02", "new_amount": "930000"}
    matter = submitted(office, f"{number}-01", handler, **changes)
    approve(matter, *reviewers)
    publish(edited(office, number, handler))

    assert matter.number == "BGBA-410100-2026-00001"
    with office.database.session(write=False) as session:
        awards = active_awards(session, project(office, number).key)
    assert [(one.supplier, str(one.amount)) for one in awards] == [("SU02", "930000.00")]
    assert notices(office, number)[-1].kind is NoticeKind.AWARD_CHANGE


@pytest.mark.scenario("S3-O09")
def test_the_notice_waits_for_its_filing_and_uses_it_up(office: Engine) -> None:
    number = two_winners(office)
    assert gate(office, number) == "请先进行中标结果变更备案。"

    matter = submitted(office, f"{number}-02")
    assert gate(office, number) == "备案审核中。"
    matter.complete("internal_review", "return", by=REVIEWER, opinion="情况说明没有盖章。")
    assert gate(office, number) == "备案被退回。"
    assert matter.waiting_at == {FILL}
    matter.complete(FILL, by=HANDLER, answers={**CHANGE, "lot": f"{number}-02"}, opinion="")
    assert gate(office, number) == "备案审核中。"
    approve(matter)
    first, second = edited(office, number), edited(office, number)
    publish(first)
    assert gate(office, number) == "该备案已发布过变更公告，请重新备案。"
    assert refused(second, CONFIRM, {}, outcome="publish") == [("project", "ERR_STATE")]

    again = submitted(office, f"{number}-01", new_amount="780000")
    assert again.waiting_at == {"internal_review"}


def test_returns_go_to_the_purchaser_and_from_the_second_review_to_the_first(
    office: Engine,
) -> None:
    number = two_winners(office)
    matter = submitted(office, f"{number}-02")
    matter.complete("internal_review", "approve", by=REVIEWER)
    matter.complete("reg_first", "approve", by=FIRST)

    matter.complete("reg_second", "return", by=SECOND, opinion="请核实候选人排序。")

    assert matter.waiting_at == {"reg_first"}
    matter.complete("reg_first", "return", by=FIRST, opinion="请补充评审报告。")
    assert matter.waiting_at == {FILL}


@pytest.mark.scenario("S3-O09")
def test_a_bad_filing_is_refused_at_its_field(office: Engine) -> None:
    number = two_winners(office)
    lot = f"{number}-02"
    bare = ProcessDriver.start(office, "award_change_filing", by=HANDLER)
    good: dict[str, Any] = {**CHANGE, "lot": lot}
    assert refused(bare, FILL, good) == [("statement", "ERR_ATTACHMENT_REQUIRED")]
    matter = begin(office)

    same = {"new_supplier": "SU02", "new_amount": "470000"}
    assert refused(matter, FILL, good | same) == [("new_supplier", "ERR_UNCHANGED")]
    assert refused(matter, FILL, good | {"new_amount": "474000.01"}) == [
        ("new_amount", "ERR_OVER_BUDGET")
    ]
    assert refused(matter, FILL, good | {"lot": "没有的标段"}) == [("lot", "ERR_STATE")]
    filed(office, number, f"{number}-01")
    assert refused(matter, FILL, good | {"lot": f"{number}-01"}) == [("lot", "ERR_STATE")]


def test_a_project_has_one_open_filing(office: Engine) -> None:
    number = two_winners(office)
    early = submitted(office, f"{number}-02")
    late = begin(office)
    other = {**CHANGE, "lot": f"{number}-01", "new_amount": "780000"}
    assert refused(late, FILL, other) == [("lot", "ERR_DUPLICATE")]

    early.terminate(by="demo_admin", reason="原中标人继续履约")

    late.complete(FILL, by=HANDLER, answers=other, opinion="")
    assert late.waiting_at == {"internal_review"}
