"""A message from outside reaches the one matter that waits for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from engine.commands.beginning import Beginning, begin, newest, unit_for
from engine.commands.handing_over import hand_over
from engine.model.keys import new_key
from engine.store.messages import DeliveryRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services


@dataclass(frozen=True)
class Published:
    """What became of a message.

    Attributes:
        instance_key: the matter that got it or was started by it, ``None`` for neither.
        kept: nobody waits for it yet; it is kept for its time to live.
        repeated: the same ``message_id`` came before; nothing was done.
    """

    instance_key: str | None
    kept: bool = False
    repeated: bool = False


@dataclass(frozen=True, kw_only=True)
class PublishMessage:
    """Correlate by name and key: the oldest waiting matter, else a message start event.

    Attributes:
        name: message name of the model.
        correlation_key: value that the receiver's key must have.
        variables: handed to the receiver.
        message_id: the sender's id; the same one is taken once.
        time_to_live: how long it is kept when nobody waits for it yet.
        unit: for programs: the unit of a matter that it starts; a person's is the own one.

    Raises:
        NotFoundError: it starts a procedure, but the unit is unknown.
    """

    name: str
    correlation_key: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)
    message_id: str = ""
    time_to_live: timedelta = timedelta(0)
    unit: str = ""

    def execute(self, services: Services) -> Published:
        """Correlate."""
        if self.message_id and (seen := services.store.messages.seen(self.name, self.message_id)):
            return Published(str(seen.root_key) if seen.root_key else None, repeated=True)
        waiting, of = services.store.waiting, ("message", self.name, self.correlation_key)
        for row in waiting.subscribers(*of, awake=True):
            if hand_over("message", row, self.variables, services):
                self._remember(services, "done", row.root_key)
                return Published(str(row.root_key))
        started = self._start(services)
        if started is not None:
            self._remember(services, "done", started)
            return Published(str(started))
        # what a suspended matter waits for is kept until it is resumed
        asleep = bool(waiting.subscribers(*of))
        kept = asleep or self.time_to_live > timedelta(0)
        self._remember(services, "waiting" if kept else "expired", None, for_ever=asleep)
        services.note(
            "message_kept" if kept else "message_unclaimed",
            detail={"name": self.name, "correlation_key": self.correlation_key},
        )
        return Published(None, kept=kept)

    def _start(self, services: Services) -> int | None:
        starts = services.store.messages.starts("message", self.name)
        if not starts:
            return None
        unit = unit_for(self.unit, services)
        deployment, manifest = newest(starts[0].process_id, services)
        start = Beginning(
            unit=unit,
            initiator=services.actor.login,
            variables=self.variables,
            start_event=starts[0].element_id,
        )
        tree, _batch = begin(deployment, manifest, start, services)
        return tree.root.row.key

    def _remember(
        self, services: Services, state: str, root_key: int | None, *, for_ever: bool = False
    ) -> None:
        """Keep a message that waits or whose repetition must be recognised."""
        if state != "waiting" and not self.message_id:
            return
        services.store.messages.add(
            [
                DeliveryRow(
                    key=new_key(),
                    kind="message",
                    name=self.name,
                    correlation_key=self.correlation_key,
                    variables=dict(self.variables),
                    message_id=self.message_id or None,
                    root_key=root_key,
                    state=state,
                    sent_at=services.now,
                    expires_at=None if for_ever else services.now + self.time_to_live,
                )
            ]
        )
