"""An administrator puts a stopped job back to work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.services import key_of
from engine.commands.terminate_instance import ADMIN_ROLE
from engine.errors import NotAllowedError, NotFoundError, WrongStateError

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class RetryJob:
    """重试: resolves the job's incident and gives it ``attempts`` (≥ 1) more tries.

    Raises:
        NotFoundError: no such job.
        NotAllowedError: not an administrator.
        WrongStateError: the job has not stopped.
    """

    job_key: str
    attempts: int = 3

    def execute(self, services: Services) -> None:
        """Reopen."""
        if not services.person.has_role(ADMIN_ROLE):
            raise NotAllowedError
        row = services.store.waiting.job(key_of(self.job_key, "作业", "job"))
        if row is None:
            raise NotFoundError("作业", "job", self.job_key)
        if not services.store.waiting.reopen(row.key, services.now, self.attempts):
            raise WrongStateError(
                "该作业没有停止，无需重试。", "This job has not stopped; there is nothing to retry."
            )
        services.store.waiting.resolve_incidents(row.key, services.actor.login, services.now)
        services.note("job_retried", root_key=row.root_key, detail={"handler": row.job_type})
