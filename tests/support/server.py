"""The real product as a process of its own: started, killed and started again."""

from __future__ import annotations

import os
import signal
import socket
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tests.support.databases import OPENING
from tests.support.programs import Program

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

#: Seconds until a server must have answered; a start takes about one, on a busy machine ten.
START_SECONDS: Final = 90


class Server:
    """``procureflow serve`` on a port of its own.

    Attributes:
        address: where it answers, without a slash at the end.
    """

    def __init__(
        self, database_url: str, data_dir: Path, variables: Mapping[str, str] | None = None
    ) -> None:
        """Take a furnished database and a data folder; nothing is started yet.

        Args:
            database_url: of a furnished database.
            data_dir: folder for attachments, secret and log.
            variables: further ``PROCUREFLOW_…`` of this installation.
        """
        self._variables = dict(variables or {})
        self._database_url = database_url
        self._data_dir = data_dir
        self._port = free_port()
        self._begun = time.monotonic()
        self._process: Program | None = None
        self.address = f"http://127.0.0.1:{self._port}"

    def set(self, variable: str, value: str) -> None:
        """Set a further variable for the next start."""
        self._variables[variable] = value

    @property
    def log(self) -> str:
        """What the server has printed so far, over all its lives."""
        return self._log_file.read_text(encoding="utf-8")

    def start(self) -> None:
        """Start and wait for the first answer.

        Raises:
            RuntimeError: it ended or did not answer in time; the text holds what it printed.
        """
        self._data_dir.mkdir(parents=True, exist_ok=True)
        self._process = Program(["serve"], self.environment(), self._log_file)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"the server did not start:\n{self.log}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it at once, as a power cut would (SIGKILL)."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as an operator would (SIGTERM)."""
        self._end(signal.SIGTERM)

    def run(self, *arguments: str) -> str:
        """Run another ``procureflow`` command on the same data and return what it prints.

        Raises:
            RuntimeError: it did not exit with 0; the text holds what it printed.
        """
        log = self._data_dir / f"{arguments[0]}.log"
        log.unlink(missing_ok=True)
        program = Program(arguments, self.environment(), log)
        program.wait(timeout=START_SECONDS)
        said = log.read_text(encoding="utf-8")
        if program.poll() != 0:
            raise RuntimeError(f"procureflow {' '.join(arguments)} failed:\n{said}")
        return said

    def _end(self, kind: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(kind)
            self._process.wait(timeout=20)
            self._process = None

    @property
    def _log_file(self) -> Path:
        return self._data_dir / "server.log"

    def environment(self) -> dict[str, str]:
        """Return what a program of the same installation needs to know now."""
        # The office's time goes on over a restart, as it does in an office.
        now = OPENING + timedelta(seconds=time.monotonic() - self._begun)
        return os.environ | {
            "PROCUREFLOW_DATABASE_URL": self._database_url,
            "PROCUREFLOW_DATA": str(self._data_dir),
            "PROCUREFLOW_PORT": str(self._port),
            "PROCUREFLOW_CLOCK": now.isoformat(),
            "PYTHONUNBUFFERED": "1",
            **self._variables,
        }

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/login", timeout=10):  # noqa: S310 - http
                return True
        except urllib.error.HTTPError:
            return True
        except (urllib.error.URLError, ConnectionError):
            return False


@contextmanager
def supervised(server: Server) -> Iterator[Server]:
    """Give a server that is stopped afterwards; an error in its log fails."""
    yield server
    server.stop()
    assert "Traceback" not in server.log, server.log


def free_port() -> int:
    """Return a TCP port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
