"""What the commands on one job share."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.commands.matter import MatterTree
from engine.commands.services import key_of
from engine.errors import NotFoundError, WrongStateError
from engine.model.jsontext import encode_json
from engine.model.states import JobState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.matter import Node
    from engine.commands.services import Services
    from engine.handler import Registered
    from engine.model.work import JobRow
    from engine.partners import RetrySchedule


@dataclass(frozen=True)
class Waiting:
    """The process that waits for a job.

    Attributes:
        tree: its matter.
        node: the instance.
        token_id: the token.
    """

    tree: MatterTree
    node: Node
    token_id: str

    def name(self, row: JobRow) -> str:
        """Return the name of the job's element."""
        return self.node.model.elements[row.element_id].name


def read_running_job(services: Services, job_key: str, fence: int) -> tuple[JobRow, Waiting | None]:
    """Read a running job with what waits for it, ``None`` for a message of its own.

    Raises:
        NotFoundError: no such job.
        WrongStateError: not running, or another worker has it.
    """
    row = services.store.waiting.job(key_of(job_key, "作业", "job"))
    if row is None:
        raise NotFoundError("作业", "job", job_key)
    if row.state is not JobState.RUNNING or row.fence != fence:
        raise lost_lease()
    return row, waiting_for(row, services)


def waiting_for(row: JobRow, services: Services) -> Waiting | None:
    """Return the process that waits for a job, ``None`` when none does."""
    if row.place is None:
        services.root_key = row.root_key
        return None
    instance_key, root_key, token_id = row.place
    tree = MatterTree.load(services, root_key)
    return Waiting(tree, tree.nodes[instance_key], token_id)


def lost_lease() -> WrongStateError:
    """Return the error of a worker whose result comes too late."""
    return WrongStateError(
        "此作业已由其他工作进程接手或已结束，本次结果作废。",
        "Another worker has taken this job over or it has ended; this result has no effect.",
    )


def schedule_of(job_type: str, services: Services) -> RetrySchedule | None:
    """Return when calls of a handler are repeated, ``None`` without a contract."""
    registered = services.registry.handler(job_type)
    if registered is None or registered.contract is None:
        return None
    return services.settings.partners.retry(job_type, registered.contract.retry)


def digest_of(registered: Registered, inputs: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what a handler reads, so that two contents are told apart."""
    read = dict(sorted(registered.arguments(inputs).items()))
    return hashlib.sha256(encode_json(read).encode()).hexdigest()


def erased(row: JobRow, services: Services) -> dict[str, Any]:
    """Return the values that take a job's hidden inputs out of its row."""
    registered = services.registry.handler(row.job_type)
    contract = registered.contract if registered else None
    if contract is None or not contract.hidden & row.inputs.keys():
        return {}
    return {"inputs": {k: v for k, v in row.inputs.items() if k not in contract.hidden}}
