"""Who wants to be told by which channel, and which notices still have to be sent."""

from __future__ import annotations

import time as monotonic
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, update

from engine.model.notices import BELL, Channel
from engine.store.due_work import is_unspread
from engine.store.notices import notice_of
from engine.store.tables import bell_choice, bell_notice, bell_reader, participant

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import time

    from sqlalchemy.orm import Session

    from engine.model.notices import Notice

#: Seconds for which a process believes to know what is wanted by channels.
_FRESH_FOR: Final = 60.0


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Somebody wants an event by a channel.

    Attributes:
        address: telephone number or e-mail address, empty for none.
        quiet_from: begin of the quiet hours, office time.
        quiet_until: their end.
    """

    login: str
    channel: Channel
    address: str
    language: str
    quiet_from: time | None
    quiet_until: time | None


class Deliveries:
    """What goes out, inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def wanted(self) -> frozenset[str]:
        """Return the events that anybody wants by a channel."""
        statement = (
            select(bell_choice.c.event)
            .where(bell_choice.c.way != BELL, bell_choice.c.wanted)
            .distinct()
        )
        return frozenset(self._session.execute(statement).scalars())

    def unspread(self, limit: int) -> list[Notice]:
        """Return the oldest notices that have not been sent, locked on PostgreSQL."""
        statement = (
            select(bell_notice)
            .where(is_unspread())
            .order_by(bell_notice.c.key)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [notice_of(row) for row in self._session.execute(statement)]

    def spread(self, keys: Sequence[int]) -> None:
        """Remember that the channels have been served."""
        if keys:
            self._session.execute(
                update(bell_notice).where(bell_notice.c.key.in_(keys)).values(spread=True)
            )

    def wishes(self, event: str, logins: Collection[str]) -> list[Wish]:
        """Return who of these active people wants an event by which channel."""
        statement = (
            select(
                bell_choice.c.login,
                bell_choice.c.way,
                participant.c.phone,
                participant.c.language,
                bell_reader.c.email,
                bell_reader.c.quiet_from,
                bell_reader.c.quiet_until,
            )
            .join(participant, participant.c.login == bell_choice.c.login)
            .outerjoin(bell_reader, bell_reader.c.login == bell_choice.c.login)
            .where(
                bell_choice.c.event == event,
                bell_choice.c.way != BELL,
                bell_choice.c.wanted,
                bell_choice.c.login.in_(logins),
                participant.c.active,
            )
            .order_by(bell_choice.c.login, bell_choice.c.way)
        )
        return [_wish(row) for row in self._session.execute(statement)]


class Demand:
    """Which events anybody wants by a channel: asked once a minute, so telling costs nothing."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._events: frozenset[str] = frozenset()
        self._known_until = 0.0

    def get(self, deliveries: Deliveries) -> frozenset[str]:
        """Return the events."""
        now = monotonic.monotonic()
        if now >= self._known_until:
            self._events, self._known_until = deliveries.wanted(), now + _FRESH_FOR
        return self._events

    def forget(self) -> None:
        """Ask again: somebody has chosen."""
        self._known_until = 0.0


def _wish(row: Any) -> Wish:
    channel = Channel(row.way)
    return Wish(
        login=row.login,
        channel=channel,
        address=(row.email or "") if channel is Channel.EMAIL else row.phone,
        language=row.language,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
    )
