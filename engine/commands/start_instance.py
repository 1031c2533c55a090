"""Start a procedure in one's own unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.commands.beginning import Beginning, begin, newest, unit_for
from engine.commands.requests import digest_of, earlier_answer, keep_answer
from engine.errors import NotAllowedError
from engine.model.participants import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.catalog import ProcessInfo
    from engine.commands.services import Services


@dataclass(frozen=True)
class StartedInstance:
    """What was started.

    Attributes:
        instance_key: the new root instance.
        work_item_key: the first work item that the initiator has, ``None`` if there is none.
    """

    instance_key: str
    work_item_key: str | None


@dataclass(frozen=True, kw_only=True)
class StartInstance:
    """发起: pin the definitions for the unit's division and run to the first wait.

    Attributes:
        process_id: the procedure.
        variables: routing facts to begin with.
        unit: for embedding programs: the unit that the matter belongs to; people always start in
            their own.
        idempotency_key: the same for a repeated request.

    Raises:
        NotFoundError: no such procedure is deployed.
        NotAllowedError: the person holds none of the starting roles in the own unit.
        NoVariantError: the procedure is not deployed for the unit's division.
    """

    process_id: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    unit: str = ""
    idempotency_key: str = ""

    def execute(self, services: Services) -> StartedInstance:
        """Start."""
        command = type(self).__name__
        digest = digest_of({"process": self.process_id, "variables": self.variables})
        earlier = earlier_answer(services, self.idempotency_key, command, digest)
        if earlier is not None:
            return StartedInstance(earlier["instance_key"], earlier["work_item_key"])
        deployment, manifest = newest(self.process_id, services)
        if services.actor.login != SYSTEM.login:
            require_starter(manifest.info, services)
        unit = unit_for(self.unit, services)
        start = Beginning(unit=unit, initiator=services.actor.login, variables=self.variables)
        tree, batch = begin(deployment, manifest, start, services)
        own = [item for item in batch.work_items if item.assignee == services.actor.login]
        key = str(own[0].key) if own else None
        started = StartedInstance(str(tree.root.row.key), key)
        keep_answer(services, self.idempotency_key, command, digest, vars(started))
        return started


def require_starter(info: ProcessInfo, services: Services) -> None:
    """Refuse a person who may not start this procedure in the own unit.

    Raises:
        NotAllowedError: no starting role in the own unit.
    """
    person = services.person
    if not any(
        membership.role in info.starters and membership.unit == person.unit.code
        for membership in person.memberships
    ):
        raise NotAllowedError(
            f"您在本单位没有发起“{info.name}”的岗位，请联系管理员。",
            f"Your post in your unit may not start “{info.name_in('en')}”; ask an administrator.",
        )
