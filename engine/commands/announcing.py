"""What a command tells the matters that wait for it: a message in its own transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.sending import KEPT_FOR
from engine.model.keys import new_key
from engine.store.messages import DeliveryRow

if TYPE_CHECKING:
    from engine.commands.services import Services


def announce(name: str, correlation_key: str, services: Services) -> None:
    """Put a message on its way to the matter that waits for it now or soon.

    Args:
        name: message name of the models.
        correlation_key: value that the receiver's key must have.
        services: of the command.
    """
    services.makes_work = True
    services.store.messages.add(
        [
            DeliveryRow(
                key=new_key(),
                kind="message",
                name=name,
                correlation_key=correlation_key,
                sent_at=services.now,
                expires_at=services.now + KEPT_FOR,
            )
        ]
    )
