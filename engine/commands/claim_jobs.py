"""Lease jobs for a worker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from engine.commands.attempts import open_incident
from engine.commands.automatic import matter_facts
from engine.commands.job_step import digest_of, waiting_for
from engine.errors import WorkflowError
from engine.handler import Job, Matter
from engine.model.states import JobState
from engine.store.incidents import Stopped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from engine.commands.services import Services
    from engine.model.messages import SentMessage
    from engine.model.work import JobRow


@dataclass(frozen=True)
class ClaimedJob:
    """A leased job.

    Attributes:
        job: what the handler gets.
        job_type: name of the handler.
        fence: to be sent back with the result; an older one has no effect.
        variables: what the handler may read.
        earlier: the message was taken before; the handler need not be called again.
        is_contradiction: the earlier message had another content under the same id.
    """

    job: Job
    job_type: str
    fence: int
    variables: Mapping[str, Any]
    earlier: SentMessage | None = None
    is_contradiction: bool = False


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
    if row.place is None:
        return
    error = WorkflowError(
        f"处理程序“{row.job_type}”连续 {row.max_attempts} 次使工作进程中断，已停止重试。",
        f"The handler {row.job_type!r} took its worker down {row.max_attempts} times.",
    )
    place = (row.place[0], row.place[1], row.element_id)
    open_incident(services, place, (Stopped.JOB, row.key), error)


def _claimed(row: JobRow, services: Services) -> ClaimedJob:
    job = Job(
        channel=lambda name: services.settings.channels.get(name, ""),
        key=str(row.key),
        idempotency_key=row.outside_id,
        attempt=row.attempt,
        matter=_facts(row, services),
        signed_at=services.machine_time,
        partner=services.settings.partner,
        headers=row.headers,
        keyed=services.keyed,
    )
    earlier = _earlier(row, services)
    registered = services.registry.handler(row.job_type)
    contradicts = (
        earlier is not None
        and registered is not None
        and earlier.digest != digest_of(registered, row.inputs)
    )
    return ClaimedJob(job, row.job_type, row.fence, row.inputs, earlier, contradicts)


def _facts(row: JobRow, services: Services) -> Matter:
    waiting = waiting_for(row, services)
    if waiting is not None:
        facts = matter_facts(waiting.tree, waiting.node, row.element_id, services)
        # The handler runs when this transaction is over.
        return replace(facts, answers=dict(facts.answers))
    return Matter(
        instance_key="" if row.root_key is None else str(row.root_key),
        process_id="",
        element_id="",
        initiator="",
        unit="",
        division="",
        now=services.now,
    )


def _earlier(row: JobRow, services: Services) -> SentMessage | None:
    """Return the receipt of the same message, for which another job may have been made."""
    return services.store.exchange.sent(row.job_type, row.outside_id) if row.partner else None
