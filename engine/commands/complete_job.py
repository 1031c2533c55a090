"""Take a handler's result and move the matter on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.commands.job_step import lost_lease, read_running_job
from engine.commands.progress import Cause, Progress
from engine.model.states import JobState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class CompleteJob:
    """The handler is done; ``variables`` are what it returned.

    Raises:
        NotFoundError: no such job.
        WrongStateError: fenced off: the lease lapsed and another worker has it, or it is done.
    """

    job_key: str
    fence: int
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, services: Services) -> None:
        """Settle the job and run the matter to rest."""
        row, tree, node = read_running_job(services, self.job_key, self.fence)
        settled = services.store.waiting.settle(
            row.key, self.fence, JobState.DONE, ended_at=services.now, lease_until=None
        )
        if not settled:
            raise lost_lease()
        node.complete(row.token_id, self.variables, services.now)
        Progress(tree, services, Cause(services.actor.login)).run(node)
        services.note(
            "job_completed",
            root_key=row.root_key,
            element_name=node.model.elements[row.element_id].name,
            detail={"handler": row.job_type, "attempt": row.attempt},
        )
