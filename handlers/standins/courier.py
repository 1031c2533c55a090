"""Brings a stand-in's messages to the procurement system, again and again until it answers."""

from __future__ import annotations

import http.client
import threading
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from handlers.standins.signature import sign

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from handlers.standins.signature import Keys
    from handlers.standins.storage import Storage

#: Statuses after which a message is not sent again.
_FINAL: Final = frozenset({200, 202, 400, 409, 413, 422})
_PAUSE: Final = 1.0


class Courier:
    """Sends what is in the file and has no answer yet."""

    def __init__(
        self,
        storage: Storage,
        server: str,
        keys: Mapping[str, Keys],
        now: Callable[[], datetime],
    ) -> None:
        """Send to ``server`` (``http://host:port``)."""
        self._storage = storage
        self._server = urlsplit(server)
        self._keys = keys
        self._now = now
        self._wake = threading.Event()

    def start(self) -> None:
        """Start a thread that never keeps the process alive."""
        threading.Thread(target=self._run, name="courier", daemon=True).start()

    def wake(self) -> None:
        """Look at once."""
        self._wake.set()

    def send(self, system: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        """Send one request; (0, reason) when there is no answer."""
        host, port = self._server.hostname or "", self._server.port
        connection = http.client.HTTPConnection(host, port, timeout=30)
        named = {"Content-Type": "application/cloudevents+json", **headers}
        try:
            connection.request("POST", path_of(system), body, named)
            answer = connection.getresponse()
            return answer.status, answer.read(64 * 1024).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            return 0, type(error).__name__
        finally:
            connection.close()

    def deliver(self, system: str, body: bytes) -> tuple[int, str]:
        """Sign and send one message."""
        now = self._now().timestamp()
        return self.send(system, body, sign(self._keys[system], path_of(system), body, now))

    def _run(self) -> None:
        while True:
            self._wake.clear()
            for row in self._storage.outgoing():
                if row["status"] not in _FINAL:
                    status, answer = self.deliver(row["system"], row["body"].encode())
                    self._storage.answered(row["id"], status, answer)
            self._wake.wait(_PAUSE)


def path_of(system: str) -> str:
    """Return where the procurement system takes messages of ``system``."""
    return f"/api/partners/{system}/messages"
