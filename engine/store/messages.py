"""Messages and signals on their way, and the events that start procedures."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from engine.store.due_work import is_deliverable, start_is_due
from engine.store.tables import delivery, start_subscription

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class DeliveryRow:
    """A message or signal on its way; without an instance nobody waits for it yet."""

    key: int
    kind: str
    name: str
    correlation_key: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    message_id: str | None = None
    instance_key: int | None = None
    root_key: int | None = None
    token_id: str | None = None
    state: str = "waiting"
    sent_at: datetime
    expires_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class StartRow:
    """A start event that something outside can trigger."""

    process_id: str
    element_id: str
    kind: str
    name: str
    due_at: datetime | None = None
    cycle: str = ""


_DELIVERY_FIELDS = tuple(item.name for item in fields(DeliveryRow))


class Messages:
    """Messages, signals and start events inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def add(self, rows: Sequence[DeliveryRow]) -> None:
        """Put messages and signals on their way."""
        if rows:
            self._session.execute(insert(delivery), [vars(row) for row in rows])

    def seen(self, name: str, message_id: str) -> DeliveryRow | None:
        """Return an earlier message with the sender's id."""
        row = self._session.execute(
            select(delivery).where(delivery.c.name == name, delivery.c.message_id == message_id)
        ).one_or_none()
        return None if row is None else _delivery(row)

    def next_deliverable(self, now: datetime) -> DeliveryRow | None:
        """Return the oldest delivery that can be made: addressed, or with somebody waiting now."""
        statement = select(delivery).where(is_deliverable(now)).order_by(delivery.c.key).limit(1)
        row = self._session.execute(statement).one_or_none()
        return None if row is None else _delivery(row)

    def settle(self, key: int, state: str) -> bool:
        """End a delivery by compare-and-set; ``False`` when another worker did."""
        result = self._session.execute(
            update(delivery)
            .where(delivery.c.key == key, delivery.c.state == "waiting")
            .values(state=state)
        )
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]

    def replace_starts(self, process_id: str, rows: Sequence[StartRow]) -> None:
        """Store the start events of a procedure's newest version."""
        self._session.execute(
            delete(start_subscription).where(start_subscription.c.process_id == process_id)
        )
        if rows:
            self._session.execute(insert(start_subscription), [vars(row) for row in rows])

    def starts(self, kind: str, name: str) -> list[StartRow]:
        """Return the procedures that a message or signal starts."""
        statement = (
            select(start_subscription)
            .where(start_subscription.c.kind == kind, start_subscription.c.name == name)
            .order_by(start_subscription.c.process_id)
        )
        return [StartRow(**row._mapping) for row in self._session.execute(statement)]

    def due_start(self, now: datetime) -> StartRow | None:
        """Return the start timer that is due first."""
        row = self._session.execute(
            select(start_subscription)
            .where(start_is_due(now))
            .order_by(start_subscription.c.due_at)
            .limit(1)
        ).one_or_none()
        return None if row is None else StartRow(**row._mapping)

    def move_start(self, row: StartRow, due_at: datetime | None, cycle: str) -> bool:
        """Set the next due time by compare-and-set on the old one."""
        result = self._session.execute(
            update(start_subscription)
            .where(
                start_subscription.c.process_id == row.process_id,
                start_subscription.c.element_id == row.element_id,
                start_subscription.c.due_at == row.due_at,
            )
            .values(due_at=due_at, cycle=cycle)
        )
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]


def _delivery(row: Any) -> DeliveryRow:
    return DeliveryRow(**{name: row._mapping[name] for name in _DELIVERY_FIELDS})
