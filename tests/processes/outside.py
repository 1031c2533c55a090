"""What went out to other systems, and work that waits for a worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.store.unit_of_work import UnitOfWork
from engine.worker import Worker

if TYPE_CHECKING:
    from engine.model.messages import SentMessage
    from engine.runtime import Engine


def work_off(office: Engine) -> None:
    """Run everything that is due, and what follows from it."""
    worker = Worker(office)
    while worker.run_due():
        pass


def sent(office: Engine, message_type: str) -> list[SentMessage]:
    """Return the messages of a type that went out, oldest first."""
    with office.database.session(write=False) as session:
        found = UnitOfWork(session).exchange.receipts(1000)
    return [item for item in reversed(found) if item.type == message_type]
