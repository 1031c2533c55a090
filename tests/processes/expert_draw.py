"""Ways through the draw of experts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.commands import OpenExhibit
from engine.model.participants import Actor
from engine.queries import ExhibitQuery
from handlers.records.draws import chain
from handlers.records.experts import KIND
from tests.processes.interconnected import project
from tests.processes.notice_publication import with_lots
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.exhibit import Exhibit
    from engine.queries.views import ExhibitView
    from engine.runtime import Engine
    from handlers.records.draws import Draw

FILL: Final = "fill_application"
DRAW: Final = "draw_experts"
REVEAL: Final = "reveal_secret"
ADJUST: Final = "adjust_review"
REDRAW: Final = "redraw_experts"
PURCHASER, REGULATOR = "pdzx_jb", "pdjg_cs"
#: Two days after the opening of the office, 09:00 in Beijing.
APPLICATION: Final[Mapping[str, Any]] = {
    "review_at": "2026-06-12T09:00",
    "place": "平顶山市公共资源交易中心评标三室",
    "contact": "示例联系人",
    "contact_phone": "0375-55550001",
    "needs": [{"field": "计算机网络", "count": "3"}, {"field": "财务审计", "count": "2"}],
    "avoid_units": [],
    "avoid_persons": [],
    "take_part": "no",
}


def begin(office: Engine) -> ProcessDriver:
    """Begin an application."""
    return ProcessDriver.start(office, "expert_draw", by=PURCHASER)


def application(office: Engine, number: str = "", **changes: Any) -> dict[str, Any]:
    """Return a complete application for lot 01 of an interconnected project."""
    number = number or with_lots(office)
    chosen = {"project": str(project(office, number).key), "lots": [f"{number}-01"]}
    return {**APPLICATION, **chosen, **changes}


def applied(office: Engine, **changes: Any) -> ProcessDriver:
    """Submit an application for lot 01."""
    matter = begin(office)
    matter.complete(FILL, by=PURCHASER, answers=application(office, **changes), opinion="")
    return matter


def draw(matter: ProcessDriver, contributed: str = "监管随机数 7391") -> None:
    """Draw as the regulator."""
    answers = {"drawer_secret": contributed}
    matter.complete(DRAW, "draw", by=REGULATOR, answers=answers, opinion="")


def shown(matter: ProcessDriver, reader: str) -> ExhibitView | None:
    """Return what a reader finds on the page of the matter."""
    query = ExhibitQuery(instance_key=matter.instance_key)
    return matter.engine.ask(query, Actor(login=reader))


def look(matter: ProcessDriver, reader: str) -> Exhibit:
    """Open what is sealed; the look is recorded."""
    return matter.engine.execute(OpenExhibit(instance_key=matter.instance_key), Actor(login=reader))


def draws(matter: ProcessDriver) -> list[Draw]:
    """Return every draw of a matter in its order."""
    with matter.engine.database.session(write=False) as session:
        return chain(session, KIND, int(matter.instance_key))
