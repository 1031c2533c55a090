"""Signed requests: right ones are read, anything else is refused with a reason."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.signing import SignatureError, SigningKey, content_digest, sign, verify
from handlers.standins import signature as theirs

NOW = datetime(2026, 6, 10, 1, 0, tzinfo=UTC)
KEY = SigningKey(key_id="centre-1", secret=b"s" * 32)
PATH = "/api/partners/trading_centre/messages"
HEADERS = ("content-digest", "signature-input", "signature")
BODY = '{"plan": "平财计备"}'.encode()


def lower(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def signed(key: SigningKey = KEY, body: bytes = BODY, path: str = PATH) -> dict[str, str]:
    return lower(sign(key, "POST", path, body, created=NOW, nonce="n" * 16))


def test_what_was_signed_is_read() -> None:
    read = verify([KEY], "POST", PATH, signed(), BODY, now=NOW + timedelta(minutes=5))

    assert (read.key_id, read.nonce, read.created) == ("centre-1", "n" * 16, NOW)


def test_the_digest_is_the_one_of_rfc_9530() -> None:
    body = b'{"hello": "world"}\n'

    assert content_digest(body) == "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"


def test_the_signature_is_the_one_of_rfc_9421() -> None:
    """The mac over the signature base as section 2.5 writes it, line by line."""
    headers = signed()
    params = headers["signature-input"].removeprefix("sig1=")
    base = (
        f'"@method": POST\n"@path": {PATH}\n"content-digest": {content_digest(BODY)}\n'
        f'"@signature-params": {params}'
    )
    mac = hmac.new(KEY.secret, base.encode(), hashlib.sha256).digest()

    assert headers["signature"] == f"sig1=:{base64.b64encode(mac).decode()}:"


def test_another_implementation_agrees_both_ways() -> None:
    keys = theirs.Keys("centre-1", "s" * 32, "centre-1", "s" * 32)

    assert theirs.check(keys, PATH, BODY, signed(), NOW.timestamp()) == "n" * 16
    headers = lower(theirs.sign(keys, PATH, BODY, NOW.timestamp()))
    assert verify([KEY], "POST", PATH, headers, BODY, now=NOW).key_id == "centre-1"


def test_an_old_and_a_new_secret_are_good_together() -> None:
    old = SigningKey(key_id="centre-0", secret=b"o" * 32)

    for key in (old, KEY):
        read = verify([old, KEY], "POST", PATH, signed(key), BODY, now=NOW)
        assert read.key_id == key.key_id


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("PUT", PATH, BODY), ("POST", f"{PATH}/x", BODY), ("POST", PATH, BODY + b" ")],
)
def test_another_request_is_refused(method: str, path: str, body: bytes) -> None:
    with pytest.raises(SignatureError):
        verify([KEY], method, path, signed(), body, now=NOW)


def test_no_key_at_all_is_refused() -> None:
    unknown = SigningKey(key_id="centre-1", secret=bytes(32))

    with pytest.raises(SignatureError, match="unknown key"):
        verify([], "POST", PATH, signed(unknown), BODY, now=NOW)


@given(
    st.sampled_from(HEADERS),
    st.integers(0, 300),
    st.characters(codec="latin-1"),
)
def test_no_changed_sign_gets_through(header: str, place: int, sign_: str) -> None:
    headers = signed()
    value = headers[header]
    place %= len(value)
    if value[place] == sign_:
        return
    headers[header] = value[:place] + sign_ + value[place + 1 :]

    with pytest.raises(SignatureError):
        verify([KEY], "POST", PATH, headers, BODY, now=NOW)


@given(
    st.dictionaries(st.sampled_from(["content-digest", "signature-input", "signature"]), st.text())
)
def test_nonsense_is_refused_and_nothing_else(headers: dict[str, str]) -> None:
    with pytest.raises(SignatureError):
        verify([KEY], "POST", PATH, headers, BODY, now=NOW)


def test_a_secret_is_not_in_the_texts_of_a_key() -> None:
    assert "ssss" not in repr(KEY)
    assert "ssss" not in str(KEY)
