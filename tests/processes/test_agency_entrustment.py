"""委托代理机构: agencies draft the calls of those who have entrusted them, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from engine.catalog import check_package, read_package
from engine.errors import NotAllowedError, ValidationFailedError
from engine.handler import registry
from handlers.records.entrustments import entrustment_in_force, pending_entrustment
from tests.processes.agency_entrustment import (
    AGENCY,
    ANSWER,
    ENTRUSTMENT,
    FILL,
    HANDLER,
    asked,
    begin,
    entrusted,
)
from tests.processes.interconnected import filed_plan, project
from tests.processes.notice_publication import (
    CALL,
    CHOOSE,
    CONFIRM,
    notices,
    open_draft,
    publish,
    start,
    submit,
)
from tests.processes.refusals import refused
from tests.processes.rule_book import PROCESSES

if TYPE_CHECKING:
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver

DRAFT = "agency_draft"


def given_to_the_agency(office: Engine, number: str) -> ProcessDriver:
    """Begin a call that the agency shall draft."""
    matter = start(office)
    answers = {"project": number, "by_agency": True}
    matter.complete(CHOOSE, by=HANDLER, answers=answers, opinion="")
    return matter


def drafted(matter: ProcessDriver, by: str = AGENCY, **changes: Any) -> None:
    matter.complete(DRAFT, by=by, answers={**CALL, **changes}, opinion="")


def agencies(office: Engine, number: str) -> tuple[str | None, str | None]:
    """Return which agency acts in a project and which was asked."""
    key = project(office, number).key
    with office.database.session(write=False) as session:
        acting, waiting = entrustment_in_force(session, key), pending_entrustment(session, key)
    return acting.agency if acting else None, waiting.agency if waiting else None


def test_the_package_passes_every_check() -> None:
    findings = check_package(read_package(PROCESSES / "agency_entrustment"), registry)

    assert [(f.file, f.element_id, f.message_zh) for f in findings] == []


@pytest.mark.scenario("OWN-01")
def test_the_entrusted_agency_drafts_and_the_unit_publishes(office: Engine) -> None:
    number = filed_plan(office, "PL057")
    request = asked(office, number)
    assert request.people_at(ANSWER) == {AGENCY}
    matter = start(office)
    wanted = {"project": number, "by_agency": True}
    assert refused(matter, CHOOSE, wanted) == [("by_agency", "ERR_STATE")]
    assert agencies(office, number) == (None, "AG11")
    request.complete(ANSWER, "accept", by=AGENCY, opinion="")
    assert (request.state, request.number) == ("completed", number)

    matter.complete(CHOOSE, by=HANDLER, answers=wanted, opinion="")
    assert matter.people_at(DRAFT) == {AGENCY}
    for stranger in ("ag10", HANDLER):
        with pytest.raises(NotAllowedError):
            drafted(matter, by=stranger)
    other = {**CALL, "agency": "AG12"}
    assert refused(matter, DRAFT, other, by=AGENCY) == [("agency", "ERR_AGENCY")]
    drafted(matter)
    with pytest.raises(NotAllowedError):
        matter.complete(CONFIRM, "publish", by=AGENCY, opinion="")
    matter.complete(CONFIRM, "revise", by=HANDLER, opinion="")
    assert matter.people_at(DRAFT) == {AGENCY}
    drafted(matter, demand="实训楼外墙修缮，含拆除和清运。")
    publish(matter)

    (notice,) = notices(office, number)
    assert ("采购需求", "实训楼外墙修缮，含拆除和清运。") in notice.sections[0].fields
    assert ("采购代理机构", "平顶山虚构招标代理有限公司") in notice.sections[-1].fields
    assert project(office, number).agency == "AG11"
    assert matter.state == "completed"


def test_a_call_of_a_project_with_an_agency_names_it_whoever_drafts(office: Engine) -> None:
    number = filed_plan(office, "PL057")
    entrusted(office, number)
    matter = open_draft(office, number)
    wrong = {**CALL, "agency": "AG10"}
    assert refused(matter, "draft_notice", wrong) == [("agency", "ERR_AGENCY")]

    submit(matter)
    publish(matter)

    assert notices(office, number)[0].facts["agency"] == "AG11"


BAD: list[tuple[dict[str, Any], tuple[str, str]]] = [
    ({"agency": "AG12"}, ("agency", "ERR_AGENCY")),
    ({"agency": "AG99"}, ("agency", "ERR_ENUM")),
    ({"signed_on": "2026-06-11"}, ("signed_on", "ERR_DATE")),
    ({"project": "没有的项目"}, ("project", "ERR_ENUM")),
]


def test_a_bad_entrustment_is_refused_at_its_field(office: Engine) -> None:
    number, central = filed_plan(office, "PL057"), filed_plan(office, "PL059")
    matter = begin(office)
    good = {**ENTRUSTMENT, "project": number}
    for changes, expected in BAD:
        assert refused(matter, FILL, good | changes) == [expected], changes
    # 政府集中采购 takes a central purchasing body (Government Procurement Law, art. 18)
    assert refused(matter, FILL, good | {"project": central}) == [("agency", "ERR_AGENCY")]

    matter.complete(FILL, by=HANDLER, answers=good, opinion="")
    late = begin(office)
    assert refused(late, FILL, good | {"agency": "AG10"}) == [("project", "ERR_DUPLICATE")]
    with pytest.raises(ValidationFailedError):
        matter.complete(ANSWER, "return", by=AGENCY, opinion=" ")
    matter.complete(ANSWER, "return", by=AGENCY, opinion="人手不足，不能承接。")
    assert matter.waiting_at == {FILL}
    matter.terminate(by="demo_admin", reason="改由本单位办理")

    late.complete(FILL, by=HANDLER, answers=good | {"agency": "AG10"}, opinion="")
    assert agencies(office, number) == (None, "AG10")


def test_another_agency_takes_over_with_a_reason_and_the_draft_of_the_first_is_refused(
    office: Engine,
) -> None:
    number = filed_plan(office, "PL057")
    entrusted(office, number)
    matter = given_to_the_agency(office, number)
    change = begin(office)
    good = {**ENTRUSTMENT, "project": number, "agency": "AG10"}
    assert refused(change, FILL, good | {"agency": "AG11"}) == [("agency", "ERR_DUPLICATE")]
    assert refused(change, FILL, good) == [("replace_reason", "ERR_REQUIRED")]
    change.complete(
        FILL, by=HANDLER, answers=good | {"replace_reason": "原代理机构退出"}, opinion=""
    )
    assert agencies(office, number) == ("AG11", "AG10")

    change.complete(ANSWER, "accept", by="ag10", opinion="")

    assert agencies(office, number) == ("AG10", None)
    assert refused(matter, DRAFT, dict(CALL), by=AGENCY) == [("title", "ERR_STATE")]
    matter.return_to(DRAFT, CHOOSE, by=AGENCY, reason="委托已变更")
    answers = {"project": number, "by_agency": True}
    matter.complete(CHOOSE, by=HANDLER, answers=answers, opinion="")
    assert matter.people_at(DRAFT) == {"ag10"}
