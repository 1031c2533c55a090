"""Ways through the publication of a result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.processes.interconnected import TWO_LOTS, filed_plan, push_lots
from tests.processes.notice_publication import announced
from tests.processes.outside import work_off
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from engine.runtime import Engine

CHOOSE: Final = "choose_project"
FILL: Final = "fill_result"
CONFIRM: Final = "confirm_result"
RESULT: Final[dict[str, Any]] = {
    "title": "平顶山市示例职业学校职校实训电脑中标结果公告",
    "awarded_on": "2026-06-10",
    "goods": "台式计算机 260 台，单价 4,800 元。",
    "experts": "虚构专家01、虚构专家02、虚构专家03",
    "contact": "示例联系人",
    "contact_phone": "0375-55550001",
}


def announced_project(office: Engine) -> str:
    """Announce the two lots that the centre pushed; return the project's number."""
    number = filed_plan(office)
    push_lots(office, number, *TWO_LOTS)
    announced(office, number)
    return number


def won(lot: str, supplier: str, amount: str) -> dict[str, str]:
    """Return the row of a lot that somebody won."""
    return {"lot": lot, "verdict": "won", "supplier": supplier, "amount": amount}


def failed(lot: str) -> dict[str, str]:
    """Return the row of a lot that nobody won."""
    return {"lot": lot, "verdict": "lost", "reason": "有效投标人不足三家"}


def begin(office: Engine, number: str, by: str = "pdzx_jb") -> ProcessDriver:
    """Begin the result of a project."""
    matter = ProcessDriver.start(office, "award_notice", by=by)
    matter.complete(CHOOSE, by=by, answers={"project": number}, opinion="")
    return matter


def published(
    office: Engine, number: str, *results: dict[str, str], by: str = "pdzx_jb"
) -> ProcessDriver:
    """Publish results."""
    matter = begin(office, number, by)
    answers = {**RESULT, "results": list(results)}
    matter.complete(FILL, by=by, answers=answers, opinion="")
    matter.complete(CONFIRM, "publish", by=by, opinion="")
    work_off(office)
    return matter


def two_winners(office: Engine) -> str:
    """Publish that SU03 won lot 01 and SU02 lot 02; return the project's number."""
    number = announced_project(office)
    published(
        office,
        number,
        won(f"{number}-01", "SU03", "788000"),
        won(f"{number}-02", "SU02", "470000"),
    )
    return number


def works_won(office: Engine, supplier: str = "SU01") -> str:
    """Publish who won a works project without lots; return its number."""
    number = filed_plan(office, "PL057")
    announced(office, number)
    published(office, number, won(f"{number}-01", supplier, "1900000"))
    return number
