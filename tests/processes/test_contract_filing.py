"""合同公告及备案: scenarios S4-O04 and S4-O10; lots, amounts, time limits, migrants' accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from engine.catalog import check_package, read_package
from engine.handler import registry
from engine.model.participants import Actor
from engine.queries import WorkItemQuery
from handlers.records.contracts import contract_of, contracts_of_project
from handlers.records.lots import LotState
from handlers.records.notices import NoticeKind
from handlers.records.projects import Stage
from tests.processes.award_notice import announced_project, two_winners, works_won
from tests.processes.contract_filing import (
    CHOOSE,
    CONTRACT,
    FILL,
    HANDLER,
    REVIEW,
    REVIEWER,
    begin,
    filed,
    submit,
    submitted,
)
from tests.processes.interconnected import project, stored_lots
from tests.processes.notice_publication import notices, offered
from tests.processes.outside import sent
from tests.processes.refusals import refused
from tests.processes.rule_book import PROCESSES
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine


def open_lots(office: Engine, matter: ProcessDriver) -> list[str]:
    return [one.value for one in offered(office, matter, FILL, "contract.open_lots")]


def shown(matter: ProcessDriver, by: str, element_id: str) -> str:
    """Return what a person reads on the form of a task."""
    query = WorkItemQuery(work_item_key=matter.key_at(element_id))
    return str(matter.engine.ask(query, Actor(login=by)))


def test_the_package_passes_every_check() -> None:
    findings = check_package(read_package(PROCESSES / "contract_filing"), registry)

    assert [(f.file, f.element_id, f.message_zh) for f in findings] == []


@pytest.mark.scenario("S4-O04")
def test_a_contract_by_lot_is_filed_and_published(office: Engine) -> None:
    number = two_winners(office)
    first, second = f"{number}-01", f"{number}-02"
    assert open_lots(office, begin(office, number)) == [first, second]

    matter = filed(office, number, first)

    assert matter.number == "HTBA-410400-2026-00001"
    with office.database.session(write=False) as session:
        (item,) = contracts_of_project(session, project(office, number).key)
    assert (item.supplier, str(item.amount), item.number) == ("SU03", "788000.00", matter.number)
    assert [lot.state for lot in stored_lots(office, number)] == [
        LotState.CONTRACTED,
        LotState.AWARDED,
    ]
    assert project(office, number).stage is Stage.CONTRACTED
    notice = notices(office, number)[-1]
    assert notice.kind is NoticeKind.CONTRACT
    assert notice.facts["lots"] == [first]
    assert dict(notice.sections[4].fields)["供应商（乙方）"] == "平顶山虚构医疗设备有限公司"
    assert [one.body["kind"] for one in sent(office, "notice.published")][-1] == "contract"
    assert open_lots(office, begin(office, number)) == [second]


@pytest.mark.scenario("S4-O10")
def test_a_project_without_a_result_has_no_lots(office: Engine) -> None:
    number = announced_project(office)
    matter = ProcessDriver.start(office, "contract_filing", by=HANDLER)

    assert offered(office, matter, CHOOSE, "contract.projects") == []
    assert refused(matter, CHOOSE, {"project": number}) == [("project", "ERR_STATE")]


BAD: list[tuple[dict[str, Any], tuple[str, str]]] = [
    ({"lots": []}, ("lots", "ERR_LOT_REQUIRED")),
    ({"lots": ["9-99"]}, ("lots", "ERR_STATE")),
    ({"lots": ["-01", "-02"]}, ("lots", "ERR_SUPPLIER_MIXED")),
    ({"amount": "788000.01"}, ("amount", "ERR_OVER_AWARD")),
    ({"signed_on": "2026-06-11"}, ("signed_on", "ERR_DATE")),
    ({"signed_on": "2026-06-09"}, ("signed_on", "ERR_DATE")),
    ({"term_to": "2026-06-09"}, ("term_to", "ERR_DATE")),
    ({"instalments": [{"condition": "验收后", "share": "99.99"}]}, ("instalments", "ERR_SUM")),
]


@pytest.mark.scenario("BAD-04")
def test_a_bad_contract_is_refused_at_its_field(office: Engine) -> None:
    number = two_winners(office)
    matter = begin(office, number)
    good = {**CONTRACT, "lots": [f"{number}-01"]}
    assert ("signed_file", "ERR_ATTACHMENT_REQUIRED") in refused(matter, FILL, good)
    matter.attach(FILL, "signed_file", by=HANDLER, name="hetong.pdf")

    for changes, expected in BAD:
        lots = [f"{number}{one}" if one[0] == "-" else one for one in changes.get("lots", ())]
        answers = good | changes | ({"lots": lots} if "lots" in changes else {})
        assert refused(matter, FILL, answers) == [expected], changes


def test_a_lot_and_a_number_belong_to_one_live_contract(office: Engine) -> None:
    number = two_winners(office)
    first, second = f"{number}-01", f"{number}-02"
    early, late = begin(office, number), begin(office, number)
    for matter in (early, late):
        matter.attach(FILL, "signed_file", by=HANDLER, name="hetong.pdf")
    submit(early, first)
    other = {**CONTRACT, "amount": "470000"}
    assert refused(late, FILL, {**other, "lots": [first]}) == [
        ("lots", "ERR_STATE"),
        ("contract_no", "ERR_DUPLICATE"),
    ]
    assert refused(late, FILL, {**other, "lots": [second]}) == [("contract_no", "ERR_DUPLICATE")]

    early.terminate(by="demo_admin", reason="合同没有签成")

    submit(late, first)
    with office.database.session(write=False) as session:
        assert contract_of(session, int(late.instance_key)) is not None
    assert late.waiting_at == {REVIEW}


def test_a_returned_contract_is_submitted_again_with_its_own_lot(office: Engine) -> None:
    number = two_winners(office)
    matter = submitted(office, number, f"{number}-01")
    matter.complete(REVIEW, "return", by=REVIEWER, opinion="金额与合同文本不一致。")
    assert open_lots(office, matter) == [f"{number}-01", f"{number}-02"]

    submit(matter, f"{number}-01", amount="780000")
    matter.complete(REVIEW, "approve", by=REVIEWER)

    with office.database.session(write=False) as session:
        item = contract_of(session, int(matter.instance_key))
    assert item is not None
    assert str(item.amount) == "780000.00"


def test_a_late_contract_is_filed_with_a_warning(office: Engine, clock: FakeClock) -> None:
    number = two_winners(office)
    clock.advance(timedelta(days=45))

    matter = submitted(office, number, f"{number}-01", signed_on="2026-07-11", term_to="2026-08-11")

    page = shown(matter, REVIEWER, REVIEW)
    assert "签订超过中标通知书发出之日起30日；备案超过签订之日起7个工作日" in page
    matter.complete(REVIEW, "approve", by=REVIEWER)
    assert matter.number


@pytest.mark.scenario("S3-O05")
@pytest.mark.parametrize("supplier", ["SU01", "SU06"])
def test_works_show_the_suppliers_account_for_migrants_wages(office: Engine, supplier: str) -> None:
    number = works_won(office, supplier)
    matter = begin(office, number)

    page = shown(matter, HANDLER, FILL)

    assert ("6201 0000 0000 0001" in page) is (supplier == "SU01")
    assert ("未登记" in page) is (supplier == "SU06")
    matter.attach(FILL, "signed_file", by=HANDLER, name="hetong.pdf")
    submit(matter, f"{number}-01", amount="1900000")
    assert matter.waiting_at == {REVIEW}
