"""The handlers of the chaos procedure; loaded by ``PROCUREFLOW_HANDLERS``.

The outside world is a file that outlives every process; the ledger is a table of our own that is
written inside the command's transaction.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from engine.handler import handler, record_handler

if TYPE_CHECKING:
    from engine.handler import Job, RecordContext

#: Names the file to which every effect is appended.
EFFECTS_VARIABLE: Final = "CHAOS_EFFECTS"
#: A line of that file: key of the job, attempt, process, and one of these.
BEGUN: Final = "begun"
MADE: Final = "made"
#: Seconds that an effect takes at most: long enough for a kill in its middle.
_LONGEST: Final = 0.3
LEDGER: Final = "CREATE TABLE chaos_ledger (instance_key VARCHAR(30), attempt INTEGER)"


@record_handler("chaos.give_number")
def give_number(context: RecordContext) -> dict[str, Any]:
    """Give the matter the key that its message is correlated by."""
    return {"matter_no": context.matter.instance_key}


@handler("chaos.tell")
def tell(job: Job) -> dict[str, Any]:
    """Do something that cannot be undone, and say at which attempt."""
    _write(job, BEGUN)
    time.sleep(random.uniform(0, _LONGEST))  # noqa: S311 - not a secret
    _write(job, MADE)
    return {"attempt": job.attempt}


def _write(job: Job, what: str) -> None:
    line = f"{job.key} {job.attempt} {os.getpid()} {what}\n".encode()
    descriptor = os.open(Path(os.environ[EFFECTS_VARIABLE]), os.O_APPEND | os.O_WRONLY)
    os.write(descriptor, line)
    os.close(descriptor)


@record_handler("chaos.post")
def post(context: RecordContext, *, attempt: int) -> None:
    """Book the matter; nothing but the engine keeps this from happening twice."""
    context.session.execute(
        text("INSERT INTO chaos_ledger (instance_key, attempt) VALUES (:key, :attempt)"),
        {"key": context.matter.instance_key, "attempt": int(attempt)},
    )
