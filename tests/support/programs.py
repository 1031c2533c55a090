"""Programs of the product as processes of their own, started in a fraction of a second.

A process that has read all our modules forks for every program, so a test that starts and kills a
server a dozen times does not wait a dozen times for the same modules. The program itself is as
separate as any: own environment, output, connections and end.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: ``procureflow``: takes arguments, returns the exit status.
PRODUCT: Final = "engine.cli:main"

_forking: Final = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload(["tests.support.programs_preloaded"])


class Program:
    """A running program.

    Attributes:
        pid: of its process.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        *,
        entry: str = PRODUCT,
    ) -> None:
        """Start it without waiting.

        Args:
            arguments: of the command line, without the program's name.
            environment: all its variables; ``PYTHONPATH`` counts.
            log: file that its output is added to.
            entry: ``module:function`` that takes the arguments and returns the exit status.
        """
        self._process = _forking.Process(
            target=_live, args=(entry, list(arguments), dict(environment), str(log)), daemon=True
        )
        self._process.start()
        self.pid = self._process.pid or 0

    def poll(self) -> int | None:
        """Return the exit status, minus the signal's number after a signal; ``None`` = alive."""
        return self._process.exitcode

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal to the process if it lives."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once, as a power cut would (SIGKILL)."""
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float) -> None:
        """Wait for its end.

        Raises:
            TimeoutError: it still lives after ``timeout`` seconds.
        """
        self._process.join(timeout)
        if self.poll() is None:
            raise TimeoutError(f"process {self.pid} still lives after {timeout} s")


def _live(entry: str, arguments: list[str], environment: dict[str, str], log: str) -> None:
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:0] = [part for part in environment.get("PYTHONPATH", "").split(os.pathsep) if part]
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", buffering=1, closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", buffering=1, closefd=False)
    module, _, function = entry.partition(":")
    sys.exit(getattr(importlib.import_module(module), function)(arguments))
