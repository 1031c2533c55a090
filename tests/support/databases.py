"""Databases for tests: one template per session and kind; every test gets what it holds.

A SQLite file is copied for every test. A PostgreSQL database is copied once per process and
brought back to its template after every test, see ``restoring``.
"""

from __future__ import annotations

import fcntl
import itertools
import os
import shutil
import tempfile
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.clock import OFFICE_ZONE
from engine.store.database import Database
from engine.store.migrate import migrate
from tests.support.postgres import PostgresServer
from tests.support.restoring import Original, Restored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT: Final = Path(__file__).resolve().parents[2]
#: Where the record handlers keep the migrations of their own tables.
RECORD_MIGRATIONS: Final = [ROOT / "handlers" / "records" / "migrations" / "versions"]
#: Set by the pytest process that began the session; its workers inherit it.
FOLDER_VARIABLE: Final = "PROCUREFLOW_TEST_FOLDER"
KINDS: Final = ("sqlite", "postgresql")
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - only what mkdtemp makes in it
#: Bytes that a whole session takes, with a margin.
_ROOM: Final = 3 * 1024**3
#: The moment at which the acceptance scenarios begin.
OPENING: Final = datetime(2026, 6, 10, 9, 0, tzinfo=OFFICE_ZONE)


def chosen_kinds() -> tuple[str, ...]:
    """Return the databases to test on: ``PROCUREFLOW_TEST_DATABASE`` or both.

    Raises:
        ValueError: another name.
    """
    wanted = os.environ.get("PROCUREFLOW_TEST_DATABASE", "")
    if wanted and wanted not in KINDS:
        raise ValueError(f"PROCUREFLOW_TEST_DATABASE must be one of {KINDS}, not {wanted!r}")
    return (wanted,) if wanted else KINDS


def begin_session() -> None:
    """Make the folder that all processes of this test session share."""
    os.environ[FOLDER_VARIABLE] = tempfile.mkdtemp(prefix="procureflow-", dir=_fast_folder())
    # The database server runs as another user and must be able to pass.
    Path(os.environ[FOLDER_VARIABLE]).chmod(0o755)


def _fast_folder() -> Path | None:
    """Return a folder in memory with room, if there is one: tests kill processes, not machines.

    Every commit still asks for its ``fsync``. A copied PostgreSQL database is some 400 files: 0.1 s
    in memory, three to eight times as long on a disk.
    """
    has_room = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free >= _ROOM
    return _MEMORY if has_room and os.access(_MEMORY, os.W_OK) else None


def end_session() -> None:
    """Stop the server and remove the folder."""
    folder = Path(os.environ.pop(FOLDER_VARIABLE))
    PostgresServer(folder / "pg").stop("immediate")
    shutil.rmtree(folder)


def migrated(url: str, records: Sequence[Path] = RECORD_MIGRATIONS) -> None:
    """Fill an empty database with the newest schema: the engine's and that of ``records``."""
    database = Database(url)
    try:
        migrate(database, records)
    finally:
        database.dispose()


def without_records(url: str) -> None:
    """Fill an empty database with the schema of the engine alone."""
    migrated(url, ())


class ThrowawayDatabases:
    """Gives out databases of one kind that hold what a template holds."""

    def __init__(self, kind: str) -> None:
        """Take ``sqlite`` or ``postgresql``; nothing is started yet."""
        self.kind = kind
        self._folder = _shared()
        self._server = PostgresServer(self._folder / "pg")
        self._numbers = itertools.count(1)
        self._originals: dict[str, Original] = {}
        self._spare: dict[str, list[Restored]] = {}

    @contextmanager
    def copy(self, template: str, fill: Callable[[str], None]) -> Iterator[str]:
        """Give the URL of a copy of ``template``, filled once per session by ``fill(url)``."""
        with self._locked(template):
            if not self._marker(template).exists():
                self._make(template, fill)
                self._marker(template).touch()
        with self._restored(template) if self.kind == "postgresql" else self._file(template) as url:
            yield url

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Give the URL of a database without a schema."""
        with self.copy("empty", lambda _url: None) as url:
            yield url

    def close(self) -> None:
        """Remove the databases that wait to be used again."""
        for spare in itertools.chain.from_iterable(self._spare.values()):
            self._drop(spare)
        self._spare.clear()

    @contextmanager
    def _file(self, template: str) -> Iterator[str]:
        name = self._new_name()
        file = self._sqlite(name)
        shutil.copyfile(self._sqlite(template), file)
        yield f"sqlite:///{file}"
        for leftover in self._folder.glob(f"{name}.db*"):
            leftover.unlink()

    @contextmanager
    def _restored(self, template: str) -> Iterator[str]:
        spare = self._spare.setdefault(template, [])
        used = spare.pop() if spare else self._copied(template)
        yield self._server.url(used.name)
        if used.restore():
            spare.append(used)
        else:
            self._drop(used)

    def _copied(self, template: str) -> Restored:
        name = self._new_name()
        self._server.create(name, template)
        copied = Restored(name, self._server.conninfo(name), self._originals.get(template))
        self._originals[template] = copied.original
        return copied

    def _drop(self, used: Restored) -> None:
        used.close()
        self._server.drop(used.name)

    def _new_name(self) -> str:
        return f"t{os.getpid()}_{next(self._numbers)}"

    def _make(self, template: str, fill: Callable[[str], None]) -> None:
        if self.kind == "postgresql":
            with self._locked("server"):
                if not self._server.running:
                    self._server.start()
            self._server.create(template)
            fill(self._server.url(template))
        else:
            self._sqlite(template).touch()
            fill(f"sqlite:///{self._sqlite(template)}")

    def _sqlite(self, name: str) -> Path:
        return self._folder / f"{name}.db"

    def _marker(self, template: str) -> Path:
        return self._folder / f"{template}.{self.kind}.ready"

    @contextmanager
    def _locked(self, what: str) -> Iterator[None]:
        with (self._folder / f"{what}.{self.kind}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _shared() -> Path:
    return Path(os.environ[FOLDER_VARIABLE])
