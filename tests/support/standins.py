"""The stand-ins of the outside systems as a process of their own: told to fail, killed."""

from __future__ import annotations

import json
import os
import signal
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from engine.clock import FakeClock, SystemClock
from engine.partners import Partners, Unconfigured
from tests.support.databases import OPENING
from tests.support.programs import Program
from tests.support.server import START_SECONDS, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.server import Server


class OfficeClock(FakeClock):
    """The office's time stands at the opening and is moved by hand; partners see the machine's.

    Attributes:
        base: the machine's clock.
    """

    def __init__(self) -> None:
        """Stand at the opening."""
        super().__init__(OPENING)
        self.base = SystemClock()


class Standins:
    """``procureflow simulate centre`` on a port of its own.

    Attributes:
        partners: settings of an installation that talks to them.
        data_dir: folder whose secret both sides share.
    """

    def __init__(self, data_dir: Path, server: str = "http://127.0.0.1:9", lots: int = 0) -> None:
        """Take a data folder; messages go to ``server``; nothing is started yet."""
        self.data_dir = data_dir
        self._port = free_port()
        self._server = server
        self._lots = lots
        self._process: Program | None = None
        self.partners = Partners(unconfigured=Unconfigured.SIMULATED, standins_port=self._port)

    def start(self) -> None:
        """Start and wait for the first answer.

        Raises:
            RuntimeError: it ended or did not answer in time; the text holds what it printed.
        """
        self.data_dir.mkdir(parents=True, exist_ok=True)
        log = self.data_dir / "standins.log"
        command = ["simulate", "centre"]
        command += ["--port", str(self._port), "--server", self._server, "--lots", str(self._lots)]
        environment = os.environ | {"PROCUREFLOW_DATA": str(self.data_dir)}
        self._process = Program(command, environment, log)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"the stand-ins did not start:\n{log.read_text('utf-8')}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it at once, as a power cut would (SIGKILL)."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(timeout=20)
            self._process = None

    def reset(self) -> None:
        """Let them forget everything and work."""
        self._post("trading_centre", "reset", {})

    def behave(self, system: str, mode: str, delay: float = 0) -> None:
        """Tell a system to be ``up``, ``down``, ``slow`` …"""
        self._post(system, "control", {"mode": mode, "delay": delay})

    def push_lots(self, **said: Any) -> None:
        """Let the trading centre push lots: ``plan_number``, ``lots``, maybe ``id``."""
        self._post("trading_centre", "lots", said)

    def answer_payment(self, **said: Any) -> None:
        """Let the treasury answer: ``payment_number``, ``result``, maybe ``reason``, ``id``."""
        self._post("treasury", "receipts", said)

    def send_fault(self, kind: str, system: str = "trading_centre") -> dict[str, Any]:
        """Let a system send something bad; return status and answer."""
        said: dict[str, Any] = self._post(system, "faults", {"kind": kind})
        return said

    def send_again(self, system: str, message_id: str) -> dict[str, Any]:
        """Let a system send an old message once more; return status and answer."""
        said: dict[str, Any] = self._post(system, "again", {"id": message_id})
        return said

    def received(self, system: str, kind: str = "") -> list[dict[str, Any]]:
        """Return what a system has got, oldest first; ``times`` counts the deliveries of each."""
        rows: list[dict[str, Any]] = self._get(system, "received")
        return [row for row in reversed(rows) if kind in ("", row["type"])]

    def outgoing(self, system: str = "trading_centre") -> list[dict[str, Any]]:
        """Return what a system has sent, oldest first."""
        rows: list[dict[str, Any]] = self._get(system, "outgoing")
        return list(reversed(rows))

    def _post(self, system: str, what: str, said: dict[str, Any]) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._port}/{system}/{what}",
            json.dumps(said).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - http
            return json.load(answer)

    def _get(self, system: str, what: str) -> Any:
        address = f"http://127.0.0.1:{self._port}/{system}/{what}"
        with urllib.request.urlopen(address, timeout=60) as answer:
            return json.load(answer)

    def _answers(self) -> bool:
        try:
            self._get("trading_centre", "received")
        except (urllib.error.URLError, ConnectionError):
            return False
        return True


#: Variables of an installation whose outside systems are stand-ins.
SIMULATED: Final = {"PROCUREFLOW_PARTNERS": "simulated"}


@contextmanager
def connected(server: Server, data_dir: Path) -> Iterator[Standins]:
    """Start the outside systems and a server that is ``SIMULATED``; they know each other."""
    standins = Standins(data_dir, server.address)
    server.set("PROCUREFLOW_STANDINS_PORT", str(standins.partners.standins_port))
    server.start()
    standins.start()
    yield standins
    standins.kill()
