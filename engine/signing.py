"""Signed HTTP requests between us and a partner's system: RFC 9421 with one fixed profile.

HTTP Message Signatures (RFC 9421) with ``hmac-sha256`` (§3.3.3) over the method, the path and the
digest of the body (``Content-Digest``, RFC 9530), with ``created``, ``nonce`` and ``keyid``. Other
components, algorithms and parameters are refused: what nobody needs cannot be confused.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: How far ``created`` may lie from the receiver's clock, either way.
WINDOW: Final = timedelta(minutes=5)
#: Shortest secret, bytes (RFC 2104 §3: not shorter than the hash).
SECRET_BYTES: Final = 32
_COVERED: Final = '("@method" "@path" "content-digest")'
_INPUT: Final = re.compile(
    r"(?P<label>[a-z*][a-z0-9_.*-]{0,20})=(?P<params>"
    + re.escape(_COVERED)
    + r"(?P<rest>(?:;[a-z]{1,10}=(?:\d{1,12}|\"[\x20-\x21\x23-\x5b\x5d-\x7e]{0,100}\"))*))"
)
_PARAMETER: Final = re.compile(r";([a-z]+)=(?:(\d+)|\"([^\"]*)\")")
_SIGNATURE: Final = re.compile(r"(?P<label>[a-z*][a-z0-9_.*-]{0,20})=:(?P<value>[A-Za-z0-9+/=]+):")
_KNOWN: Final = frozenset({"created", "nonce", "keyid", "alg"})
_NONCE: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")


class SignatureError(Exception):
    """The request is not what its sender signed, or nobody knows who signed it.

    Attributes:
        reason: for the log, English, never with a secret in it.
    """

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class SigningKey:
    """A secret that two systems share, with its name.

    Attributes:
        key_id: public name, tells the receiver which secret to use.
        secret: at least ``SECRET_BYTES`` bytes.
    """

    key_id: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class SignedRequest:
    """A request whose signature is right.

    Attributes:
        key_id: which key signed it.
        nonce: the sender's, to be seen once.
        created: when it was signed.
    """

    key_id: str
    nonce: str
    created: datetime


def content_digest(body: bytes) -> str:
    """Return the value of ``Content-Digest`` for ``body`` (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def sign(
    key: SigningKey, method: str, path: str, body: bytes, *, created: datetime, nonce: str
) -> dict[str, str]:
    """Return the three headers that sign a request.

    Args:
        key: the sender's key.
        method: upper case.
        path: as the receiver sees it, without a query.
        body: exactly the bytes that are sent.
        created: now.
        nonce: 16..64 characters of ``A-Za-z0-9_-``, never used before.
    """
    digest = content_digest(body)
    params = (
        f"{_COVERED};created={int(created.timestamp())};"
        f'nonce="{nonce}";keyid="{key.key_id}";alg="hmac-sha256"'
    )
    signature = _mac(key.secret, _base(method, path, digest, params))
    return {
        "Content-Digest": digest,
        "Signature-Input": f"sig1={params}",
        "Signature": f"sig1=:{signature}:",
    }


def verify(
    keys: Sequence[SigningKey],
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    now: datetime,
) -> SignedRequest:
    """Check the signature, the digest and the age of a request; the nonce is the caller's business.

    Args:
        keys: those that the sender may use; more than one while a secret is being replaced.
        method: upper case.
        path: without a query.
        headers: ``content-digest``, ``signature-input`` and ``signature`` in lower case.
        body: what was received.
        now: the receiver's time.

    Raises:
        SignatureError: with the reason.
    """
    params, given, signature = _read(headers)
    digest = headers.get("content-digest", "")
    known = {key.key_id: key.secret for key in keys}
    # An unknown key costs as much time as a wrong signature.
    secret = known.get(given["keyid"], bytes(SECRET_BYTES))
    expected = _mac(secret, _base(method, path, digest, params))
    right = hmac.compare_digest(expected.encode(), signature.encode())
    if not right or given["keyid"] not in known:
        raise SignatureError("unknown key or wrong signature")
    if not hmac.compare_digest(digest.encode(), content_digest(body).encode()):
        raise SignatureError("the body is not the one that was signed")
    created = int(given["created"])
    if abs(now.timestamp() - created) > WINDOW.total_seconds():
        raise SignatureError("stale timestamp")
    moment = datetime.fromtimestamp(created, UTC)
    return SignedRequest(key_id=given["keyid"], nonce=given["nonce"], created=moment)


def _read(headers: Mapping[str, str]) -> tuple[str, dict[str, str], str]:
    """Return parameters as text, the same by name, and the signature."""
    said = _INPUT.fullmatch(headers.get("signature-input", ""))
    signed = _SIGNATURE.fullmatch(headers.get("signature", ""))
    if said is None or signed is None or said["label"] != signed["label"]:
        raise SignatureError("missing or unsupported signature headers")
    pairs = [(name, number or text) for name, number, text in _PARAMETER.findall(said["rest"])]
    given = dict(pairs)
    if len(given) != len(pairs) or not given.keys() <= _KNOWN:
        raise SignatureError("unsupported signature parameters")
    if given.get("alg", "hmac-sha256") != "hmac-sha256":
        raise SignatureError("unsupported algorithm")
    if not given.get("created", "").isdigit() or not given.get("keyid"):
        raise SignatureError("created and keyid are needed")
    if not _NONCE.fullmatch(given.get("nonce", "")):
        raise SignatureError("a nonce of 16 to 64 characters is needed")
    return said["params"], given, signed["value"]


def _base(method: str, path: str, digest: str, params: str) -> bytes:
    """Return the signature base (RFC 9421 §2.5)."""
    lines = (
        f'"@method": {method}',
        f'"@path": {path}',
        f'"content-digest": {digest}',
        f'"@signature-params": {params}',
    )
    return "\n".join(lines).encode()


def _mac(secret: bytes, base: bytes) -> str:
    """Return HMAC-SHA256 in base64; compared as text, so that no other spelling is accepted."""
    return base64.b64encode(hmac.new(secret, base, hashlib.sha256).digest()).decode()
