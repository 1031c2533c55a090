"""Ways through the correction and the termination of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.processes.interconnected import project
from tests.processes.outside import work_off
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.runtime import Engine
    from handlers.records.notices import PublishedNotice

HANDLER: Final = "pdzx_jb"
CHOOSE: Final = "choose_notice"
EDIT: Final = "edit_correction"
END: Final = "edit_termination"
CORRECTION: Final[Mapping[str, Any]] = {
    "title": "职校实训电脑公开招标公告更正公告",
    "changes": [{"what": "采购需求", "before": "内存 16GB", "after": "内存 32GB"}],
    "reason": "技术参数有误",
    "affects_offers": "yes",
    "deadline": "2026-07-10T09:00",
    "contact": "示例联系人",
    "contact_phone": "0375-55550001",
}
TERMINATION: Final[Mapping[str, Any]] = {
    "title": "职校实训电脑公开招标公告终止公告",
    "ground": "too_few",
    "reason": "截止时只有两家供应商递交投标文件。",
    "again": "yes",
    "contact": "示例联系人",
    "contact_phone": "0375-55550001",
}


def chosen(office: Engine, process_id: str, notice: PublishedNotice) -> ProcessDriver:
    """Begin with a published call."""
    matter = ProcessDriver.start(office, process_id, by=HANDLER)
    matter.complete(CHOOSE, by=HANDLER, answers={"notice": str(notice.key)}, opinion="")
    return matter


def corrected(office: Engine, notice: PublishedNotice, **changes: Any) -> ProcessDriver:
    """Publish a correction."""
    matter = chosen(office, "notice_correction", notice)
    matter.complete(EDIT, by=HANDLER, answers={**CORRECTION, **changes}, opinion="")
    matter.complete("confirm_correction", "publish", by=HANDLER, opinion="")
    work_off(office)
    return matter


def terminated(office: Engine, notice: PublishedNotice, **changes: Any) -> ProcessDriver:
    """Publish a termination."""
    matter = chosen(office, "notice_termination", notice)
    matter.complete(END, by=HANDLER, answers={**TERMINATION, **changes}, opinion="")
    matter.complete("confirm_termination", "publish", by=HANDLER, opinion="")
    work_off(office)
    return matter


def stage(office: Engine, number: str) -> str:
    """Return how far a project has come."""
    return project(office, number).stage
