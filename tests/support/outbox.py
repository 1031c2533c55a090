"""What went to outside systems: the development outbox stands for phones and trading centre."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from engine.store.unit_of_work import UnitOfWork
from engine.worker import Worker

if TYPE_CHECKING:
    from engine.model.messages import SentMessage
    from engine.runtime import Engine

_PASSWORD = re.compile(r"临时密码：([0-9a-z-]+)")


def run_jobs(engine: Engine) -> int:
    """Do everything that is due, in this thread; returns how many."""
    return Worker(engine, threads=1).run_due()


def sent(engine: Engine, handler: str = "") -> list[SentMessage]:
    """Return what was sent, oldest first."""
    with engine.database.session(write=False) as session:
        rows = UnitOfWork(session).exchange.receipts(1_000)
    return [row for row in reversed(rows) if handler in ("", row.handler)]


def waiting(engine: Engine) -> list[Any]:
    """Return the messages that were not sent yet."""
    from engine.model.states import JobState

    states = (JobState.READY, JobState.RUNNING, JobState.INCIDENT)
    with engine.database.session(write=False) as session:
        return list(UnitOfWork(session).exchange.outbox(states, 1_000))


def password_in(message: SentMessage) -> str:
    """Return the temporary password that an SMS tells."""
    found = _PASSWORD.search(str(message.body["text"]))
    assert found, message.body
    return found[1]
