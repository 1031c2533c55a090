"""Messages exchanged with outside systems: receipts, inbox, nonces, pauses, lists of all that."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select, update

from engine.model.messages import ReceivedMessage, SentMessage
from engine.model.states import JobState, ReceivedState
from engine.model.work import JobRow
from engine.store.conflicts import insert_missing, upsert
from engine.store.tables import job, partner_pause, received_message, seen_nonce, sent_message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

_JOB_FIELDS = tuple(item.name for item in fields(JobRow))
_SENT_FIELDS = tuple(item.name for item in fields(SentMessage))
_RECEIVED_FIELDS = tuple(item.name for item in fields(ReceivedMessage))


class Exchange:
    """What goes to and comes from outside systems, inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def sent(self, handler: str, message_id: str) -> SentMessage | None:
        """Return what a partner has taken under this id."""
        row = self._session.execute(
            select(sent_message).where(
                sent_message.c.handler == handler, sent_message.c.message_id == message_id
            )
        ).one_or_none()
        return None if row is None else _sent(row)

    def add_sent(self, row: SentMessage) -> None:
        """Store a receipt; one that is there already stays."""
        insert_missing(self._session, sent_message, vars(row))

    def pause(self, partner: str, until: datetime) -> None:
        """Let the messages for a partner that does not answer wait."""
        upsert(self._session, partner_pause, {"partner": partner, "until": until})

    def resume(self, partner: str) -> None:
        """Let them go again."""
        self._session.execute(delete(partner_pause).where(partner_pause.c.partner == partner))

    def pauses(self, now: datetime) -> Mapping[str, datetime]:
        """Return until when which partners are left alone."""
        rows = self._session.execute(select(partner_pause).where(partner_pause.c.until > now))
        return {row.partner: row.until for row in rows}

    def see_nonce(self, partner: str, nonce: str, expires_at: datetime, now: datetime) -> bool:
        """Remember a nonce; ``False`` when it was seen before. Old ones are forgotten."""
        self._session.execute(delete(seen_nonce).where(seen_nonce.c.expires_at < now))
        values = {"partner": partner, "nonce": nonce, "expires_at": expires_at}
        return insert_missing(self._session, seen_nonce, values)

    def received(self, partner: str, message_id: str) -> ReceivedMessage | None:
        """Return the message with the sender's id."""
        row = self._session.execute(
            select(received_message).where(
                received_message.c.partner == partner,
                received_message.c.message_id == message_id,
            )
        ).one_or_none()
        return None if row is None else _received(row)

    def received_by_key(self, key: int) -> ReceivedMessage | None:
        """Return a message."""
        row = self._session.execute(
            select(received_message).where(received_message.c.key == key)
        ).one_or_none()
        return None if row is None else _received(row)

    def claim_id(self, row: ReceivedMessage) -> bool:
        """Insert a message; waits for a transaction that is just receiving the same one.

        Returns:
            ``False`` when one with its id is there.
        """
        return insert_missing(self._session, received_message, vars(row))

    def settle_received(self, key: int, before: ReceivedState | None, **values: Any) -> bool:
        """Write what became of a message, by compare-and-set when ``before`` is given."""
        statement = update(received_message).where(received_message.c.key == key)
        if before is not None:
            statement = statement.where(received_message.c.state == before)
        result = self._session.execute(statement.values(**values))
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]

    def inbox(
        self, states: Sequence[ReceivedState], limit: int, *, message_id: str = "", before: int = 0
    ) -> list[ReceivedMessage]:
        """Return received messages in these states, newest first.

        Args:
            states: which.
            limit: how many.
            message_id: only those with this id or business number.
            before: only those older than this key.
        """
        table = received_message
        statement = (
            select(table).where(table.c.state.in_(states)).order_by(table.c.key.desc()).limit(limit)
        )
        if message_id:
            statement = statement.where(
                (table.c.message_id == message_id) | (table.c.subject == message_id)
            )
        if before:
            statement = statement.where(table.c.key < before)
        return [_received(row) for row in self._session.execute(statement)]

    def outbox(
        self, states: Sequence[JobState], limit: int, *, message_id: str = "", before: int = 0
    ) -> list[JobRow]:
        """Return the messages for outside systems in these states, newest first."""
        statement = (
            select(*(job.c[name] for name in _JOB_FIELDS))
            .where(job.c.partner != "", job.c.state.in_(states))
            .order_by(job.c.key.desc())
            .limit(limit)
        )
        if message_id:
            statement = statement.where(job.c.message_id == message_id)
        if before:
            statement = statement.where(job.c.key < before)
        return [
            JobRow(**{**row._mapping, "state": JobState(row.state)})
            for row in self._session.execute(statement)
        ]

    def receipts(
        self, limit: int, *, delivered: bool | None = None, before: int = 0
    ) -> list[SentMessage]:
        """Return receipts, newest first; ``delivered`` narrows them."""
        statement = select(sent_message).order_by(sent_message.c.key.desc()).limit(limit)
        if delivered is not None:
            statement = statement.where(sent_message.c.delivered.is_(delivered))
        if before:
            statement = statement.where(sent_message.c.key < before)
        return [_sent(row) for row in self._session.execute(statement)]

    def receipts_of(self, job_keys: Sequence[int]) -> dict[int, SentMessage]:
        """Return the receipts of jobs by job key."""
        statement = select(sent_message).where(sent_message.c.job_key.in_(job_keys))
        found = [_sent(row) for row in self._session.execute(statement)]
        return {row.job_key: row for row in found}

    def last_contact(self, partner: str) -> datetime | None:
        """Return when a partner took or sent a message last."""
        moments = [
            self._session.execute(
                select(moment)
                .where(table.c.partner == partner, *conditions)
                .order_by(table.c.key.desc())
                .limit(1)
            ).scalar()
            for table, moment, conditions in (
                (sent_message, sent_message.c.sent_at, (sent_message.c.delivered.is_(True),)),
                (received_message, received_message.c.received_at, ()),
            )
        ]
        return max((moment for moment in moments if moment is not None), default=None)

    def stopped(self) -> int:
        """Return how many messages wait for an administrator, both ways."""
        out = select(func.count()).where(job.c.partner != "", job.c.state == JobState.INCIDENT)
        held = select(func.count()).where(received_message.c.state == ReceivedState.HELD)
        return int(self._session.execute(out).scalar_one()) + int(
            self._session.execute(held).scalar_one()
        )


def _sent(row: Any) -> SentMessage:
    return SentMessage(**{name: row._mapping[name] for name in _SENT_FIELDS})


def _received(row: Any) -> ReceivedMessage:
    values = {name: row._mapping[name] for name in _RECEIVED_FIELDS}
    return ReceivedMessage(**values | {"state": ReceivedState(values["state"])})
