"""The engine as a library: an engine in memory with a clock that is moved by hand.

``docs/embedding.md`` shows it in a dozen lines; the example there runs as a test.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn import read_model
from engine.catalog import build_package
from engine.catalog.package_files import PackageFile
from engine.clock import FakeClock
from engine.commands import (
    BroadcastSignal,
    CompleteWorkItem,
    DeployPackage,
    PublishMessage,
    StartInstance,
    ThrowError,
)
from engine.commands.matter import MatterTree
from engine.errors import NotFoundError
from engine.handler import HandlerRegistry
from engine.model.participants import OrgUnit
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.database import Database
from engine.store.identity import put_org_unit
from engine.store.migrate import migrate
from engine.store.unit_of_work import UnitOfWork
from engine.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import timedelta

    from engine.commands import Published
    from engine.commands.services import Services
    from engine.store.incidents import IncidentRow

#: The unit to which all matters of an embedded engine belong.
UNIT: Final = OrgUnit(code="embedded", name="embedded", parent=None, kind="", division="000000")
_HEAD: Final = (
    'id = "{0}"\nname = "{0}"\ncategory = "embedded"\nstarters = ["embedded"]\ntitle = "null"\n'
)


@dataclass(frozen=True)
class OpenWork:
    """A user task that waits, wherever in the matter it is.

    Attributes:
        key: for ``complete`` and ``throw_error``.
        element_id: BPMN id.
        process_id: the definition it belongs to, a called one too.
        name: its name in the model.
        assignee: login, ``None`` when offered.
        due_at: UTC.
    """

    key: str
    element_id: str
    process_id: str
    name: str
    assignee: str | None
    due_at: datetime | None


@dataclass(frozen=True)
class HistoryStep:
    """One step of the ordered history: ``event`` is activated, completed, cancelled or taken."""

    element_id: str
    process_id: str
    event: str
    at: datetime


class Embedded:
    """An engine on an in-memory database.

    Everything that is due (jobs, timers, messages) is done before a method returns.

    Attributes:
        engine: the engine itself, for everything that has no shorthand here.
        clock: stands still until ``advance``.
        handlers: register outside and record handlers here.
    """

    def __init__(
        self,
        *,
        now: datetime = datetime(2026, 1, 1, tzinfo=UTC),
        handlers: HandlerRegistry | None = None,
        database_url: str = "sqlite://",
        version_folders: Sequence[Path] = (),
    ) -> None:
        """Open and migrate the database.

        Args:
            now: where the clock stands, timezone-aware.
            handlers: what service tasks call.
            database_url: by default in memory.
            version_folders: migrations of record handlers' own tables.
        """
        self._folder = tempfile.TemporaryDirectory()
        self.clock = FakeClock(now)
        self.handlers = handlers or HandlerRegistry()
        database = Database(database_url)
        migrate(database, version_folders)
        settings = Settings(data_dir=Path(self._folder.name), database_url=database_url)
        self.engine = Engine(settings, clock=self.clock, registry=self.handlers, database=database)
        self._worker = Worker(self.engine, threads=1)
        self.engine.execute(_PutUnit())

    def deploy(self, *models: bytes, decisions: Sequence[bytes] = ()) -> str:
        """Deploy BPMN files (the first is the one to start, the others may be called) and DMN.

        Returns:
            The process id of the first.

        Raises:
            DeploymentRefusedError: says element and reason.
        """
        process_id = read_model(models[0], "1.bpmn").process_id
        folder = f"processes/{process_id}"
        head = _HEAD.format(process_id).encode()
        files = [PackageFile(path=f"{folder}/process.toml", content=head)]
        for suffix, contents in (("bpmn", models), ("dmn", decisions)):
            files += [
                PackageFile(path=f"{folder}/{number}.{suffix}", content=content)
                for number, content in enumerate(contents, 1)
            ]
        self.engine.execute(DeployPackage(package=build_package(process_id, files)))
        return process_id

    def start(self, process_id: str, variables: Mapping[str, Any] | None = None) -> str:
        """Start a matter; returns its key."""
        command = StartInstance(process_id=process_id, variables=variables or {}, unit=UNIT.code)
        started = self.engine.execute(command)
        self.settle()
        return started.instance_key

    def open_work(self, instance_key: str) -> list[OpenWork]:
        """Return the open user tasks of a matter and of everything it called, oldest first."""
        with self.engine.database.session(write=False) as session:
            items = UnitOfWork(session).work_items.of_matter(int(instance_key))
        return [
            OpenWork(
                str(item.key),
                item.element_id,
                item.process_id,
                item.name,
                item.assignee,
                item.due_at,
            )
            for item in items
            if item.is_open
        ]

    def complete(
        self,
        work_key: str,
        variables: Mapping[str, Any] | None = None,
        *,
        outcome: str = "complete",
    ) -> None:
        """Finish a user task with one of its drawn outcomes."""
        command = CompleteWorkItem(
            work_item_key=work_key, outcome=outcome, variables=variables or {}
        )
        self.engine.execute(command)
        self.settle()

    def throw_error(
        self, work_key: str, code: str, variables: Mapping[str, Any] | None = None
    ) -> None:
        """Throw a BPMN error at a user task.

        Raises:
            UncaughtError: nobody catches it; nothing was changed.
        """
        self.engine.execute(
            ThrowError(work_item_key=work_key, code=code, variables=variables or {})
        )
        self.settle()

    def publish(
        self,
        name: str,
        correlation_key: str = "",
        variables: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> Published:
        """Send a message; ``more`` as ``PublishMessage`` (message_id, time_to_live)."""
        published = self.engine.execute(
            PublishMessage(
                name=name,
                correlation_key=correlation_key,
                variables=variables or {},
                unit=UNIT.code,
                **more,
            )
        )
        self.settle()
        return published

    def signal(self, name: str, variables: Mapping[str, Any] | None = None) -> int:
        """Broadcast a signal; returns how many listen or are started."""
        count = self.engine.execute(
            BroadcastSignal(name=name, variables=variables or {}, unit=UNIT.code)
        )
        self.settle()
        return count

    def advance(self, delta: timedelta) -> None:
        """Move the clock and do what is then due."""
        self.clock.advance(delta)
        self.settle()

    def state(self, instance_key: str) -> str:
        """Return ``active``, ``completed`` or ``terminated``."""
        return self.engine.ask(_Tree(instance_key)).root.row.state

    def variables(self, instance_key: str) -> dict[str, Any]:
        """Return the variables of the root instance."""
        return self.engine.ask(_Tree(instance_key)).root.interpreter.variables

    def history(self, instance_key: str) -> list[HistoryStep]:
        """Return what happened, in order, called processes included."""
        tree = self.engine.ask(_Tree(instance_key))
        with self.engine.database.session(write=False) as session:
            events = UnitOfWork(session).instances.history(int(instance_key))
        return [
            HistoryStep(
                event.element_id,
                tree.nodes[event.instance_key].row.process_id,
                event.event,
                event.at,
            )
            for event in events
        ]

    def incidents(self) -> list[IncidentRow]:
        """Return what stopped, newest first."""
        with self.engine.database.session(write=False) as session:
            return UnitOfWork(session).incidents.open()

    def close(self) -> None:
        """Forget everything."""
        self.engine.close()
        self._folder.cleanup()

    def settle(self) -> None:
        """Do everything that is due."""
        self._worker.run_due()


@dataclass(frozen=True)
class _PutUnit:
    def execute(self, services: Services) -> None:
        put_org_unit(services.store.session, UNIT)


@dataclass(frozen=True)
class _Tree:
    instance_key: str

    def answer(self, services: Services) -> MatterTree:
        if not self.instance_key.isdigit():
            raise NotFoundError("事项", "matter", self.instance_key)
        return MatterTree.load(services, int(self.instance_key))
