"""What is not signed, not fresh or not readable leaves one line in the trail and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from engine.commands import ReceiveMessage
from engine.errors import (
    BadSignatureError,
    MalformedMessageError,
    MessageTooLargeError,
    ReplayedError,
)
from engine.model.participants import Actor
from tests.support.lots import expect_refusal, lots, trail
from tests.support.partners import PartnerProgram, envelope

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine


@pytest.mark.scenario("BAD-01")
def test_a_replay_is_refused_until_its_timestamp_is_too_old(
    centre: PartnerProgram, clock: FakeClock
) -> None:
    body = lots("m1")
    headers = centre.signed(body, created=clock.now() + timedelta(minutes=4, seconds=59))
    centre.send(body, headers)
    clock.advance(timedelta(minutes=9, seconds=58))

    with pytest.raises(ReplayedError):
        centre.send(body, headers)

    clock.advance(timedelta(seconds=2))
    with pytest.raises(BadSignatureError, match="stale"):
        centre.send(body, headers)


@pytest.mark.scenario("BAD-01")
@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_stale_or_early_timestamp_is_refused(
    centre: PartnerProgram, engine: Engine, clock: FakeClock, minutes: int
) -> None:
    body = lots("m1")
    created = clock.now() + timedelta(minutes=minutes)

    expect_refusal(centre, engine, body, centre.signed(body, created=created), BadSignatureError)


@pytest.mark.scenario("BAD-01")
def test_a_changed_body_is_refused(centre: PartnerProgram, engine: Engine) -> None:
    headers = centre.signed(lots("m1"))

    expect_refusal(centre, engine, lots("m2"), headers, BadSignatureError)


@pytest.mark.scenario("BAD-01")
@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("signature", ""),
        ("signature", "sig1=:AAAA:"),
        ("signature", "sig1=:%%%:"),
        ("signature-input", 'sig1=("@path");created=1;nonce="0123456789abcdef";keyid="x"'),
        ("signature-input", ""),
        ("content-digest", "sha-256=:AAAA:"),
        ("content-digest", ""),
    ],
)
def test_a_damaged_signature_is_refused(
    centre: PartnerProgram, engine: Engine, header: str, value: str
) -> None:
    body = lots("m1")

    expect_refusal(centre, engine, body, centre.signed(body) | {header: value}, BadSignatureError)


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("hmac-sha256", "hmac-sha1"),
        ("nonce-000000000000", "short"),
        ('keyid="trading_centre"', 'keyid="treasury"'),
        (';alg="hmac-sha256"', ';alg="hmac-sha256";created=1'),
        (';alg="hmac-sha256"', ';alg="hmac-sha256";tag="x"'),
        ("created=", "created=1"),
    ],
)
def test_other_parameters_are_refused(
    centre: PartnerProgram, engine: Engine, part: str, other: str
) -> None:
    body = lots("m1")
    headers = centre.signed(body)
    assert part in headers["signature-input"]
    headers["signature-input"] = headers["signature-input"].replace(part, other)

    expect_refusal(centre, engine, body, headers, BadSignatureError)


def test_another_partners_key_is_refused(centre: PartnerProgram, engine: Engine) -> None:
    body = lots("m1")
    stranger = PartnerProgram(engine, name="treasury")

    expect_refusal(centre, engine, body, stranger.signed(body), BadSignatureError)


def test_a_partner_speaks_under_its_own_name_only(engine: Engine) -> None:
    """Else the same message could be taken once under each name."""

    class Pretender(PartnerProgram):
        @property
        def path(self) -> str:
            return "/api/partners/trading_centre-other/messages"

    honest = Pretender(engine)
    body = lots("m1")
    headers = honest.signed(body)
    honest.name = "trading_centre-other"

    expect_refusal(honest, engine, body, headers, BadSignatureError)


def test_an_unknown_partner_is_refused(engine: Engine) -> None:
    stranger = PartnerProgram(engine, name="stranger")
    body = lots("m1")

    expect_refusal(stranger, engine, body, stranger.signed(body), BadSignatureError)


@pytest.mark.scenario("BAD-01")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"specversion": "1.0", "id": "a", "id": "b", "type": "lots.published", "data": {}}',
        envelope("m1", "lots.published", [1]),
        envelope("", "lots.published", {}),
        envelope("m 1", "lots.published", {}),
        envelope("m" * 101, "lots.published", {}),
        envelope("m1", "Lots Published", {}),
        envelope("m1", "lots.published", {"plan_number": "P\x00"}),
        envelope("m1", "lots.published", {"plan_number": "\ud800"}),
        envelope("m1", "lots.published", {"amount": float("nan")}),
        b'{"specversion": "0.3", "id": "m1", "type": "lots.published", "data": {}}',
        b'{"specversion": "1.0", "id": "m1", "type": "lots.published", "data": '
        + b"[" * 3_000
        + b"]" * 3_000
        + b"}",
        b"[" * 200_000,
        b'{"specversion": "1.0", "id": "m1", "type": "lots.published", "data": {"n": '
        + b"9" * 5_000
        + b"}}",
    ],
)
def test_what_cannot_be_read_is_refused(
    centre: PartnerProgram, engine: Engine, body: bytes
) -> None:
    expect_refusal(centre, engine, body, centre.signed(body), MalformedMessageError)


@pytest.mark.scenario("BAD-01")
def test_what_is_too_large_is_refused(centre: PartnerProgram, engine: Engine) -> None:
    command = ReceiveMessage(partner=centre.name, path=centre.path, headers={}, body=None)
    with pytest.raises(MessageTooLargeError):
        engine.execute(command, Actor(login="partner:trading_centre"))

    assert trail(engine) == ["refused"]
