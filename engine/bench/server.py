"""A server process of the product for the HTTP measurement."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.settings import Settings

#: Seconds until a server that does not listen is given up.
_PATIENCE: Final = 30.0


@dataclass(frozen=True)
class Serving:
    """A running server.

    Attributes:
        port: its TCP port.
        pid: its process id.
        start_seconds: from its start until it had answered a first request.
    """

    port: int
    pid: int
    start_seconds: float


@contextmanager
def served(settings: Settings) -> Iterator[int]:
    """Run ``procureflow serve`` on a free port for the duration of the block; yields the port.

    Raises:
        ConfigurationError: it ended or did not listen in time.
    """
    with serving(settings) as server:
        yield server.port


@contextmanager
def serving(settings: Settings) -> Iterator[Serving]:
    """Run ``procureflow serve`` on a free port for the duration of the block.

    Raises:
        ConfigurationError: it ended or did not listen in time.
    """
    port = _free_port()
    environment = {
        **os.environ,
        "PROCUREFLOW_DATA": str(settings.data_dir),
        "PROCUREFLOW_DATABASE_URL": settings.database_url,
        "PROCUREFLOW_HOST": "127.0.0.1",
        "PROCUREFLOW_PORT": str(port),
    }
    log = settings.data_dir / "server.log"
    began = time.monotonic()
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "engine.cli", "serve"],
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
        )
    try:
        _await(server, port, log.name)
        _ask(port)
        yield Serving(port, server.pid, time.monotonic() - began)
    finally:
        server.terminate()
        server.wait(_PATIENCE)


def _ask(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    connection.request("GET", "/login")
    connection.getresponse().read()
    connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(server: subprocess.Popen[bytes], port: int, log: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise ConfigurationError(
        f"测量用的服务没有启动，详见数据目录中的 {log}。",
        f"The server to be measured did not start; see {log} in its data folder.",
    )
