"""HTTP message signatures as a partner would write them (RFC 9421, docs/outside.md)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_INPUT: Final = re.compile(
    r'sig1=(\("@method" "@path" "content-digest"\);created=(\d+);nonce="([\w-]+)";'
    r'keyid="([\w.-]+)";alg="hmac-sha256")',
    re.ASCII,
)
#: Seconds that a timestamp may be off.
_WINDOW: Final = 300


@dataclass(frozen=True)
class Keys:
    """What a stand-in and the procurement system share.

    Attributes:
        their_id: name of the key that the procurement system signs with.
        their_secret: that key.
        own_id: name of the key that the stand-in signs with.
        own_secret: that key.
    """

    their_id: str
    their_secret: str = field(repr=False)
    own_id: str
    own_secret: str = field(repr=False)


def digest(body: bytes) -> str:
    """Return the value of ``Content-Digest``."""
    return "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode() + ":"


def signature(secret: str, path: str, body_digest: str, parameters: str) -> str:
    """Return the signature of a POST, base64."""
    base = "\n".join(
        [
            '"@method": POST',
            f'"@path": {path}',
            f'"content-digest": {body_digest}',
            f'"@signature-params": {parameters}',
        ]
    )
    mac = hmac.new(secret.encode(), base.encode(), hashlib.sha256).digest()
    return base64.b64encode(mac).decode()


def sign(keys: Keys, path: str, body: bytes, now: float) -> dict[str, str]:
    """Return the headers that sign a POST of ``body`` to ``path`` at ``now`` (seconds)."""
    parameters = (
        '("@method" "@path" "content-digest")'
        f';created={int(now)};nonce="{secrets.token_urlsafe(18)}"'
        f';keyid="{keys.own_id}";alg="hmac-sha256"'
    )
    body_digest = digest(body)
    return {
        "Content-Digest": body_digest,
        "Signature-Input": f"sig1={parameters}",
        "Signature": f"sig1=:{signature(keys.own_secret, path, body_digest, parameters)}:",
    }


def check(keys: Keys, path: str, body: bytes, headers: Mapping[str, str], now: float) -> str:
    """Return the nonce of a POST that is signed rightly, ``""`` for any other."""
    found = _INPUT.fullmatch(headers.get("signature-input", ""))
    if found is None or headers.get("content-digest") != digest(body):
        return ""
    parameters, created, nonce, key_id = found.groups()
    expected = f"sig1=:{signature(keys.their_secret, path, digest(body), parameters)}:"
    right = hmac.compare_digest(expected.encode(), headers.get("signature", "").encode())
    fresh = abs(now - int(created)) <= _WINDOW
    return nonce if right and fresh and key_id == keys.their_id else ""
