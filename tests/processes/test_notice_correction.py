"""更正公告 and 终止公告: versions that stay, periods of the law, what becomes of the lots."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from engine.catalog import check_package, read_package
from engine.errors import ValidationFailedError
from engine.handler import registry
from handlers.records.lots import LotState
from handlers.records.notices import NoticeKind, notice_of
from tests.processes.award_notice import announced_project, published, won
from tests.processes.interconnected import stored_lots
from tests.processes.notice_correction import (
    CORRECTION,
    EDIT,
    END,
    HANDLER,
    TERMINATION,
    chosen,
    corrected,
    stage,
    terminated,
)
from tests.processes.notice_publication import announced, button, notices
from tests.processes.outside import sent
from tests.processes.refusals import refused
from tests.processes.rule_book import PROCESSES

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine
    from handlers.records.notices import PublishedNotice


@pytest.mark.parametrize("package", ["notice_correction", "notice_termination"])
def test_the_packages_pass_every_check(package: str) -> None:
    findings = check_package(read_package(PROCESSES / package), registry)

    assert [(f.file, f.element_id, f.message_zh) for f in findings] == []


def not_chosen(office: Engine, process_id: str, notice: PublishedNotice) -> str:
    """Return in which words a call is refused."""
    with pytest.raises(ValidationFailedError) as refusal:
        chosen(office, process_id, notice)
    (error,) = refusal.value.errors
    assert (error.field, error.code) == ("notice", "ERR_STATE")
    return error.message_zh


def version(office: Engine, notice: PublishedNotice, number: int) -> PublishedNotice:
    with office.database.session(write=False) as session:
        found = notice_of(session, notice.key, number)
    assert found is not None
    return found


def test_a_correction_is_published_with_the_next_version_of_its_call(
    office: Engine, clock: FakeClock
) -> None:
    number = announced_project(office)
    (call,) = notices(office, number)
    other = chosen(office, "notice_correction", call)
    matter = chosen(office, "notice_correction", call)
    sooner = {"deadline": "2026-07-01T09:00", "affects_offers": "no"}
    for wrong in ({"deadline": "2026-06-24T17:00"}, sooner):
        assert refused(matter, EDIT, {**CORRECTION, **wrong}) == [("deadline", "ERR_DATE")]
    matter.complete(EDIT, by=HANDLER, answers=CORRECTION, opinion="")
    matter.complete("confirm_correction", "revise", by=HANDLER)
    assert matter.waiting_at == {EDIT}

    corrected(office, call)

    first, second = version(office, call, 1), version(office, call, 2)
    assert replace(first, versions=1) == call
    assert second.reason == "技术参数有误"
    assert second.sections[0].rows == (
        ("采购需求", "内存 16GB", "内存 32GB"),
        ("提交文件截止时间", "2026-07-02 09:00", "2026-07-10 09:00"),
    )
    assert "2026年07月10日 09:00" in str(second.sections)
    assert "2026年07月02日" not in str(second.sections)
    assert second.facts["deadline"] == "2026-07-10T09:00:00+08:00"
    (_call, correction) = notices(office, number)
    assert (correction.kind, correction.refers_to) == (NoticeKind.CORRECTION, call.key)
    ids = [message.message_id for message in sent(office, "notice.published")]
    assert ids == [f"{call.key}/1", f"{correction.key}/1", f"{call.key}/2"]
    assert refused(other, EDIT, CORRECTION) == [("notice", "ERR_STATE")]

    corrected(office, call, affects_offers="no", reason="地址有误")
    third = version(office, call, 3)
    assert (third.deadline, third.sections[0].rows) == (
        second.deadline,
        second.sections[0].rows[:1],
    )
    clock.advance(timedelta(days=31))
    assert "已过" in not_chosen(office, "notice_correction", call)


def test_a_termination_frees_the_lots_or_ends_the_project(office: Engine) -> None:
    number = announced_project(office)
    (call,) = notices(office, number)

    terminated(office, call)

    assert {lot.state for lot in stored_lots(office, number)} == {LotState.FAILED}
    assert button(office, number) == "起草公告（2 个标段）"
    assert "撤回" in not_chosen(office, "notice_termination", call)
    not_chosen(office, "notice_correction", call)

    announced(office, number)
    again = notices(office, number)[-1]
    published(office, number, won(f"{number}-01", "SU03", "788000"))
    terminated(office, again, ground="cancelled", again="")
    assert [lot.state for lot in stored_lots(office, number)] == [
        LotState.AWARDED,
        LotState.TERMINATED,
    ]
    assert stage(office, number) == "awarded"
    assert button(office, number) == ""
    ending = notices(office, number)[-1]
    assert (ending.kind, ending.refers_to) == (NoticeKind.TERMINATION, again.key)
    assert ending.sections[0].rows == ((f"{number}-02", "网络设备"),)
    assert ending.published_by == HANDLER


def test_a_project_without_lots_left_is_over(office: Engine) -> None:
    number = announced_project(office)
    (call,) = notices(office, number)
    matter = chosen(office, "notice_termination", call)
    matter.complete(END, by=HANDLER, answers=TERMINATION, opinion="")
    matter.complete("confirm_termination", "revise", by=HANDLER)
    assert matter.waiting_at == {END}

    terminated(office, call, ground="cancelled", again="")

    matter.complete(END, by=HANDLER, answers=TERMINATION, opinion="")
    assert refused(matter, "confirm_termination", {}, outcome="publish") == [
        ("notice", "ERR_STATE")
    ]
    assert stage(office, number) == "terminated"
    assert button(office, number) == ""
