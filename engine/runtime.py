"""The engine: executes commands and answers queries; the only place that commits."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from engine.bpmn import ElementError
from engine.calendar import set_calendar
from engine.catalog import Binding, Catalog
from engine.catalog.definitions import BoundedCache
from engine.clock import Clock, SystemClock
from engine.commands.attempts import open_incident
from engine.commands.services import Services
from engine.commands.telling import to_tell
from engine.errors import NotAllowedError, NotFoundError, WorkflowError
from engine.feel.office import set_now
from engine.handler import registry as default_registry
from engine.model.participants import SYSTEM, Actor
from engine.model.work import AuditEntry
from engine.store.blobs import BlobStore
from engine.store.calendars import CalendarCache
from engine.store.clock import DatabaseClock
from engine.store.database import Database
from engine.store.deliveries import Demand
from engine.store.entries import drop_entries
from engine.store.incidents import Stopped
from engine.store.notifications import notify
from engine.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from engine.catalog import ParsedFiles
    from engine.commands.services import Command, Query
    from engine.handler import HandlerRegistry
    from engine.settings import Settings

Result = TypeVar("Result")
#: Attributes of commands that name the row they are about.
_OBJECTS = (
    "work_item_key",
    "instance_key",
    "attachment_key",
    "process_id",
    "login",
    "partner",
    "job_key",
    "message_key",
)
_log = logging.getLogger(__name__)


class Engine:
    """What the web UI, the worker, the command line and embedding programs hold.

    Attributes:
        database: where everything is.
        settings: the installation's settings.
        clock: where ``now`` comes from.
        catalog: parsed definitions, shared by all threads.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        registry: HandlerRegistry | None = None,
        database: Database | None = None,
        parsed: ParsedFiles | None = None,
    ) -> None:
        """Open the database named in ``settings`` (or take an open one).

        Args:
            settings: of the installation.
            clock: the database's or this machine's by default.
            registry: handlers; by default those that decorators registered.
            database: used instead of that of the settings.
            parsed: files that another engine of this process has parsed; shared with it.
        """
        self.settings = settings
        self.registry = registry or default_registry
        self.database = database or Database(settings.database_url)
        self.clock: Clock = clock or clock_of(self.database)
        self._wakers: list[Callable[[], None]] = []
        self.blobs = BlobStore(settings.data_dir / "attachments")
        self.catalog = Catalog(self._content, parsed, is_deployed=True)
        self._open = threading.local()
        self._bindings: BoundedCache[str, Binding] = BoundedCache()
        self._calendars = CalendarCache()
        self._demand = Demand()

    def execute(self, command: Command[Result], by: Actor = SYSTEM) -> Result:
        """Run a command in one transaction and commit once.

        Args:
            command: the verb.
            by: who issues it.

        Raises:
            WorkflowError: refused; nothing was changed and one audit line says so.
        """
        with self._session(write=True) as session:
            services = self._services(session, by, writing=True)
            try:
                result = command.execute(services)
                self._commit(services, services.audit_lines)
                return result
            except WorkflowError as error:
                session.rollback()
                self._keep_refusal(command, error, services)
                raise

    def ask(self, query: Query[Result], by: Actor = SYSTEM) -> Result:
        """Answer a query; a refusal for lack of rights leaves one audit line.

        Raises:
            WorkflowError: what the query names.
        """
        with self._session(write=False) as session:
            services = self._services(session, by, writing=False)
            try:
                return query.answer(services)
            except NotAllowedError as error:
                session.rollback()
                self._keep_refusal(query, error, services)
                raise

    def close(self) -> None:
        """Close all connections."""
        self.database.dispose()

    def _services(self, session: Session, actor: Actor, *, writing: bool) -> Services:
        now, store = self.clock.now(), UnitOfWork(session)
        base: Clock | None = getattr(self.clock, "base", None)
        set_now(now)
        set_calendar(lambda: self._calendars.get(store.calendars))
        return Services(
            store=store,
            catalog=self.catalog,
            bindings=self._bindings,
            registry=self.registry,
            blobs=self.blobs,
            settings=self.settings,
            now=now,
            machine_time=now if base is None else base.now(),
            actor=actor,
            writing=writing,
        )

    def wake_with(self, waker: Callable[[], None]) -> None:
        """Call ``waker`` after every commit that made work for workers (of this process)."""
        self._wakers.append(waker)

    def _commit(self, services: Services, audit_lines: Sequence[AuditEntry]) -> None:
        """End the transaction with its audit lines: the one commit of the project."""
        drop_entries(services.store.session)
        services.store.records.audit(audit_lines)
        self._tell(services)
        if services.makes_work:
            notify(services.store.session)
        services.store.session.commit()
        if services.publishes_calendar:
            self._calendars.forget()
        if services.chooses_notices:
            self._demand.forget()
        if services.makes_work:
            for waker in self._wakers:
                waker()

    def _tell(self, services: Services) -> None:
        """Write what people are told, for the worker to send what somebody wants by a channel."""
        if not (services.notices or services.new_tasks):
            return
        wanted = self._demand.get(services.store.deliveries) if self.settings.channels else ()
        told = to_tell(services, wanted)
        services.store.notices.add(told)
        services.makes_work |= not all(notice.spread for notice in told)

    @contextmanager
    def _session(self, *, write: bool) -> Iterator[Session]:
        """Open a session and let the catalog read with it while it is open."""
        with self.database.session(write=write) as session:
            self._open.session = session
            try:
                yield session
            finally:
                self._open.session = None
                set_calendar(self._calendars.known)

    def _content(self, sha256: str) -> bytes:
        session: Session | None = getattr(self._open, "session", None)
        if session is None:
            with self.database.session(write=False) as own:
                content = UnitOfWork(own).definitions.content(sha256)
        else:
            content = UnitOfWork(session).definitions.content(sha256)
        if content is None:
            raise NotFoundError("已部署文件", "deployed file", sha256)
        return content

    def _keep_refusal(self, command: object, error: WorkflowError, services: Services) -> None:
        """Write the one audit line of a refused command, in a transaction of its own."""
        actor = services.actor
        line = AuditEntry(
            at=services.now,
            login=actor.login,
            action="refused",
            root_key=services.root_key,
            detail={
                "command": type(command).__name__,
                "code": error.code,
                "message": error.message_zh,
                "object": _object_of(command),
            },
            address=actor.address,
        )
        person = services.store.identity.participant(actor.login)
        if person is not None:
            line = replace(line, person=person.name, unit=person.unit.name)
        services.store.session.rollback()
        with self._session(write=True) as session:
            fresh = self._services(session, actor, writing=True)
            root_key = services.root_key
            if isinstance(error, ElementError) and root_key is not None:
                # The matter stays before the step; an administrator sees where it cannot go on.
                place = (root_key, root_key, error.element_id)
                open_incident(fresh, place, (Stopped.STEP, None), error)
                fresh.store.incidents.stop_step(root_key)
            self._commit(fresh, [line, *fresh.audit_lines])
        _log.info("refused", extra={"action": "refused", "code": error.code})


def clock_of(database: Database) -> Clock:
    """Several machines share one PostgreSQL and its clock; SQLite is this machine's."""
    return DatabaseClock(database) if database.kind == "postgresql" else SystemClock()


def _object_of(command: object) -> str:
    """Name the row the command was about, for the audit trail."""
    for name in _OBJECTS:
        value = getattr(command, name, None)
        if value is not None:
            return f"{name}={value}"
    return ""
