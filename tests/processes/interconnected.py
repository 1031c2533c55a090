"""A filed, interconnected plan and the trading centre that pushes its lots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from handlers.records.lots import lots_of
from handlers.records.projects import project_of_number
from tests.processes.outside import work_off
from tests.processes.plan_filing import approve, file_plan
from tests.support.partners import PartnerProgram, envelope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.commands import Answered
    from engine.runtime import Engine
    from handlers.records.lots import Lot
    from handlers.records.projects import Project

TWO_LOTS: Final = (("01", "实训电脑", "800000.00"), ("02", "网络设备", "474000.00"))
PINGDINGSHAN: Final = (
    ("internal_review", "pdzx_sh"),
    ("dept_review", "pd_zg"),
    ("biz_first", "pd_ywcs"),
    ("biz_second", "pd_ywfh"),
)


def filed_plan(office: Engine, plan_id: str = "PL055", **changes: Any) -> str:
    """File a plan of the vocational school and return its number."""
    plan = file_plan(office, plan_id, **changes)
    approve(plan, *PINGDINGSHAN)
    work_off(office)
    assert plan.state == "completed"
    return plan.number


def project(office: Engine, number: str) -> Project:
    """Return the project of a filed plan."""
    with office.database.session(write=False) as session:
        found = project_of_number(session, number)
    assert found is not None
    return found


def stored_lots(office: Engine, number: str) -> list[Lot]:
    """Return the lots of a project by number."""
    with office.database.session(write=False) as session:
        found = project_of_number(session, number)
        return lots_of(session, found.key) if found else []


def lots_message(
    message_id: str, number: str, *lots: tuple[str, str, str], project_number: str = ""
) -> bytes:
    """Return what the centre sends: (number, name, amount) per lot."""
    data = {
        "plan_number": number,
        "project_number": project_number,
        "lots": [{"number": no, "name": name, "amount": amount} for no, name, amount in lots],
    }
    return envelope(message_id, "lots.published", data, number)


def push_lots(
    office: Engine,
    number: str,
    *lots: tuple[str, str, str],
    message_id: str = "M-1",
    project_number: str = "",
) -> Answered:
    """Let the trading centre push lots."""
    body = lots_message(message_id, number, *lots, project_number=project_number)
    return PartnerProgram(office, nonces=nonces(message_id)).send(body)


def nonces(message_id: str) -> Iterator[int]:
    """Give numbers for nonces that no other message of a test has."""
    first = sum(ord(letter) * 1009**place for place, letter in enumerate(message_id, start=1))
    return iter(range(first % 10**9 * 100, first % 10**9 * 100 + 100))
