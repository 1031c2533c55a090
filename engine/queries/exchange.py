"""What goes to and comes from outside systems, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from engine.errors import NotAllowedError
from engine.model.keys import parse_key
from engine.model.participants import ADMIN_ROLE
from engine.model.states import JobState, ReceivedState
from engine.queries.views.exchange import (
    ExchangeBox,
    ExchangePage,
    IncomingRow,
    OutgoingRow,
    PartnerRow,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.commands.services import Services
    from engine.model.messages import ReceivedMessage, SentMessage
    from engine.model.work import JobRow
    from engine.partners import Partner

_JOBS: Final = {
    ExchangeBox.STOPPED: (JobState.INCIDENT,),
    ExchangeBox.WAITING: (JobState.READY, JobState.RUNNING),
    ExchangeBox.SENT: (JobState.DONE, JobState.GIVEN_UP, JobState.CANCELLED),
}
_RECEIVED: Final = {
    ExchangeBox.STOPPED: (ReceivedState.HELD,),
    ExchangeBox.RECEIVED: tuple(ReceivedState),
}
_MASK: Final = "******"


@dataclass(frozen=True, kw_only=True)
class StoppedMessages:
    """How many messages wait for an administrator; 0 for everybody else."""

    def answer(self, services: Services) -> int:
        """Count."""
        if not services.person.has_role(ADMIN_ROLE):
            return 0
        return services.store.exchange.stopped()


@dataclass(frozen=True, kw_only=True)
class ExchangeQuery:
    """One list of messages, newest first.

    Attributes:
        box: which.
        message_id: only those with this id.
        before: only those older than this key.
        limit: how many at most.

    Raises:
        NotAllowedError: not an administrator.
    """

    box: ExchangeBox = ExchangeBox.STOPPED
    message_id: str = ""
    before: str = ""
    limit: int = 50

    def answer(self, services: Services) -> ExchangePage:
        """Read."""
        if not services.person.has_role(ADMIN_ROLE):
            raise NotAllowedError
        writer = _Writer(services)
        outgoing, incoming = self._outgoing(writer), self._incoming(writer)
        rows: Sequence[OutgoingRow | IncomingRow] = outgoing or incoming
        is_full = len(rows) >= self.limit and self.box is not ExchangeBox.STOPPED
        return ExchangePage(
            box=self.box,
            stopped=services.store.exchange.stopped(),
            partners=writer.partners(),
            outgoing=outgoing,
            incoming=incoming,
            earlier=rows[-1].key if is_full else "",
        )

    def _outgoing(self, writer: _Writer) -> list[OutgoingRow]:
        exchange, before = writer.services.store.exchange, parse_key(self.before) or 0
        if self.box is ExchangeBox.DEVELOPMENT:
            kept = exchange.receipts(self.limit, delivered=False, before=before)
            return [writer.kept(row) for row in kept]
        states = _JOBS.get(self.box, ())
        if not states:
            return []
        jobs = exchange.outbox(states, self.limit, message_id=self.message_id, before=before)
        receipts = exchange.receipts_of([row.key for row in jobs])
        return [writer.outgoing(row, receipts.get(row.key)) for row in jobs]

    def _incoming(self, writer: _Writer) -> list[IncomingRow]:
        states = _RECEIVED.get(self.box, ())
        if not states:
            return []
        rows = writer.services.store.exchange.inbox(
            states,
            self.limit,
            message_id=self.message_id,
            before=parse_key(self.before) or 0,
        )
        return [writer.incoming(row) for row in rows]


class _Writer:
    """Turns rows into views in the reader's language."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._english = services.language == "en"

    def outgoing(self, row: JobRow, receipt: SentMessage | None) -> OutgoingRow:
        is_waiting = row.state is JobState.READY
        return OutgoingRow(
            key=str(row.key),
            title=self._title(row.job_type),
            partner=self._partner(receipt.partner if receipt else row.partner),
            kind=row.partner,
            message_id=row.outside_id,
            state=str(row.state),
            attempt=row.attempt,
            tries=row.max_attempts,
            created_at=row.created_at,
            next_at=row.run_at if is_waiting else None,
            error="" if row.state is JobState.DONE else row.last_error,
            content=receipt.body if receipt else self._content(row),
            answer=receipt.answer if receipt else None,
            delivered=receipt.delivered if receipt else True,
            sent_at=receipt.sent_at if receipt else row.ended_at,
            matter=str(row.root_key or ""),
        )

    def kept(self, row: SentMessage) -> OutgoingRow:
        """Write a line of the development outbox."""
        return OutgoingRow(
            key=str(row.key),
            title=self._title(row.handler),
            partner=self._partner(row.partner),
            kind=row.partner.partition("-")[0],
            message_id=row.message_id,
            state=str(JobState.DONE),
            attempt=1,
            tries=1,
            created_at=row.sent_at,
            next_at=None,
            error="",
            content=row.body,
            delivered=False,
            sent_at=row.sent_at,
            matter=str(row.root_key or ""),
        )

    def incoming(self, row: ReceivedMessage) -> IncomingRow:
        kind = row.partner.partition("-")[0]
        registered = self.services.registry.inbound(kind, row.type)
        title = registered.title[self._english] if registered else ""
        person = self.services.store.identity.participant(row.settled_by or "")
        return IncomingRow(
            key=str(row.key),
            title=title or row.type,
            partner=self._partner(row.partner),
            message_id=row.message_id,
            subject=row.subject,
            state=str(row.state),
            reason=self._reason(row),
            content=row.data,
            answer=row.answer,
            address=row.address,
            received_at=row.received_at,
            settled_at=row.settled_at,
            settled_by=person.name if person else "",
            matter=str(row.root_key or ""),
        )

    def partners(self) -> list[PartnerRow]:
        services = self.services
        exchange = services.store.exchange
        pauses = exchange.pauses(services.now)
        settings = services.settings
        known = [settings.partner(kind) for kind in sorted(services.registry.partner_kinds())]
        names = {partner.name for partner in known}
        known += [one for name, one in settings.partners.configured.items() if name not in names]
        return [
            PartnerRow(
                name=self._partner(partner.name),
                key=partner.name,
                address=urlsplit(partner.address).netloc,
                mode=_mode(partner),
                paused_until=pauses.get(partner.name.partition("-")[0]),
                last_contact=exchange.last_contact(partner.name),
            )
            for partner in known
        ]

    def _reason(self, row: ReceivedMessage) -> str:
        """Return why it is held or was rejected; a person's own words stay as they are."""
        is_ours = row.state in (ReceivedState.HELD, ReceivedState.REJECTED)
        said = row.answer.get("message_en", "") if is_ours and self._english else ""
        return str(said or row.reason)

    def _title(self, handler: str) -> str:
        registered = self.services.registry.handler(handler)
        contract = registered.contract if registered else None
        return (contract.title[self._english] if contract else "") or handler

    def _partner(self, name: str) -> str:
        kind, _, place = name.partition("-")
        said = self.services.registry.partner_names(kind)[self._english]
        return f"{said} ({place})" if place else said

    def _content(self, row: JobRow) -> Mapping[str, Any]:
        registered = self.services.registry.handler(row.job_type)
        if registered is None or registered.contract is None:
            return row.inputs
        hidden = registered.contract.hidden
        read = registered.arguments(row.inputs)
        return {name: _MASK if name in hidden else value for name, value in read.items()}


def _mode(partner: Partner) -> str:
    if partner.address and partner.unconfigured.value != "simulated":
        return "connected"
    return str(partner.unconfigured)
