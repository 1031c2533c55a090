"""An outside system in tests: signs messages as a partner's own program would."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.commands import ReceiveMessage
from engine.model.participants import Actor
from engine.partners import derived_key
from engine.signing import sign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from engine.commands import Answered
    from engine.runtime import Engine
    from engine.signing import SigningKey


def envelope(message_id: str, kind: str, data: Any, subject: str = "") -> bytes:
    """Return a CloudEvents message."""
    said = {"specversion": "1.0", "id": message_id, "source": "test", "type": kind, "data": data}
    return json.dumps(said | ({"subject": subject} if subject else {})).encode()


@dataclass
class PartnerProgram:
    """A program of a partner; signs with the key that the installation gave it.

    Attributes:
        engine: who receives.
        name: the partner's.
    """

    engine: Engine
    name: str = "trading_centre"
    nonces: Iterator[int] = field(default_factory=itertools.count)

    @property
    def key(self) -> SigningKey:
        """What it signs with."""
        return derived_key(self.engine.settings.secret_key(), self.name, self.name)

    @property
    def path(self) -> str:
        """Where it sends to."""
        return f"/api/partners/{self.name}/messages"

    def signed(
        self, body: bytes, *, created: datetime | None = None, nonce: str = ""
    ) -> dict[str, str]:
        """Return the headers for ``body`` in lower case."""
        headers = sign(
            self.key,
            "POST",
            self.path,
            body,
            created=created or self.engine.clock.now(),
            nonce=nonce or f"nonce-{next(self.nonces):012d}",
        )
        return {name.lower(): value for name, value in headers.items()}

    def send(self, body: bytes, headers: dict[str, str] | None = None) -> Answered:
        """Send what was signed, or with other headers."""
        command = ReceiveMessage(
            partner=self.name,
            path=self.path,
            headers=self.signed(body) if headers is None else headers,
            body=body,
        )
        actor = Actor(login=f"partner:{self.name}", address="192.0.2.7")
        return self.engine.execute(command, actor)
