"""Run the gates one after the other, print how long each took, fail if any failed.

``python tools/check.py lint`` runs the gates that read, ``… all`` these and the tests.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
BIN: Final = ROOT / ".venv" / "bin"

#: What reads the project, fastest first.
READING: Final = {
    "format": ("ruff", "format", "--check", "."),
    "style": ("ruff", "check", "."),
    "types": ("mypy",),
    "layers": ("lint-imports",),
    "processes": ("procureflow", "lint", "processes"),
}
#: What runs it. Every test of the store runs on SQLite and on PostgreSQL.
RUNNING: Final = {
    "tests": ("pytest", "-n", "2", "--dist", "worksteal", "-m", "not browser", "--durations=10"),
    "browser": ("pytest", "-n", "2", "--dist", "loadfile", "-m", "browser", "--durations=10"),
}


def main(which: str) -> int:
    """Run the gates of ``lint`` or ``all``; return 1 if any failed."""
    gates = READING if which == "lint" else READING | RUNNING
    results = {name: _run(name, command) for name, command in gates.items()}
    print()
    for name, (passed, seconds) in results.items():
        print(f"{'ok    ' if passed else 'FAILED'}  {name:<10} {seconds:7.1f} s")
    print(f"        {'total':<10} {sum(seconds for _, seconds in results.values()):7.1f} s")
    return 0 if all(passed for passed, _ in results.values()) else 1


def _run(name: str, command: tuple[str, ...]) -> tuple[bool, float]:
    print(f"\n── {name}: {shlex.join(command)}", flush=True)
    program, *arguments = command
    start = time.monotonic()
    # The installed programs come first in the path: some gates start others by name.
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    done = subprocess.run(  # noqa: S603 - the commands above
        [str(BIN / program), *arguments], cwd=ROOT, env=os.environ | {"PATH": path}, check=False
    )
    return done.returncode == 0, time.monotonic() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
