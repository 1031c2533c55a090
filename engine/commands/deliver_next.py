"""Hand over the message or signal that has waited longest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.attempts import attempt, open_incident
from engine.commands.beginning import Beginning, begin, newest
from engine.commands.handing_over import hand_over
from engine.errors import MatterSuspendedError
from engine.store.incidents import Stopped
from engine.store.waiting import SubscriptionRow

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.store.messages import DeliveryRow


@dataclass(frozen=True, kw_only=True)
class DeliverNext:
    """One delivery, one matter, one transaction; ``False`` when there is nothing to deliver."""

    def execute(self, services: Services) -> bool:
        """Deliver."""
        row = services.store.messages.next_deliverable(services.now)
        if row is None:
            return False
        settle = services.store.messages.settle
        error = attempt(services, lambda: settle(row.key, _hand(row, services)))
        if isinstance(error, MatterSuspendedError):
            return True  # suspended at this moment; the message waits
        if error is not None:
            settle(row.key, "incident")
            if row.instance_key is not None and row.root_key is not None:
                place = (row.instance_key, row.root_key, "")
                open_incident(services, place, (Stopped.DELIVERY, row.key), error)
        return True


def _hand(row: DeliveryRow, services: Services) -> str:
    done = _start(row, services) if row.kind == "start" else _deliver(row, services)
    return "done" if done else "gone"


def _deliver(row: DeliveryRow, services: Services) -> bool:
    if row.instance_key is not None and row.root_key is not None and row.token_id is not None:
        addressed = SubscriptionRow(
            instance_key=row.instance_key,
            root_key=row.root_key,
            token_id=row.token_id,
            element_id="",
            kind=row.kind,
            name=row.name,
            correlation_key=row.correlation_key,
        )
        return hand_over(row.kind, addressed, row.variables, services)
    waiting = services.store.waiting.subscribers(
        row.kind, row.name, row.correlation_key, awake=True
    )
    return any(hand_over(row.kind, item, row.variables, services) for item in waiting)


def _start(row: DeliveryRow, services: Services) -> bool:
    """Start a procedure in the unit of the matter that sent the message or signal."""
    process_id, _, element_id = row.name.partition("#")
    sender = services.store.instances.tree(row.root_key or 0)
    unit = services.store.identity.unit(sender[0].unit) if sender else None
    if unit is None:
        return False
    deployment, manifest = newest(process_id, services)
    start = Beginning(
        unit=unit,
        initiator=sender[0].initiator,
        variables=row.variables,
        start_event=element_id,
    )
    begin(deployment, manifest, start, services)
    return True
