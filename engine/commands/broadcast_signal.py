"""A signal reaches every matter that listens now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.commands.beginning import Beginning, begin, newest, unit_for
from engine.model.keys import new_key
from engine.store.messages import DeliveryRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class BroadcastSignal:
    """Address the signal to everybody who listens at this moment; workers hand it over.

    Attributes:
        name: signal name of the models.
        variables: handed to every receiver.
        unit: for programs: the unit of matters that it starts.
    """

    name: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    unit: str = ""

    def execute(self, services: Services) -> int:
        """Send; returns how many listen or are started."""
        receivers = services.store.waiting.subscribers("signal", self.name, "")
        services.store.messages.add(
            [
                DeliveryRow(
                    key=new_key(),
                    kind="signal",
                    name=self.name,
                    correlation_key="",
                    variables=dict(self.variables),
                    instance_key=row.instance_key,
                    root_key=row.root_key,
                    token_id=row.token_id,
                    sent_at=services.now,
                )
                for row in receivers
            ]
        )
        services.makes_work = True
        starts = services.store.messages.starts("signal", self.name)
        for row in starts:
            deployment, manifest = newest(row.process_id, services)
            start = Beginning(
                unit=unit_for(self.unit, services),
                initiator=services.actor.login,
                variables=self.variables,
                start_event=row.element_id,
            )
            begin(deployment, manifest, start, services)
        services.note("signal_sent", detail={"name": self.name, "receivers": len(receivers)})
        return len(receivers) + len(starts)
