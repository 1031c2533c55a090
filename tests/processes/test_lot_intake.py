"""标段接收: scenario S4-O08 and the rules of the intake."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from engine.catalog import check_package, read_package
from engine.errors import MalformedMessageError, MessageIdReusedError
from engine.handler import registry
from engine.model.participants import Actor
from engine.model.states import ReceivedState
from engine.queries import StartCatalogue
from engine.store.unit_of_work import UnitOfWork
from handlers.records.lots import LotState
from tests.processes.interconnected import (
    TWO_LOTS,
    filed_plan,
    lots_message,
    project,
    push_lots,
    stored_lots,
)
from tests.processes.refusals import nothing_but_a_line
from tests.processes.rule_book import PROCESSES
from tests.support.partners import PartnerProgram, envelope
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from engine.commands import Answered
    from engine.runtime import Engine

CHECK = "check_lots"


def matter_of(office: Engine, answered: Answered) -> ProcessDriver:
    """Return the matter that a message started."""
    with office.database.session(write=False) as session:
        (row, *_older) = UnitOfWork(session).exchange.inbox([ReceivedState.DONE], 10)
    assert answered.status == 200
    return ProcessDriver(office, str(row.root_key), "demo_admin")


def test_pushed_lots_are_stored_with_the_projects_number_at_the_centre(office: Engine) -> None:
    number = filed_plan(office)

    answered = push_lots(office, number, *TWO_LOTS, project_number="PDS-2026-017")

    assert answered.status == 200
    assert answered.body["result"] == {
        "plan_number": number,
        "lots": 2,
        "total": "1274000.00",
        "plan_amount": "1274000.00",
        "warning": "",
    }
    assert [(item.number, item.name, str(item.amount)) for item in stored_lots(office, number)] == [
        (f"{number}-01", "实训电脑", "800000.00"),
        (f"{number}-02", "网络设备", "474000.00"),
    ]
    assert {item.state for item in stored_lots(office, number)} == {LotState.RECEIVED}
    assert project(office, number).platform_number == "PDS-2026-017"


def test_the_intake_is_a_matter_of_the_purchaser(office: Engine) -> None:
    number = filed_plan(office)

    matter = matter_of(office, push_lots(office, number, *TWO_LOTS))

    assert (matter.root.process_id, matter.root.unit) == ("lot_intake", "410400-JY01")
    assert (matter.state, matter.number) == ("completed", number)
    assert matter.root.title == "职校实训电脑"


@pytest.mark.scenario("S4-O08")
def test_the_same_message_twice_leaves_two_lots(office: Engine) -> None:
    number = filed_plan(office)
    first = push_lots(office, number, *TWO_LOTS)
    centre = PartnerProgram(office, nonces=iter(range(7_000_000_000, 7_000_000_009)))

    with nothing_but_a_line(office):
        again = centre.send(lots_message("M-1", number, *TWO_LOTS))

    assert again == first
    assert len(stored_lots(office, number)) == 2


def test_the_same_id_with_another_content_is_refused(office: Engine) -> None:
    number = filed_plan(office)
    push_lots(office, number, *TWO_LOTS)
    centre = PartnerProgram(office, nonces=iter(range(7_000_000_000, 7_000_000_009)))

    with nothing_but_a_line(office), pytest.raises(MessageIdReusedError):
        centre.send(lots_message("M-1", number, ("03", "桌椅", "1.00")))


@pytest.mark.scenario("S4-O08")
def test_lots_of_an_unknown_plan_wait_for_an_administrator(office: Engine) -> None:
    with nothing_but_a_line(office):
        answered = push_lots(office, "平财计备-2026-09999", *TWO_LOTS)

    assert answered.status == 202
    assert answered.body["status"] == "held"
    assert "没有计划编号" in answered.body["message"]
    with office.database.session(write=False) as session:
        (held,) = UnitOfWork(session).exchange.inbox([ReceivedState.HELD], 10)
    assert (held.subject, held.data["lots"][0]["name"]) == ("平财计备-2026-09999", "实训电脑")


@pytest.mark.scenario("S4-O08", "BAD-01")
@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"specversion":"1.0"}', "标段".encode("gb18030"), b"\x00"]
)
def test_a_message_that_cannot_be_read_is_refused_and_logged(office: Engine, body: bytes) -> None:
    with nothing_but_a_line(office), pytest.raises(MalformedMessageError):
        PartnerProgram(office).send(body)


GOOD_LOT = {"number": "01", "name": "电脑", "amount": "1.00"}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"lots": [GOOD_LOT]}, "plan_number"),
        ({"plan_number": "{number}", "lots": []}, "lots"),
        ({"plan_number": "{number}", "lots": "二"}, "lots"),
        ({"plan_number": "{number}", "lots": [{**GOOD_LOT, "amount": "0"}]}, "lots.0.amount"),
        ({"plan_number": "{number}", "lots": [{**GOOD_LOT, "amount": "-5"}]}, "lots.0.amount"),
        ({"plan_number": "{number}", "lots": [{**GOOD_LOT, "amount": "1.005"}]}, "lots.0.amount"),
        ({"plan_number": "{number}", "lots": [{**GOOD_LOT, "amount": "NaN"}]}, "lots.0.amount"),
        ({"plan_number": "{number}", "lots": [{**GOOD_LOT, "amount": "三百"}]}, "lots.0.amount"),
        ({"plan_number": "{number}", "lots": [{**GOOD_LOT, "name": "长" * 201}]}, "lots.0.name"),
        ({"plan_number": "{number}", "lots": [GOOD_LOT] * 201}, "lots"),
        ({"plan_number": "{number}", "lots": [GOOD_LOT, GOOD_LOT]}, "lots"),
    ],
)
def test_a_message_with_wrong_fields_is_rejected_and_nothing_is_stored(
    office: Engine, data: dict[str, Any], field: str
) -> None:
    number = filed_plan(office)
    said = {**data, "plan_number": number} if "plan_number" in data else data

    with nothing_but_a_line(office):
        answered = PartnerProgram(office).send(envelope("M-1", "lots.published", said))

    assert answered.status == 422
    assert field in [error["field"] for error in answered.body["errors"]]


def test_lots_of_a_plan_without_a_platform_are_rejected(office: Engine) -> None:
    number = filed_plan(office, "PL059")

    answered = push_lots(office, number, *TWO_LOTS)

    assert (answered.status, answered.body["errors"][0]["code"]) == (422, "ERR_STATE")
    assert stored_lots(office, number) == []


@pytest.mark.parametrize("written", ["01", "{number}-01", " 01 "])
def test_a_lot_is_numbered_under_its_plan_however_the_centre_writes_it(
    office: Engine, written: str
) -> None:
    number = filed_plan(office)

    push_lots(office, number, (written.format(number=number), "实训电脑", "800000.00"))

    assert [item.number for item in stored_lots(office, number)] == [f"{number}-01"]


def test_lots_above_the_plan_are_stored_with_a_warning(office: Engine) -> None:
    number = filed_plan(office)

    answered = push_lots(
        office, number, ("01", "实训电脑", "800000.00"), ("02", "网络", "474000.01")
    )

    assert answered.body["result"]["warning"] == "标段金额合计超过采购计划金额"
    assert len(stored_lots(office, number)) == 2
    matter = matter_of(office, answered)
    assert matter.people_at(CHECK) == {"pdzx_jb"}
    matter.complete(CHECK, by="pdzx_jb", answers={"note": "已与交易中心联系"}, opinion="")
    assert matter.state == "completed"


def test_lots_that_equal_the_plan_need_no_check(office: Engine) -> None:
    number = filed_plan(office)

    matter = matter_of(office, push_lots(office, number, *TWO_LOTS))

    assert CHECK not in [item.element_id for item in matter.work_items]


def test_a_changed_lot_is_changed_and_counted(office: Engine) -> None:
    number = filed_plan(office)
    push_lots(office, number, *TWO_LOTS)

    push_lots(office, number, ("01", "实训电脑及显示器", "790000.00"), message_id="M-2")

    first, second = stored_lots(office, number)
    assert (first.name, first.amount, first.revision) == (
        "实训电脑及显示器",
        Decimal("790000.00"),
        2,
    )
    assert second.revision == 1


def test_nobody_starts_the_intake_by_hand(office: Engine) -> None:
    offered = office.ask(StartCatalogue(), Actor(login="pdzx_jb"))

    assert "plan_filing" in [item.process_id for item in offered]
    assert "lot_intake" not in [item.process_id for item in offered]


def test_the_package_passes_every_check() -> None:
    findings = check_package(read_package(PROCESSES / "lot_intake"), registry)

    assert [(f.file, f.element_id, f.message_zh) for f in findings] == []
