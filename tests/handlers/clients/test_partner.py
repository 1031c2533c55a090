"""What a partner's answer means, and what it is told."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from engine.handler import Job, Matter, RejectedError, UnreachableError
from engine.partners import Partner
from engine.signing import SigningKey, verify
from handlers.clients import partner as client
from handlers.clients.partner import Message, deliver
from handlers.clients.transport import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime(2026, 6, 10, 1, 0, tzinfo=UTC)
KEY = SigningKey(key_id="procureflow", secret=b"s" * 32)
MESSAGE = Message(type="plan.filed", subject="P-1", data={"amount": "1.00"})


def job(attempt: int = 1) -> Job:
    matter = Matter(
        instance_key="1",
        process_id="p",
        element_id="e",
        initiator="x",
        unit="u",
        division="410400",
        now=NOW,
    )
    centre = Partner(name="trading_centre", address="https://c.example/in", sending_key=KEY)
    return Job(
        key="1",
        idempotency_key="P-1",
        attempt=attempt,
        matter=matter,
        signed_at=NOW,
        partner=lambda _kind, _place: centre,
    )


class Wire:
    """Stands where the network is.

    Attributes:
        sent: (url, body, headers) of every request.
        answer: what comes back.
    """

    def __init__(self) -> None:
        """Answer with an acknowledgement."""
        self.sent: list[tuple[str, bytes, Mapping[str, str]]] = []
        self.answer = Answer(200, b'{"ack": "A-1"}')

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Take a request."""
        self.sent.append((url, body, headers))
        return self.answer


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    wire = Wire()
    monkeypatch.setattr(client, "post", wire.post)
    return wire


def test_a_message_is_an_envelope_with_the_job_s_key_signed(wire: Wire) -> None:
    receipt = deliver(job(), "trading_centre", MESSAGE)

    ((url, body, headers),) = wire.sent
    assert url == "https://c.example/in/messages"
    said: dict[str, Any] = json.loads(body)
    assert (said["specversion"], said["id"], said["type"]) == ("1.0", "P-1", "plan.filed")
    assert said["data"] == {"amount": "1.00"}
    lower = {name.lower(): value for name, value in headers.items()}
    verify([KEY], "POST", "/in/messages", lower, body, now=NOW)
    assert receipt.answer == {"ack": "A-1"}


def test_every_try_has_the_same_bytes_and_a_nonce_of_its_own(wire: Wire) -> None:
    deliver(job(1), "trading_centre", MESSAGE)
    deliver(job(2), "trading_centre", MESSAGE)

    (_url, first, one), (_again, second, two) = wire.sent
    assert first == second
    assert one["Signature-Input"] != two["Signature-Input"]


@pytest.mark.parametrize("status", [400, 405, 406, 409, 410, 411, 413, 415, 422])
def test_what_the_partner_refuses_is_refused_for_good(wire: Wire, status: int) -> None:
    wire.answer = Answer(status, '{"message": "金额\\n不符"}'.encode())

    with pytest.raises(RejectedError, match="金额 不符"):
        deliver(job(), "trading_centre", MESSAGE)


@pytest.mark.parametrize("status", [301, 307, 401, 403, 404, 408, 425, 429, 500, 502, 503, 504])
def test_what_may_change_is_tried_again(wire: Wire, status: int) -> None:
    wire.answer = Answer(status, b"<html>busy</html>", {"retry-after": "120"})

    with pytest.raises(UnreachableError) as failure:
        deliver(job(), "trading_centre", MESSAGE)

    assert failure.value.retry_after == 120


@pytest.mark.parametrize("body", [b"", b"OK", b"[]", b"\xff", b"[" * 50_000, b"<html></html>"])
def test_success_without_an_acknowledgement_is_none(wire: Wire, body: bytes) -> None:
    wire.answer = Answer(200, body)

    with pytest.raises(UnreachableError):
        deliver(job(), "trading_centre", MESSAGE)


@pytest.mark.parametrize("wish", ["soon", "-1", "1e9", "99999999999", "٣"])
def test_an_odd_wish_is_no_wish(wire: Wire, wish: str) -> None:
    wire.answer = Answer(503, b"", {"retry-after": wish})

    with pytest.raises(UnreachableError) as failure:
        deliver(job(), "trading_centre", MESSAGE)

    assert failure.value.retry_after == 0
