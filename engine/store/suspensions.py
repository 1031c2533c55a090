"""Suspended matters, and what waits for them, inside one unit of work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update

from engine.store.tables import delivery, process_instance, subscription

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


def is_suspended(root_key: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition "the matter is suspended"; few matters are."""
    suspended = select(process_instance.c.key).where(process_instance.c.suspended_at.is_not(None))
    return root_key.in_(suspended)


class Suspensions:
    """Suspensions inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def change(self, root_key: int, **values: Any) -> None:
        """Set when, by whom and why a matter was suspended; the caller has locked it."""
        self._session.execute(
            update(process_instance).where(process_instance.c.key == root_key).values(**values)
        )

    def prolong_messages(self, root_key: int, since: datetime, by: timedelta) -> None:
        """Let messages for a matter live on as long as it could not take them."""
        waits = (
            subscription.c.root_key == root_key,
            subscription.c.kind == delivery.c.kind,
            subscription.c.name == delivery.c.name,
            subscription.c.correlation_key == delivery.c.correlation_key,
        )
        rows = self._session.execute(
            select(delivery.c.key, delivery.c.expires_at).where(
                delivery.c.state == "waiting",
                delivery.c.expires_at > since,
                select(subscription.c.key).where(*waits).exists(),
            )
        ).all()
        if rows:
            self._session.connection().execute(
                update(delivery)
                .where(delivery.c.key == bindparam("message"))
                .values(expires_at=bindparam("moment")),
                [{"message": row.key, "moment": row.expires_at + by} for row in rows],
            )
