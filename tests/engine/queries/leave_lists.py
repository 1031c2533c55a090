"""Leave requests in lists: handing them in, looking at a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from engine.model.participants import Actor
from engine.queries import Box, Narrowing, Worklist
from engine.store.entries import NEVER
from engine.store.tables import work_item, worklist_entry
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.queries.views import WorklistPage
    from engine.runtime import Engine

YI = Actor(login="yi")
#: Beijing time is 2026-06-10 09:00, a Wednesday.
DAYS = {"昨天": -1, "今天": 0, "周日": 4, "下周一": 5, "无期限": None}


@dataclass
class Submit:
    """Hands in leave requests, one second after another."""

    engine: Engine
    clock: FakeClock

    def __call__(self, reason: str, days: int | None = None, by: str = "jia") -> ProcessDriver:
        """Hand one in that is due after so many days at 17:00, never without."""
        driver = ProcessDriver.start(self.engine, "leave_request", by=by)
        driver.complete("fill_request", by=by, answers={"reason": reason, "days": "3"})
        due = None if days is None else self.clock.now() + timedelta(days=days, hours=8)
        set_due(self.engine, int(driver.key_at("approve_request")), due)
        self.clock.advance(timedelta(seconds=1))
        return driver


def set_due(engine: Engine, key: int, due: Any) -> None:
    with engine.database.session(write=True) as session:
        session.execute(update(work_item).where(work_item.c.key == key).values(due_at=due))
        session.execute(
            update(worklist_entry)
            .where(worklist_entry.c.work_item_key == key)
            .values(due_order=due or NEVER)
        )
        session.commit()


def page(engine: Engine, by: Actor = YI, size: int = 20, **narrowing: Any) -> WorklistPage:
    query = Worklist(box=Box.TODO, narrowing=Narrowing(**narrowing), page_size=size)
    return engine.ask(query, by)


def titles(found: WorklistPage) -> list[str]:
    return [row.title for row in found.rows]


def list_also_in(engine: Engine, pool: str) -> None:
    """List everything in a further pool."""
    with engine.database.session(write=True) as session:
        rows = session.execute(select(worklist_entry)).all()
        session.execute(insert(worklist_entry), [{**row._mapping, "pool": pool} for row in rows])
        session.commit()
