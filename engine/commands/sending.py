"""What a matter sends: every message and signal gets its rows in the sender's transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from engine.model.keys import new_key
from engine.store.messages import DeliveryRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from engine.bpmn.machine import Outgoing
    from engine.commands.matter import Node
    from engine.commands.services import Services
    from engine.store.waiting import SubscriptionRow

#: How long a message that nobody waits for yet is kept.
KEPT_FOR: Final = timedelta(hours=1)


def send_outbox(node: Node, services: Services) -> None:
    """Address what an instance has sent; a worker hands it over, one matter a transaction."""
    for sent in node.interpreter.take_outbox():
        services.makes_work = True
        receivers = services.store.waiting.subscribers(sent.kind, sent.name, sent.correlation_key)
        if sent.kind == "signal":
            # its own listeners have heard it already
            others = [row for row in receivers if row.instance_key != node.row.key]
            services.store.messages.add([_addressed(sent, row, services) for row in others])
            start_by_event("signal", sent.name, sent.variables, node, services)
        elif receivers:
            services.store.messages.add([_addressed(sent, receivers[0], services)])
        elif not start_by_event("message", sent.name, sent.variables, node, services):
            services.store.messages.add([_kept(sent, services)])


def start_by_event(
    kind: str, name: str, variables: Mapping[str, Any], node: Node, services: Services
) -> int:
    """Ask for the procedures that this message or signal starts, in the sender's unit.

    Returns:
        How many will be started.
    """
    starts = services.store.messages.starts(kind, name)
    services.store.messages.add(
        [
            DeliveryRow(
                key=new_key(),
                kind="start",
                name=f"{start.process_id}#{start.element_id}",
                correlation_key="",
                variables=dict(variables),
                instance_key=node.row.key,
                root_key=node.row.root_key,
                sent_at=services.now,
            )
            for start in starts
        ]
    )
    return len(starts)


def _addressed(sent: Outgoing, row: SubscriptionRow, services: Services) -> DeliveryRow:
    return DeliveryRow(
        key=new_key(),
        kind=sent.kind,
        name=sent.name,
        correlation_key=sent.correlation_key,
        variables=dict(sent.variables),
        instance_key=row.instance_key,
        root_key=row.root_key,
        token_id=row.token_id,
        sent_at=services.now,
    )


def _kept(sent: Outgoing, services: Services) -> DeliveryRow:
    return DeliveryRow(
        key=new_key(),
        kind="message",
        name=sent.name,
        correlation_key=sent.correlation_key,
        variables=dict(sent.variables),
        sent_at=services.now,
        expires_at=services.now + KEPT_FOR,
    )
