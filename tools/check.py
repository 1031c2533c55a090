"""Run the gates, print how long each took, fail if any failed.

``python tools/check.py lint`` runs the gates that read, ``… all`` these and the tests. The types
take long and one processor only, so they are checked beside everything else.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
BIN: Final = ROOT / ".venv" / "bin"

#: Runs beside all others; what it prints is shown at the end.
BESIDE: Final = ("types", ("mypy",))
#: What reads the project, fastest first.
READING: Final = {
    "format": ("ruff", "format", "--check", "."),
    "style": ("ruff", "check", "."),
    "layers": ("lint-imports",),
    "processes": ("procureflow", "lint", "processes"),
}
#: What runs it. Every test of the store runs on SQLite and on PostgreSQL. Browsers and leases are
#: waited for a sixth of the time: three processes keep two processors busy.
RUNNING: Final = {"tests": ("pytest", "-n", "3", "--dist", "worksteal", "--durations=10")}


@dataclass(frozen=True)
class Result:
    """How a gate ended; ``output`` is what it printed unless that was shown at once."""

    passed: bool
    seconds: float
    output: str = ""


def main(which: str) -> int:
    """Run the gates of ``lint`` or ``all``; return 1 if any failed."""
    begun = time.monotonic()
    name, command = BESIDE
    with ThreadPoolExecutor(max_workers=1) as beside:
        waited_for = beside.submit(_run, command, quietly=True)
        results = {}
        for shown, gate in (READING if which == "lint" else READING | RUNNING).items():
            _announce(shown, gate)
            results[shown] = _run(gate)
        results[name] = waited_for.result()
    _announce(name, command)
    print(results[name].output)
    for shown, result in results.items():
        print(f"{'ok    ' if result.passed else 'FAILED'}  {shown:<10} {result.seconds:7.1f} s")
    print(f"        {'total':<10} {time.monotonic() - begun:7.1f} s")
    return 0 if all(result.passed for result in results.values()) else 1


def _announce(name: str, command: tuple[str, ...]) -> None:
    print(f"\n── {name}: {shlex.join(command)}", flush=True)


def _run(command: tuple[str, ...], *, quietly: bool = False) -> Result:
    program, *arguments = command
    start = time.monotonic()
    # The installed programs come first in the path: some gates start others by name.
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    done = subprocess.run(  # noqa: S603 - the commands above
        [str(BIN / program), *arguments],
        cwd=ROOT,
        env=os.environ | {"PATH": path},
        check=False,
        text=True,
        stdout=subprocess.PIPE if quietly else None,
        stderr=subprocess.STDOUT if quietly else None,
    )
    return Result(done.returncode == 0, time.monotonic() - start, done.stdout or "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
