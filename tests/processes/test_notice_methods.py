"""采购公告发布: days, amounts, every method of procurement, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from handlers.records.notices import NoticeKind
from tests.processes.interconnected import project
from tests.processes.notice_publication import (
    CALL,
    CHOOSE,
    DRAFT,
    announced,
    lot_choices,
    notices,
    open_draft,
    publish,
    start,
    submit,
    with_lots,
)
from tests.processes.outside import sent, work_off
from tests.processes.plan_filing import approve, file_plan
from tests.processes.refusals import refused

if TYPE_CHECKING:
    from engine.runtime import Engine

LUOYANG = (
    ("internal_review", "lysw_sh"),
    ("dept_review", "ly_zg"),
    ("biz_first", "ly_ywcs"),
    ("biz_second", "ly_ywfh"),
)


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"deadline": "2026-06-29T09:00"}, [("deadline", "ERR_DATE")]),
        ({"documents_to": "2026-06-10"}, [("documents_to", "ERR_DATE")]),
        ({"documents_to": "2026-07-03"}, [("deadline", "ERR_DATE")]),
        ({"ceiling": "1274000.01"}, [("ceiling", "ERR_OVER_BUDGET")]),
        ({"title": ""}, [("title", "ERR_REQUIRED")]),
        ({"contact_phone": "12345"}, [("contact_phone", "ERR_PHONE")]),
        (
            {"deadline": "2026-06-20T09:00", "ceiling": "2000000"},
            [("deadline", "ERR_DATE"), ("ceiling", "ERR_OVER_BUDGET")],
        ),
    ],
)
def test_days_and_amounts_are_checked_at_their_fields(
    office: Engine, changes: dict[str, Any], errors: list[tuple[str, str]]
) -> None:
    number = with_lots(office)
    matter = open_draft(office, number)

    answers = {**CALL, "lots": lot_choices(office, matter), **changes}

    assert refused(matter, DRAFT, answers) == errors


def test_the_first_possible_deadline_is_taken(office: Engine) -> None:
    number = with_lots(office)

    matter = announced(office, number, deadline="2026-06-30T00:00", ceiling="1274000")

    assert matter.state == "completed"


@pytest.mark.parametrize("project_number", ["", "平财计备-2026-99999", "郑财计备-2026-00001"])
def test_only_own_filed_projects_are_announced(office: Engine, project_number: str) -> None:
    plan = file_plan(office, "PL025")
    approve(plan, ("dept_review", "zzjy_sh"), ("biz_first", "zzyw2_cs"))
    approve(plan, ("biz_second", "zzyw2_fh"))
    matter = start(office)

    found = refused(matter, CHOOSE, {"project": project_number})

    assert found in ([("project", "ERR_ENUM")], [("project", "ERR_REQUIRED")])


@pytest.mark.parametrize(
    ("method", "kind", "days"),
    [
        ("公开招标", NoticeKind.TENDER, "2026-06-17"),
        ("邀请招标", NoticeKind.PREQUALIFICATION, "2026-06-17"),
        ("竞争性谈判", NoticeKind.COMPETITIVE, "2026-06-15"),
        ("竞争性磋商", NoticeKind.COMPETITIVE, "2026-06-15"),
        ("询价", NoticeKind.COMPETITIVE, "2026-06-15"),
        ("框架协议", NoticeKind.TENDER, "2026-06-17"),
    ],
)
def test_every_method_has_its_notice_and_period(
    office: Engine, method: str, kind: NoticeKind, days: str
) -> None:
    number = filed_luoyang(office, method)

    matter = open_draft(office, number, "lysw_jb")
    submit(matter)
    publish(matter)

    (notice,) = notices(office, number)
    assert (notice.kind, str(notice.period_to)) == (kind, days)
    assert matter.root.region == ""


def filed_luoyang(office: Engine, method: str) -> str:
    plan = file_plan(office, "PL052", method=method)
    approve(plan, *LUOYANG)
    if plan.state != "completed":
        approve(plan, ("reg_first", "ly_jgcs"), escalate="no")
    work_off(office)
    return plan.number


def test_a_single_source_is_announced_with_reason_and_supplier(office: Engine) -> None:
    number = filed_luoyang(office, "单一来源")
    matter = open_draft(office, number, "lysw_jb")

    submit(matter, single_reason="原有设备配套，只能从唯一供应商采购。", supplier="SU07")
    publish(matter)

    (notice,) = notices(office, number)
    assert notice.kind is NoticeKind.SINGLE_SOURCE
    assert ("名称", "洛阳示范水利工程有限公司") in notice.sections[2].fields
    assert notice.deadline is None
    assert [section.heading[0] for section in notice.sections] == list("一二三四五")


def test_files_and_the_agency_are_kept(office: Engine) -> None:
    number = with_lots(office)
    matter = open_draft(office, number)
    matter.attach(DRAFT, "attachments", by="pdzx_jb", name="招标文件.pdf")
    submit(matter, lot_choices(office, matter), agency="AG11")
    publish(matter)

    assert project(office, number).agency == "AG11"
    (message,) = sent(office, "notice.published")
    assert message.body["content"]["facts"]["agency"] == "AG11"
