"""What the commands on one running job share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.matter import MatterTree
from engine.commands.services import key_of
from engine.errors import NotFoundError, WrongStateError
from engine.model.states import JobState

if TYPE_CHECKING:
    from engine.commands.matter import Node
    from engine.commands.services import Services
    from engine.model.work import JobRow


def read_running_job(
    services: Services, job_key: str, fence: int
) -> tuple[JobRow, MatterTree, Node]:
    """Read a running job with its matter.

    Raises:
        NotFoundError: no such job.
        WrongStateError: not running, or another worker has it.
    """
    row = services.store.waiting.job(key_of(job_key, "作业", "job"))
    if row is None:
        raise NotFoundError("作业", "job", job_key)
    if row.state is not JobState.RUNNING or row.fence != fence:
        raise lost_lease()
    tree = MatterTree.load(services, row.root_key)
    return row, tree, tree.nodes[row.instance_key]


def lost_lease() -> WrongStateError:
    """Return the error of a worker whose result comes too late."""
    return WrongStateError(
        "此作业已由其他工作进程接手或已结束，本次结果作废。",
        "Another worker has taken this job over or it has ended; this result has no effect.",
    )
