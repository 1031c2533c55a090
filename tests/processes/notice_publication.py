"""Ways through the publication of a call for tenders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.model.participants import Actor
from engine.queries import FieldOptions
from handlers.records.notices import notices_of_project
from tests.processes.interconnected import TWO_LOTS, filed_plan, project, push_lots
from tests.processes.outside import work_off
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.handler import Option
    from engine.runtime import Engine
    from handlers.records.notices import PublishedNotice

CHOOSE: Final = "choose_project"
DRAFT: Final = "draft_notice"
CONFIRM: Final = "confirm_notice"
CALL: Final[Mapping[str, Any]] = {
    "title": "平顶山市示例职业学校职校实训电脑公开招标公告",
    "demand": "台式计算机 260 台，含安装调试。",
    "ceiling": "",
    "term": "合同签订后 30 日内",
    "consortium": "no",
    "qualification": "满足《中华人民共和国政府采购法》第二十二条规定。",
    "documents_from": "2026-06-11",
    "documents_to": "2026-06-17",
    "documents_place": "平顶山市公共资源交易中心网站下载",
    "deadline": "2026-07-02T09:00",
    "place": "平顶山市公共资源交易中心开标一室",
    "contact": "示例联系人",
    "contact_phone": "0375-55550001",
}


def start(office: Engine, by: str = "pdzx_jb") -> ProcessDriver:
    """Begin a call for tenders."""
    return ProcessDriver.start(office, "notice_publication", by=by)


def offered(office: Engine, matter: ProcessDriver, element_id: str, lookup: str) -> list[Option]:
    """Return the choices of a field as the initiator sees them."""
    query = FieldOptions(work_item_key=matter.key_at(element_id), lookup=lookup)
    return list(office.ask(query, Actor(login=matter.initiator)))


def button(office: Engine, number: str, by: str = "pdzx_jb") -> str:
    """Return what is said of a project where it is chosen, empty when it is not offered."""
    matter = start(office, by)
    hints = {one.value: one.hint for one in offered(office, matter, CHOOSE, "notice.projects")}
    return hints.get(number, "").rpartition(" · ")[2]


def open_draft(office: Engine, number: str, by: str = "pdzx_jb") -> ProcessDriver:
    """Choose a project whose call may be drafted."""
    matter = start(office, by)
    matter.complete(CHOOSE, by=by, answers={"project": number}, opinion="")
    return matter


def lot_choices(office: Engine, matter: ProcessDriver) -> list[str]:
    """Return the values of the lots that the draft offers."""
    return [one.value for one in offered(office, matter, DRAFT, "notice.open_lots")]


def submit(matter: ProcessDriver, lots: Sequence[str] = (), **changes: Any) -> None:
    """Submit the draft."""
    answers = {**CALL, "lots": list(lots), **changes}
    matter.complete(DRAFT, by=matter.initiator, answers=answers, opinion="")


def publish(matter: ProcessDriver) -> None:
    """Confirm the publication and let the website have it."""
    matter.complete(CONFIRM, "publish", by=matter.initiator, opinion="")
    work_off(matter.engine)


def announced(office: Engine, number: str, by: str = "pdzx_jb", **changes: Any) -> ProcessDriver:
    """Publish a call for all open lots of a project."""
    matter = open_draft(office, number, by)
    submit(matter, lot_choices(office, matter), **changes)
    publish(matter)
    return matter


def notices(office: Engine, number: str) -> list[PublishedNotice]:
    """Return the latest version of every notice of a project."""
    with office.database.session(write=False) as session:
        return notices_of_project(session, project(office, number).key)


def with_lots(office: Engine) -> str:
    """File an interconnected plan and let the centre push two lots; return its number."""
    number = filed_plan(office)
    push_lots(office, number, *TWO_LOTS)
    return number
