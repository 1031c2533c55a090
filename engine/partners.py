"""Outside systems that messages are exchanged with: addresses, keys, when calls are repeated.

Everything comes from the installation's settings (docs/outside.md); no address ever comes from a
message, a form or a model.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from engine.errors import ConfigurationError
from engine.secret_files import read_secret_file
from engine.signing import SECRET_BYTES, SigningKey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: ``trading_centre``, or ``trading_centre-pdsggzy`` for the one that serves a place.
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,29}(-[a-z0-9]{1,20})?")
#: Key id with which we sign where the keys are derived from the installation's secret.
OUR_KEY_ID: Final = "procureflow"
_VARIABLE: Final = re.compile(
    r"PROCUREFLOW_PARTNER_(?P<name>[A-Z][A-Z0-9_]*?)_"
    r"(?P<what>ADDRESS|PLAIN_HTTP|(?:SENDING_KEY|RECEIVING_KEYS)(?:_FILE)?)"
)
_RETRY: Final = "PROCUREFLOW_RETRY_"
_KEY_ID: Final = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_LONGEST_DELAY: Final = 7 * 86_400


class Unconfigured(StrEnum):
    """What stands for an outside system that has no address."""

    DEVELOPMENT = "development"
    SIMULATED = "simulated"
    REFUSED = "configured"


@dataclass(frozen=True)
class RetrySchedule:
    """When a failed call is made again.

    Attributes:
        delays: seconds after the first, second … failure; after the last one a person must act.
    """

    delays: tuple[int, ...]

    @property
    def tries(self) -> int:
        """How often the call is made at most."""
        return len(self.delays) + 1

    def delay(self, failures: int) -> int:
        """Return the seconds to wait after so many failures (≥ 1)."""
        return self.delays[min(failures, len(self.delays)) - 1] if self.delays else 0

    @classmethod
    def read(cls, text: str) -> RetrySchedule:
        """Read seconds such as ``10 30 60x5`` (60 five times); ``-`` = never again.

        Raises:
            ValueError: it cannot be read.
        """
        delays: list[int] = []
        for word in text.split() if text.strip() != "-" else ():
            seconds, _, times = word.partition("x")
            delays += [int(seconds)] * (int(times) if times else 1)
        if len(delays) > 1_000 or any(not 0 <= delay <= _LONGEST_DELAY for delay in delays):
            raise ValueError(text)
        return cls(tuple(delays))


#: Survives three days: a weekend on which nobody repairs the other side.
PATIENT: Final = RetrySchedule.read("10 30 60 120 300 600 1200 1800 3600x71")
#: For text messages: three more tries, then a person is told (catalogue 0.8).
BRIEF: Final = RetrySchedule.read("30 120 600")


@dataclass(frozen=True, kw_only=True)
class Partner:
    """One outside system.

    Attributes:
        name: kind, with ``-place`` where several of a kind are configured.
        address: where its messages go, without a slash at the end; empty = it has none.
        sending_key: what we sign with, ``None`` without an address.
        receiving_keys: what it may sign with.
        unconfigured: what stands for it without an address.
    """

    name: str
    address: str = ""
    sending_key: SigningKey | None = None
    receiving_keys: tuple[SigningKey, ...] = ()
    unconfigured: Unconfigured = Unconfigured.DEVELOPMENT


@dataclass(frozen=True, kw_only=True)
class Partners:
    """All outside systems of an installation.

    Attributes:
        unconfigured: what stands for those without an address.
        standins_port: loopback port of ``procureflow simulate``.
        configured: by name.
        retries: schedules that replace those of the handlers, by ``variable_name``.
    """

    unconfigured: Unconfigured = Unconfigured.DEVELOPMENT
    standins_port: int = 8200
    configured: Mapping[str, Partner] = field(default_factory=dict)
    retries: Mapping[str, RetrySchedule] = field(default_factory=dict)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Partners:
        """Read ``PROCUREFLOW_PARTNER…`` and ``PROCUREFLOW_RETRY…``.

        Raises:
            ConfigurationError: a variable is unknown or cannot be used; its value is not told.
        """
        mode = environment.get("PROCUREFLOW_PARTNERS", "").strip() or Unconfigured.DEVELOPMENT
        port = environment.get("PROCUREFLOW_STANDINS_PORT", "").strip() or "8200"
        if mode not in set(Unconfigured):
            raise _unusable("PROCUREFLOW_PARTNERS", " | ".join(Unconfigured))
        if not port.isdigit() or not 0 < int(port) < 65_536:
            raise _unusable("PROCUREFLOW_STANDINS_PORT", "1..65535")
        found = _variables(environment)
        return cls(
            unconfigured=Unconfigured(mode),
            standins_port=int(port),
            configured={name: _partner(name, said) for name, said in found.items()},
            retries=_retries(environment),
        )

    def find(self, kind: str, place: str, secret: Callable[[], str]) -> Partner:
        """Return the partner of ``kind`` for ``place``, else the one for everywhere.

        Args:
            kind: e.g. ``trading_centre``.
            place: e.g. ``PDS-GGZY``, found under ``pdsggzy``; may be empty.
            secret: gives the installation's secret where keys are derived from it.
        """
        where = re.sub(r"[^a-z0-9]", "", place.lower())
        known = self.configured.get(f"{kind}-{where}") or self.configured.get(kind)
        if known is not None and known.address:
            return known
        name = known.name if known else kind
        received = known.receiving_keys if known else ()
        if self.unconfigured is Unconfigured.REFUSED:
            return Partner(name=name, receiving_keys=received, unconfigured=self.unconfigured)
        theirs = received or (derived_key(secret(), name, name),)
        if self.unconfigured is Unconfigured.DEVELOPMENT:
            return Partner(name=name, receiving_keys=theirs)
        return Partner(
            name=name,
            address=f"http://127.0.0.1:{self.standins_port}/{name}",
            sending_key=derived_key(secret(), name, OUR_KEY_ID),
            receiving_keys=theirs,
            unconfigured=self.unconfigured,
        )

    def retry(self, handler: str, default: RetrySchedule) -> RetrySchedule:
        """Return the schedule of a handler."""
        return self.retries.get(variable_name(handler), default)


def derived_key(secret: str, partner: str, key_id: str) -> SigningKey:
    """Return the key that an installation shares with its own stand-in of ``partner``."""
    purpose = f"partner/{partner}/{key_id}".encode()
    text = hmac.new(secret.encode(), purpose, hashlib.sha256).hexdigest()
    return SigningKey(key_id=key_id, secret=text.encode())


def variable_name(handler: str) -> str:
    """Return a handler's name as it stands in a variable: ``PLATFORM_PUSH_PLAN``."""
    return re.sub(r"[^A-Z0-9]", "_", handler.upper())


def _variables(environment: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for variable, value in environment.items():
        if not variable.startswith("PROCUREFLOW_PARTNER_") or not value.strip():
            continue
        parts = _VARIABLE.fullmatch(variable)
        name = parts["name"].lower().replace("__", "-", 1) if parts else ""
        if parts is None or not NAME.fullmatch(name):
            raise _unusable(variable, "PROCUREFLOW_PARTNER_<NAME>_ADDRESS …")
        found.setdefault(name, {})[parts["what"]] = value.strip()
    return found


def _partner(name: str, said: Mapping[str, str]) -> Partner:
    prefix = f"PROCUREFLOW_PARTNER_{name.upper().replace('-', '__')}"
    sending = _keys(f"{prefix}_SENDING_KEY", "SENDING_KEY", said)
    address = _address(f"{prefix}_ADDRESS", said)
    if len(sending) > 1 or (address and not sending):
        raise _unusable(f"{prefix}_SENDING_KEY", "key-id:secret")
    return Partner(
        name=name,
        address=address,
        sending_key=sending[0] if sending else None,
        receiving_keys=_keys(f"{prefix}_RECEIVING_KEYS", "RECEIVING_KEYS", said),
    )


def _address(variable: str, said: Mapping[str, str]) -> str:
    address = said.get("ADDRESS", "").rstrip("/")
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        is_plain = parts.scheme == "http" and parts.hostname not in _LOOPBACK
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = is_plain = False
    else:
        usable = usable and not (parts.query or parts.fragment or parts.username)
    if not usable or (is_plain and said.get("PLAIN_HTTP") != "1"):
        raise _unusable(variable, "https://… (http:// : 127.0.0.1, PLAIN_HTTP=1)")
    return address


def _keys(variable: str, what: str, said: Mapping[str, str]) -> tuple[SigningKey, ...]:
    text = said.get(what, "")
    if file := said.get(f"{what}_FILE"):
        text = read_secret_file(Path(file))
    keys = []
    for word in text.split():
        key_id, _, secret = word.partition(":")
        if not _KEY_ID.fullmatch(key_id) or len(secret.encode()) < SECRET_BYTES:
            raise _unusable(variable, f"key-id:secret, ≥ {SECRET_BYTES} bytes")
        keys.append(SigningKey(key_id=key_id, secret=secret.encode()))
    return tuple(keys)


def _retries(environment: Mapping[str, str]) -> dict[str, RetrySchedule]:
    found = {}
    for variable, value in environment.items():
        if variable.startswith(_RETRY) and value.strip():
            try:
                found[variable.removeprefix(_RETRY)] = RetrySchedule.read(value)
            except ValueError:
                raise _unusable(variable, "10 30 60x5") from None
    return found


def _unusable(variable: str, allowed: str) -> ConfigurationError:
    """Name the variable, never its value: it may be a secret."""
    return ConfigurationError(
        f"环境变量 {variable} 无效，应为：{allowed}。",
        f"{variable} cannot be used; expected: {allowed}.",
    )
