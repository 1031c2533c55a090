"""Lease jobs for a worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from engine.commands.attempts import open_incident
from engine.commands.automatic import matter_facts
from engine.commands.matter import MatterTree
from engine.errors import WorkflowError
from engine.handler import Job
from engine.model.states import JobState
from engine.store.incidents import Stopped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from engine.commands.services import Services
    from engine.model.work import JobRow


@dataclass(frozen=True)
class ClaimedJob:
    """A leased job.

    Attributes:
        job: what the handler gets.
        job_type: name of the handler.
        fence: to be sent back with the result; an older one has no effect.
        variables: what the handler may read.
    """

    job: Job
    job_type: str
    fence: int
    variables: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ClaimJobs:
    """Take up to ``limit`` due jobs for ``owner``; the lease lasts ``lease_seconds``."""

    owner: str
    limit: int = 1
    lease_seconds: int = 30

    def execute(self, services: Services) -> Sequence[ClaimedJob]:
        """Lease."""
        until = services.now + timedelta(seconds=self.lease_seconds)
        rows = services.store.waiting.claim(self.owner, services.now, until, self.limit)
        for row in rows:
            if row.attempt > row.max_attempts:
                _stop(row, services)
        return [_claimed(row, services) for row in rows if row.attempt <= row.max_attempts]


def _stop(row: JobRow, services: Services) -> None:
    """Stop a job whose handler took its worker down every time it was tried."""
    services.store.waiting.settle(
        row.key, row.fence, JobState.INCIDENT, lease_until=None, last_error="worker died"
    )
    error = WorkflowError(
        f"处理程序“{row.job_type}”连续 {row.max_attempts} 次使工作进程中断，已停止重试。",
        f"The handler {row.job_type!r} took its worker down {row.max_attempts} times.",
    )
    place = (row.instance_key, row.root_key, row.element_id)
    open_incident(services, place, (Stopped.JOB, row.key), error)


def _claimed(row: JobRow, services: Services) -> ClaimedJob:
    tree = MatterTree.load(services, row.root_key)
    facts = matter_facts(tree, tree.nodes[row.instance_key], row.element_id, services)
    job = Job(
        key=str(row.key),
        idempotency_key=f"{row.instance_key}/{row.token_id}",
        attempt=row.attempt,
        matter=facts,
        headers=row.headers,
        keyed=services.keyed,
    )
    return ClaimedJob(job, row.job_type, row.fence, row.inputs)
