"""Take a handler's result and move the matter on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.commands.clock_changes import stop_clocks
from engine.commands.job_step import digest_of, erased, lost_lease, read_running_job
from engine.commands.progress import Cause, Progress
from engine.model.keys import new_key
from engine.model.messages import SentMessage
from engine.model.states import JobState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.job_step import Waiting
    from engine.commands.matter import MatterTree, Node
    from engine.commands.services import Services
    from engine.exchange import Receipt
    from engine.model.work import JobRow


@dataclass(frozen=True, kw_only=True)
class CompleteJob:
    """The handler is done; ``variables`` are what it returned.

    Attributes:
        receipt: what an outside system was told and has answered, stored with the job's end.

    Raises:
        NotFoundError: no such job.
        WrongStateError: fenced off: the lease lapsed and another worker has it, or it is done.
    """

    job_key: str
    fence: int
    variables: Mapping[str, Any] = field(default_factory=dict)
    receipt: Receipt | None = None

    def execute(self, services: Services) -> None:
        """Settle the job and run the matter to rest."""
        row, waiting = read_running_job(services, self.job_key, self.fence)
        settled = services.store.waiting.settle(
            row.key,
            self.fence,
            JobState.DONE,
            ended_at=services.now,
            lease_until=None,
            **erased(row, services),
        )
        if not settled:
            raise lost_lease()
        if self.receipt is not None:
            keep_receipt(self.receipt, row, services)
        if waiting is not None:
            go_on(waiting, self.variables, services)
        services.note(
            "job_completed",
            root_key=row.root_key,
            element_name=waiting.name(row) if waiting else "",
            detail={"handler": row.job_type, "attempt": row.attempt, **message_facts(row)},
        )


def go_on(waiting: Waiting, variables: Mapping[str, Any], services: Services) -> None:
    """Finish the job's element and run the matter to rest."""
    waiting.node.complete(waiting.token_id, variables, services.now)
    take_result(waiting.tree, waiting.node, services)


def take_result(tree: MatterTree, node: Node, services: Services) -> None:
    """Run a matter on after a job, also a suspended one; there, what begins now rests at once."""
    Progress(tree, services, Cause(services.actor.login, is_result=True)).run(node)
    if tree.root.row.suspended_at is not None:
        items = services.store.work_items.of_matter(tree.root.row.key)
        stop_clocks(tree.root.row.key, items, "", services)


def message_facts(row: JobRow) -> dict[str, str]:
    """Return what the audit trail says of a message for an outside system."""
    return {"partner": row.partner, "message_id": row.outside_id} if row.partner else {}


def keep_receipt(receipt: Receipt, row: JobRow, services: Services) -> None:
    """Store what an outside system has taken, so that it is not told again."""
    registered = services.registry.handler(row.job_type)
    digest = digest_of(registered, row.inputs) if registered else ""
    services.store.exchange.add_sent(
        SentMessage(
            key=new_key(),
            handler=row.job_type,
            message_id=row.outside_id,
            digest=digest,
            job_key=row.key,
            root_key=row.root_key,
            partner=receipt.partner,
            type=receipt.type,
            subject=receipt.subject,
            body=receipt.body,
            answer=receipt.answer,
            variables=receipt.variables,
            delivered=receipt.delivered,
            sent_at=services.now,
        )
    )
    if receipt.delivered:
        services.store.exchange.resume(row.partner)
