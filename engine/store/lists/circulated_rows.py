"""Everything that a line of 待阅, 已阅 and 抄送 shows, read for the few lines of one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, bindparam, literal, null, select

from engine.store.tables import (
    circulated_copy,
    circulation,
    org_unit,
    participant,
    process_instance,
)
from engine.store.tables.schema import UtcDateTime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

_initiator = participant.alias("initiator")
_sender = participant.alias("sender_person")
_KEYS: Final = bindparam("keys", expanding=True, type_=BigInteger)
_HEAD: Final = (
    circulation.c.root_key,
    circulation.c.step,
    circulation.c.words,
    circulation.c.ruled,
    circulation.c.sent_at,
    process_instance.c.process_id,
    process_instance.c.title,
    process_instance.c.number,
    process_instance.c.summary,
    process_instance.c.state,
    process_instance.c.submitted,
    process_instance.c.binding,
    org_unit.c.name.label("unit_name"),
    _initiator.c.name.label("initiator_name"),
    _sender.c.name.label("sender_name"),
)


def _joined(statement: Select[Any]) -> Select[Any]:
    return (
        statement.join(process_instance, process_instance.c.key == circulation.c.root_key)
        .join(org_unit, org_unit.c.code == process_instance.c.unit)
        .outerjoin(_initiator, _initiator.c.login == process_instance.c.initiator)
        .outerjoin(_sender, _sender.c.login == circulation.c.sender)
    )


_COPIES: Final = _joined(
    select(circulated_copy.c.key, circulated_copy.c.read_at, circulated_copy.c.comment, *_HEAD)
    .select_from(circulated_copy)
    .join(circulation, circulation.c.key == circulated_copy.c.circulation_key)
).where(circulated_copy.c.key.in_(_KEYS))
_SENT: Final = _joined(
    select(
        circulation.c.key,
        null().cast(UtcDateTime).label("read_at"),
        literal("").label("comment"),
        *_HEAD,
    ).select_from(circulation)
).where(circulation.c.key.in_(_KEYS))
_READERS: Final = (
    select(
        circulated_copy.c.circulation_key,
        circulated_copy.c.read_at,
        circulated_copy.c.comment,
        participant.c.name,
    )
    .join(participant, participant.c.login == circulated_copy.c.receiver)
    .where(circulated_copy.c.circulation_key.in_(_KEYS))
    .order_by(circulated_copy.c.key)
)


class CirculatedRows:
    """Fills in lines inside one session."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def copies(self, keys: Sequence[int]) -> dict[int, Any]:
        """Return ``{key: row}`` of copies with their matters."""
        return {row.key: row for row in self._session.execute(_COPIES, {"keys": keys})}

    def sent(self, keys: Sequence[int]) -> dict[int, Any]:
        """Return ``{key: row}`` of what somebody sent, with the matters."""
        return {row.key: row for row in self._session.execute(_SENT, {"keys": keys})}

    def readers(self, keys: Sequence[int]) -> dict[int, list[Any]]:
        """Return who was sent what (name, read_at, comment), by key of the sending."""
        found: dict[int, list[Any]] = {}
        for row in self._session.execute(_READERS, {"keys": keys}):
            found.setdefault(row.circulation_key, []).append(row)
        return found
