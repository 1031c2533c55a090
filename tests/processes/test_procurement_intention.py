"""采购意向公开: review, publication, corrections by version, and the window that is counted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from engine.catalog import check_package, read_package
from engine.errors import NotAllowedError, ValidationFailedError
from engine.handler import registry
from engine.model.participants import Actor
from engine.queries import FieldOptions, WorkItemQuery
from handlers.records.demo import plan_answers
from handlers.records.intentions import intention_of
from handlers.records.notices import files_of, notice_of, notices_of_project
from handlers.records.projects import Stage, project_of_intention
from tests.processes.outside import sent, work_off
from tests.processes.plan_filing import file_plan, selectable, start_plan
from tests.processes.procurement_intention import (
    CHOOSE,
    FILL,
    INTENTION,
    approve,
    begin,
    published,
    submit,
)
from tests.processes.refusals import refused
from tests.processes.rule_book import PROCESSES
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from datetime import date

    from engine.clock import FakeClock
    from engine.runtime import Engine
    from handlers.records.notices import PublishedNotice
    from handlers.records.projects import Project

CODE = "YX-410100-2026-0001"


def project_of(office: Engine, code: str) -> Project:
    with office.database.session(write=False) as session:
        found = project_of_intention(session, code)
    assert found is not None
    return found


def notice_for(office: Engine, code: str, version: int | None = None) -> PublishedNotice:
    with office.database.session(write=False) as session:
        project = project_of_intention(session, code)
        assert project is not None
        (latest,) = notices_of_project(session, project.key)
        found = notice_of(session, latest.key, version)
    assert found is not None
    return found


def counted_from(office: Engine, code: str) -> date:
    with office.database.session(write=False) as session:
        found = intention_of(session, code, 0)
    assert found is not None
    return found[0].published_on


def test_a_reviewed_intention_is_public_and_handed_to_the_website_once(office: Engine) -> None:
    matter = begin(office)
    submit(matter)
    assert matter.people_at("internal_review") == {"zzyz_sh"}
    assert sent(office, "notice.published") == []

    approve(matter)
    work_off(office)

    assert matter.state == "completed"
    assert matter.number == CODE
    notice = notice_for(office, CODE)
    assert notice.title == "郑州市示例第一中学校园网络改造采购意向公告"
    assert ("预算金额（元）", "860,000.00") in notice.sections[0].fields
    assert (notice.version, notice.published_by) == (1, "zzyz_sh")
    (message,) = sent(office, "notice.published")
    assert message.body["notice_id"] == f"{notice.key}/1"
    assert message.body["address"] == f"/notices/{notice.key}"


def test_the_publication_begins_the_project_with_its_only_ocid(office: Engine) -> None:
    published(office)

    project = project_of(office, CODE)

    assert (project.stage, project.ocid) == (Stage.INTENTION, f"ocds-000000-{CODE}")


def test_a_return_keeps_everything_and_a_second_review_publishes(office: Engine) -> None:
    matter = begin(office)
    submit(matter)

    matter.complete("internal_review", "return", by="zzyz_sh", opinion="请补充数量。")

    assert matter.people_at(FILL) == {"zzyz_jb"}
    page = office.ask(WorkItemQuery(work_item_key=matter.key_at(FILL)), Actor(login="zzyz_jb"))
    assert page.answers["overview"] == INTENTION["overview"]
    assert page.returned_reason == "请补充数量。"
    submit(matter, overview="更换核心交换机三台，无线覆盖教学楼。")
    approve(matter)
    assert notice_for(office, CODE).facts["overview"].startswith("更换核心交换机三台")


def test_the_handler_cannot_review_what_he_filled_in(office: Engine) -> None:
    matter = begin(office)
    submit(matter)

    with pytest.raises(NotAllowedError):
        approve(matter, by="zzyz_jb")


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"project_name": ""}, [("project_name", "ERR_REQUIRED")]),
        ({"budget": "300万"}, [("budget", "ERR_NUMBER")]),
        ({"budget": "0"}, [("budget", "ERR_RANGE")]),
        ({"expected_month": "2026-05"}, [("expected_month", "ERR_DATE")]),
        ({"expected_month": "七月"}, [("expected_month", "ERR_PATTERN")]),
        ({"overview": "网" * 2001}, [("overview", "ERR_LENGTH")]),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(
    office: Engine, changes: dict[str, str], errors: list[tuple[str, str]]
) -> None:
    matter = begin(office)

    assert refused(matter, FILL, {**INTENTION, **changes}) == errors


def test_a_correction_is_a_further_version_at_the_same_address(
    office: Engine, clock: FakeClock
) -> None:
    published(office)
    first = notice_for(office, CODE)
    clock.advance(timedelta(days=3))

    matter = begin(office, corrected=CODE)
    page = office.ask(WorkItemQuery(work_item_key=matter.key_at(FILL)), Actor(login="zzyz_jb"))
    submit(matter, overview="更换核心交换机四台。", correction_reason="数量有误，更正。")
    approve(matter)
    work_off(office)

    assert page.answers["project_name"] == "校园网络改造"
    assert page.answers["budget"] == "860000.00"
    latest = notice_for(office, CODE)
    assert (latest.key, latest.version, latest.reason) == (first.key, 2, "数量有误，更正。")
    assert latest.first_published_at == first.published_at
    assert notice_for(office, CODE, version=1) == first.__class__(
        **{**vars(first), "versions": latest.versions}
    )
    assert matter.number == CODE
    assert [message.subject for message in sent(office, "notice.published")] == [
        f"{first.key}/1",
        f"{first.key}/2",
    ]


@pytest.mark.parametrize(
    ("changes", "starts_again"),
    [
        ({"overview": "更换核心交换机四台。"}, False),
        ({"expected_month": "2026-10"}, False),
        ({"remark": "分两期实施"}, False),
        ({"budget": "900000"}, True),
        ({"project_name": "校园网络与机房改造"}, True),
    ],
)
def test_the_days_are_counted_again_only_when_name_or_budget_change(
    office: Engine, clock: FakeClock, changes: dict[str, str], *, starts_again: bool
) -> None:
    published(office)
    first_day = counted_from(office, CODE)
    clock.advance(timedelta(days=10))

    published(office, corrected=CODE, correction_reason="情况有变化。", **changes)

    moved = timedelta(days=10 if starts_again else 0)
    assert counted_from(office, CODE) == first_day + moved


def test_the_project_follows_a_corrected_name_and_keeps_its_ocid(office: Engine) -> None:
    published(office)
    before = project_of(office, CODE)

    published(office, corrected=CODE, project_name="机房改造", correction_reason="名称有误。")

    after = project_of(office, CODE)
    assert (after.key, after.ocid, after.name) == (before.key, before.ocid, "机房改造")


def test_a_published_intention_is_offered_to_plans_from_day_30_on(
    office: Engine, clock: FakeClock
) -> None:
    published(office)

    clock.advance(timedelta(days=29))
    assert CODE not in selectable(office, start_plan(office, "zzyz_jb"))
    clock.advance(timedelta(days=1))
    assert CODE in selectable(office, start_plan(office, "zzyz_jb"))


def correctable(office: Engine, matter: ProcessDriver) -> list[str]:
    query = FieldOptions(work_item_key=matter.key_at(CHOOSE), lookup="intention.correctable")
    return [option.value for option in office.ask(query, Actor(login=matter.initiator))]


def test_an_intention_that_a_plan_holds_is_not_corrected(office: Engine) -> None:
    file_plan(office, "PL025")
    matter = ProcessDriver.start(office, "procurement_intention", by="zzyz_jb")

    assert "INT01" not in correctable(office, matter)
    assert "INT02" in correctable(office, matter)
    found = refused(matter, CHOOSE, {"purpose": "correct", "corrected": "INT01"})
    assert found == [("corrected", "ALREADY_LINKED")]


def test_a_plan_that_comes_between_stops_the_correction_at_its_publication(office: Engine) -> None:
    matter = begin(office, corrected="INT01")
    submit(matter, correction_reason="数量有误，更正。")
    file_plan(office, "PL025", expected_month=plan_answers("PL025")["expected_month"])

    with pytest.raises(ValidationFailedError) as refusal:
        approve(matter)

    assert [error.code for error in refusal.value.errors] == ["ALREADY_LINKED"]
    assert notice_for(office, "INT01").version == 1


@pytest.mark.parametrize("code", ["INT06", "INT99"])
def test_only_own_intentions_are_corrected(office: Engine, code: str) -> None:
    matter = ProcessDriver.start(office, "procurement_intention", by="zzyz_jb")

    found = refused(matter, CHOOSE, {"purpose": "correct", "corrected": code})

    assert found == [("corrected", "NOT_OWN_UNIT")]


def test_a_correction_has_to_correct_something(office: Engine) -> None:
    published(office)
    matter = begin(office, corrected=CODE)

    unchanged = {**INTENTION, "correction_reason": "没有变化的更正"}

    assert refused(matter, FILL, unchanged) == [("project_name", "ERR_NO_CHANGE")]
    assert refused(matter, FILL, INTENTION) == [("correction_reason", "ERR_REQUIRED")]


def test_files_are_published_with_the_version(office: Engine) -> None:
    matter = begin(office)
    matter.attach(FILL, "attachments", by="zzyz_jb", name="需求说明.pdf")
    submit(matter)
    approve(matter)

    notice = notice_for(office, CODE)

    with office.database.session(write=False) as session:
        (file,) = files_of(session, notice.key, 1)
    assert (file.name, file.content_type) == ("需求说明.pdf", "application/pdf")


@pytest.mark.parametrize(
    ("handler", "reviewer", "code"),
    [
        ("lysw_jb", "lysw_sh", "YX-410300-2026-0001"),
        ("hnsd_jb", "hnsd_sh", "YX-410000-2026-0001"),
        ("pdzx_jb", "pdzx_sh", "YX-410400-2026-0001"),
        ("zmzj_jb", "zmzj_sh", "YX-410122-2026-0001"),
    ],
)
def test_the_same_flow_in_every_region(
    office: Engine, handler: str, reviewer: str, code: str
) -> None:
    matter = begin(office, handler)
    submit(matter)

    assert matter.people_at("internal_review") == {reviewer}
    approve(matter, by=reviewer)

    assert matter.number == code
    assert matter.root.region == ""


def test_the_package_passes_every_check() -> None:
    findings = check_package(read_package(PROCESSES / "procurement_intention"), registry)

    assert [(f.file, f.element_id, f.message_zh) for f in findings] == []
