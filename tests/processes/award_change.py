"""Ways through the filing of a changed award and its notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.processes.outside import work_off
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.runtime import Engine

FILL: Final = "fill_filing"
CHOOSE: Final = "choose_project"
EDIT: Final = "edit_notice"
CONFIRM: Final = "confirm_notice"
HANDLER, REVIEWER, FIRST, SECOND = "pdzx_jb", "pdzx_sh", "pdjg_cs", "pdjg_fh"
CHANGE: Final[Mapping[str, Any]] = {
    "new_supplier": "SU06",
    "new_amount": "465000",
    "basis": "中标人放弃",
    "reason": "原中标人书面放弃中标，按评审报告由第二中标候选人递补。",
}
NOTICE: Final[Mapping[str, Any]] = {
    "title": "职校实训电脑中标结果变更公告",
    "contact": "示例联系人",
    "contact_phone": "0375-55550001",
}


def begin(office: Engine) -> ProcessDriver:
    """Begin a filing with its stamped statement."""
    matter = ProcessDriver.start(office, "award_change_filing", by=HANDLER)
    matter.attach(FILL, "statement", by=HANDLER, name="qingkuang.pdf")
    return matter


def submitted(office: Engine, lot: str, **changes: Any) -> ProcessDriver:
    """Submit a filing about a lot."""
    matter = begin(office)
    matter.complete(FILL, by=HANDLER, answers={**CHANGE, "lot": lot, **changes}, opinion="")
    return matter


def approve(matter: ProcessDriver) -> None:
    """Let the unit and the regulator approve."""
    matter.complete("internal_review", "approve", by=REVIEWER)
    matter.complete("reg_first", "approve", by=FIRST)
    matter.complete("reg_second", "approve", by=SECOND)
    assert matter.state == "completed"


def open_notice(office: Engine) -> ProcessDriver:
    """Begin a change notice."""
    return ProcessDriver.start(office, "award_change_notice", by=HANDLER)


def edited(office: Engine, number: str) -> ProcessDriver:
    """Edit the change notice of a project."""
    matter = open_notice(office)
    matter.complete(CHOOSE, by=HANDLER, answers={"project": number}, opinion="")
    matter.complete(EDIT, by=HANDLER, answers=NOTICE, opinion="")
    return matter


def publish(matter: ProcessDriver) -> None:
    """Publish what was edited."""
    matter.complete(CONFIRM, "publish", by=HANDLER, opinion="")
    work_off(matter.engine)
    assert matter.state == "completed"
