"""A handler failed: try again later, or stop and ask a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from engine.commands.complete_job import keep_receipt, message_facts, take_result
from engine.commands.job_step import lost_lease, read_running_job, schedule_of
from engine.model.states import JobState
from engine.store.incidents import Stopped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services
    from engine.exchange import Receipt
    from engine.model.work import JobRow

#: Seconds before the second try of a handler without a schedule; doubled for each further one.
FIRST_DELAY: Final = 10
LONGEST_DELAY: Final = 3_600
#: Longest wait that an outside system may ask for, seconds.
LONGEST_WISH: Final = 86_400
#: Seconds for which other messages leave an outside system alone that does not answer.
PAUSE: Final = 60


@dataclass(frozen=True, kw_only=True)
class FailJob:
    """Technical failure: retried with back-off, after the last try a person must act.

    Attributes:
        final: trying again would not help.
        unreachable: the outside system does not answer; its other messages wait a little.
        retry_after: seconds that it asked for.
        receipt: the call itself was made; it is not made again.

    Raises:
        NotFoundError: no such job.
        WrongStateError: fenced off.
    """

    job_key: str
    fence: int
    error: str
    final: bool = False
    unreachable: bool = False
    retry_after: int = 0
    receipt: Receipt | None = None

    def execute(self, services: Services) -> None:
        """Put the job back or stop it."""
        row, waiting = read_running_job(services, self.job_key, self.fence)
        stopped = self.final or row.attempt >= row.max_attempts
        delay = max(_delay(row, services), timedelta(seconds=min(self.retry_after, LONGEST_WISH)))
        if not services.store.waiting.settle(
            row.key,
            self.fence,
            JobState.INCIDENT if stopped else JobState.READY,
            run_at=services.now + delay,
            last_error=self.error[:2_000],
            lease_until=None,
        ):
            raise lost_lease()
        if self.receipt is not None:
            keep_receipt(self.receipt, row, services)
        if self.unreachable and row.partner:
            pause = min(delay, timedelta(seconds=PAUSE))
            services.store.exchange.pause(row.partner, services.now + pause)
        detail = {"handler": row.job_type, "attempt": row.attempt, "error": self.error[:500]}
        services.note(
            "job_stopped" if stopped else "job_failed",
            root_key=row.root_key,
            element_name=waiting.name(row) if waiting else "",
            detail={**detail, **message_facts(row)},
        )
        if stopped:
            stop(row, "JOB_REJECTED" if self.final else "JOB_NO_RETRIES", self.error, services)


@dataclass(frozen=True, kw_only=True)
class ThrowFromJob:
    """Business outcome of a handler: goes to the innermost catcher of ``code``, or a caller's.

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
        row, waiting = read_running_job(services, self.job_key, self.fence)
        catcher = (
            waiting.tree.throw(
                waiting.node, waiting.token_id, self.code, self.variables, services.now
            )
            if waiting is not None
            else None
        )
        caught = catcher is not None
        state = JobState.DONE if caught else JobState.INCIDENT
        if not services.store.waiting.settle(
            row.key, self.fence, state, last_error=self.code, lease_until=None
        ):
            raise lost_lease()
        if waiting is not None and catcher is not None:
            take_result(waiting.tree, catcher, services)
        else:
            stop(row, "UNHANDLED_ERROR", self.code, services)
        services.note(
            "job_threw",
            root_key=row.root_key,
            element_name=waiting.name(row) if waiting else "",
            detail={"handler": row.job_type, "code": self.code, "caught": caught},
        )


def back_off(attempt: int) -> timedelta:
    """Return how long to wait after the ``attempt``-th try (≥ 1) of a handler without schedule."""
    return timedelta(seconds=min(FIRST_DELAY * 2 ** (attempt - 1), LONGEST_DELAY))


def stop(row: JobRow, kind: str, message: str, services: Services) -> None:
    """Show an administrator what stopped; a message of its own is on the list of messages."""
    if row.place is None:
        return
    services.store.incidents.add(
        instance_key=row.place[0],
        root_key=row.place[1],
        element_id=row.element_id,
        stopped=Stopped.JOB,
        stopped_key=row.key,
        kind=kind,
        message=message[:2_000],
        created_at=services.now,
    )


def _delay(row: JobRow, services: Services) -> timedelta:
    """Return the wait after this failure; sent again by a person, the schedule begins anew."""
    schedule = schedule_of(row.job_type, services)
    if schedule is None:
        return back_off(row.attempt)
    before = max(0, row.max_attempts - schedule.tries)
    return timedelta(seconds=schedule.delay(max(1, row.attempt - before)))
