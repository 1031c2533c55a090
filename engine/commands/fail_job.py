"""A handler failed: try again later, or stop and ask a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from engine.commands.job_step import lost_lease, read_running_job
from engine.commands.progress import Cause, Progress
from engine.model.states import JobState
from engine.store.incidents import Stopped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services
    from engine.model.work import JobRow

#: Seconds before the second try; doubled for each further one, at most one hour.
FIRST_DELAY: Final = 10
LONGEST_DELAY: Final = 3_600


@dataclass(frozen=True, kw_only=True)
class FailJob:
    """Technical failure: retried with back-off, after the last try an incident.

    Raises:
        NotFoundError: no such job.
        WrongStateError: fenced off.
    """

    job_key: str
    fence: int
    error: str

    def execute(self, services: Services) -> None:
        """Put the job back or stop it."""
        row, _tree, node = read_running_job(services, self.job_key, self.fence)
        exhausted = row.attempt >= row.max_attempts
        if not services.store.waiting.settle(
            row.key,
            self.fence,
            JobState.INCIDENT if exhausted else JobState.READY,
            run_at=services.now + back_off(row.attempt),
            last_error=self.error[:2_000],
            lease_until=None,
        ):
            raise lost_lease()
        name = node.model.elements[row.element_id].name
        services.note(
            "job_stopped" if exhausted else "job_failed",
            root_key=row.root_key,
            element_name=name,
            detail={"handler": row.job_type, "attempt": row.attempt, "error": self.error[:500]},
        )
        if exhausted:
            _stop(row, "JOB_NO_RETRIES", self.error, services)


@dataclass(frozen=True, kw_only=True)
class ThrowFromJob:
    """Business outcome of a handler: goes to the boundary event that catches ``code``.

    An error that the model does not catch is an incident.

    Raises:
        NotFoundError: no such job.
        WrongStateError: fenced off.
    """

    job_key: str
    fence: int
    code: str
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, services: Services) -> None:
        """Throw."""
        row, tree, node = read_running_job(services, self.job_key, self.fence)
        caught = node.throw(row.token_id, self.code, self.variables, services.now)
        state = JobState.DONE if caught else JobState.INCIDENT
        if not services.store.waiting.settle(
            row.key, self.fence, state, last_error=self.code, lease_until=None
        ):
            raise lost_lease()
        if caught:
            Progress(tree, services, Cause(services.actor.login)).run(node)
        else:
            _stop(row, "UNHANDLED_ERROR", self.code, services)
        services.note(
            "job_threw",
            root_key=row.root_key,
            element_name=node.model.elements[row.element_id].name,
            detail={"handler": row.job_type, "code": self.code, "caught": caught},
        )


def back_off(attempt: int) -> timedelta:
    """Return how long to wait after the ``attempt``-th try (≥ 1)."""
    return timedelta(seconds=min(FIRST_DELAY * 2 ** (attempt - 1), LONGEST_DELAY))


def _stop(row: JobRow, kind: str, message: str, services: Services) -> None:
    services.store.incidents.add(
        instance_key=row.instance_key,
        root_key=row.root_key,
        element_id=row.element_id,
        stopped=Stopped.JOB,
        stopped_key=row.key,
        kind=kind,
        message=message[:2_000],
        created_at=services.now,
    )
