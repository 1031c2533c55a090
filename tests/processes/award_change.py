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
#: The same posts of a school in Zhengzhou.
ZHENGZHOU: Final = ("zzyz_jb", "zzyz_sh", "zzjg_cs", "zzjg_fh")
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


def begin(office: Engine, by: str = HANDLER) -> ProcessDriver:
    """Begin a filing with its stamped statement."""
    matter = ProcessDriver.start(office, "award_change_filing", by=by)
    matter.attach(FILL, "statement", by=by, name="qingkuang.pdf")
    return matter


def submitted(office: Engine, lot: str, by: str = HANDLER, **changes: Any) -> ProcessDriver:
    """Submit a filing about a lot."""
    matter = begin(office, by)
    matter.complete(FILL, by=by, answers={**CHANGE, "lot": lot, **changes}, opinion="")
    return matter


def approve(
    matter: ProcessDriver, reviewer: str = REVIEWER, first: str = FIRST, second: str = SECOND
) -> None:
    """Let the unit and the regulator approve, each the only one who can."""
    for element_id, login in (
        ("internal_review", reviewer),
        ("reg_first", first),
        ("reg_second", second),
    ):
        assert matter.people_at(element_id) == {login}
        matter.complete(element_id, "approve", by=login)
    assert matter.state == "completed"


def open_notice(office: Engine, by: str = HANDLER) -> ProcessDriver:
    """Begin a change notice."""
    return ProcessDriver.start(office, "award_change_notice", by=by)


def edited(office: Engine, number: str, by: str = HANDLER) -> ProcessDriver:
    """Edit the change notice of a project."""
    matter = open_notice(office, by)
    matter.complete(CHOOSE, by=by, answers={"project": number}, opinion="")
    matter.complete(EDIT, by=by, answers=NOTICE, opinion="")
    return matter


def publish(matter: ProcessDriver) -> None:
    """Publish what was edited."""
    matter.complete(CONFIRM, "publish", by=matter.initiator, opinion="")
    work_off(matter.engine)
    assert matter.state == "completed"
