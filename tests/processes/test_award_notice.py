"""结果公告: awards by lot, failed lots, and what the next steps find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.catalog import check_package, read_package
from engine.handler import registry
from engine.model.participants import Actor
from engine.queries import WorkItemQuery
from handlers.records.awards import active_awards
from handlers.records.lots import LotState
from handlers.records.notices import NoticeKind, notices_of_project
from handlers.records.projects import Stage
from tests.processes.award_notice import (
    CHOOSE,
    FILL,
    RESULT,
    announced_project,
    begin,
    failed,
    published,
    won,
)
from tests.processes.interconnected import (
    TWO_LOTS,
    filed_plan,
    project,
    push_lots,
    stored_lots,
)
from tests.processes.notice_publication import button, offered, open_draft, publish
from tests.processes.notice_publication import submit as submit_call
from tests.processes.outside import sent
from tests.processes.refusals import refused
from tests.processes.rule_book import PROCESSES
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from engine.runtime import Engine


def test_winners_by_lot_are_published_and_recorded(office: Engine) -> None:
    number = announced_project(office)

    matter = published(
        office,
        number,
        won(f"{number}-01", "SU03", "788000"),
        won(f"{number}-02", "SU02", "470000"),
    )

    assert (matter.state, matter.number) == ("completed", number)
    # steps without a new document do not know it, and leave the heading as it was
    assert matter.root.title == RESULT["title"]
    item = project(office, number)
    assert item.stage is Stage.AWARDED
    with office.database.session(write=False) as session:
        awards = active_awards(session, item.key)
        call, result = notices_of_project(session, item.key)
    assert [(one.supplier, str(one.amount), one.notice) for one in awards] == [
        ("SU03", "788000.00", result.key),
        ("SU02", "470000.00", result.key),
    ]
    assert (call.kind, result.kind) == (NoticeKind.TENDER, NoticeKind.AWARD)
    assert result.sections[2].rows[0][:3] == ("01", "实训电脑", "平顶山虚构医疗设备有限公司")
    assert str(result.period_to) == "2026-06-11"
    assert {lot.state for lot in stored_lots(office, number)} == {LotState.AWARDED}
    assert [one.body["kind"] for one in sent(office, "notice.published")] == ["tender", "award"]


def test_the_form_begins_with_every_announced_lot(office: Engine) -> None:
    number = announced_project(office)
    matter = begin(office, number)

    query = WorkItemQuery(work_item_key=matter.key_at(FILL))
    page = office.ask(query, Actor(login="pdzx_jb"))

    assert [row["lot"] for row in page.answers["results"]] == [f"{number}-01", f"{number}-02"]
    assert page.answers["title"] == RESULT["title"]


def test_lots_may_be_decided_one_after_the_other(office: Engine) -> None:
    number = announced_project(office)
    published(office, number, won(f"{number}-01", "SU03", "788000"))

    matter = begin(office, number)

    choices = [one.value for one in offered(office, matter, FILL, "award.open_lots")]
    assert choices == [f"{number}-02"]


def test_a_failed_lot_is_announced_again(office: Engine) -> None:
    number = announced_project(office)

    published(office, number, won(f"{number}-01", "SU03", "788000"), failed(f"{number}-02"))

    assert [lot.state for lot in stored_lots(office, number)] == [
        LotState.AWARDED,
        LotState.FAILED,
    ]
    with office.database.session(write=False) as session:
        (award,) = active_awards(session, project(office, number).key)
    assert award.supplier == "SU03"


def test_a_project_that_failed_as_a_whole_is_announced_again(office: Engine) -> None:
    number = filed_plan(office, "PL059")
    call = open_draft(office, number)
    submit_call(call, deadline="2026-06-15T17:00", documents_to="2026-06-12")
    publish(call)
    published(office, number, failed(f"{number}-01"))
    assert button(office, number).startswith("起草公告")

    again = open_draft(office, number)
    submit_call(again, deadline="2026-06-15T17:00", documents_to="2026-06-12")
    publish(again)

    assert again.state == "completed"
    assert stored_lots(office, number)[0].state is LotState.ANNOUNCED


def test_without_a_published_call_there_is_no_result(office: Engine) -> None:
    number = filed_plan(office)
    push_lots(office, number, *TWO_LOTS)
    matter = ProcessDriver.start(office, "award_notice", by="pdzx_jb")

    assert refused(matter, CHOOSE, {"project": number}) == [("project", "ERR_STATE")]


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        ([("01", "SU03", "800000.01")], [("results.0.amount", "ERR_OVER_BUDGET")]),
        ([("03", "SU03", "1")], [("results.0.lot", "ERR_STATE")]),
        ([("01", "SU99", "1")], [("results.0.supplier", "ERR_ENUM")]),
        ([("01", "", "1")], [("results.0.supplier", "ERR_REQUIRED")]),
        ([("01", "SU03", "")], [("results.0.amount", "ERR_REQUIRED")]),
        (
            [("01", "SU03", "1"), ("01", "SU02", "2")],
            [("results.1.lot", "ERR_DUPLICATE")],
        ),
    ],
)
def test_wrong_results_are_said_at_their_fields(
    office: Engine, rows: list[tuple[str, str, str]], errors: list[tuple[str, str]]
) -> None:
    number = announced_project(office)
    matter = begin(office, number)

    results = [won(f"{number}-{lot}", supplier, amount) for lot, supplier, amount in rows]

    assert refused(matter, FILL, {**RESULT, "results": results}) == errors


def test_a_result_of_tomorrow_or_before_the_call_or_without_rows_is_refused(office: Engine) -> None:
    number = announced_project(office)
    matter = begin(office, number)
    result = won(f"{number}-01", "SU03", "788000")

    for wrong in ("2026-06-11", "2025-06-10"):
        answers = {**RESULT, "results": [result], "awarded_on": wrong}
        assert refused(matter, FILL, answers) == [("awarded_on", "ERR_DATE")], wrong
    assert refused(matter, FILL, {**RESULT, "results": []})[0][0] == "results"


def test_the_package_passes_every_check() -> None:
    findings = check_package(read_package(PROCESSES / "award_notice"), registry)

    assert [(f.file, f.element_id, f.message_zh) for f in findings] == []
