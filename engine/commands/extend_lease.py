"""Heartbeat of a long-running handler."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from engine.commands.services import key_of

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class ExtendLease:
    """Prolong the lease from now; ``False`` = another worker has the job, stop working on it."""

    job_key: str
    fence: int
    lease_seconds: int = 30

    def execute(self, services: Services) -> bool:
        """Prolong."""
        until = services.now + timedelta(seconds=self.lease_seconds)
        return services.store.waiting.extend_lease(
            key_of(self.job_key, "作业", "job"), self.fence, until
        )
