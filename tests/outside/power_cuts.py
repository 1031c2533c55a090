"""An installation whose power fails once at every commit and around every call to the outside."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import text

from engine.model.participants import SYSTEM, Actor
from engine.model.states import JobState
from engine.runtime import Engine
from engine.worker import Worker
from tests.outside.ways import outbox

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from engine.commands.services import Command, Services
    from engine.model.work import AuditEntry
    from engine.settings import Settings
    from handlers.clients.transport import Answer
    from tests.support.standins import OfficeClock, Standins

    Post = Callable[[str, bytes, Mapping[str, str]], Answer]

Result = TypeVar("Result")
#: What every step of a matter, every message and every stored lot changes.
_PROGRESS: Final = """
    SELECT (SELECT coalesce(sum(revision), 0) FROM process_instance),
           (SELECT count(*) FROM work_item), (SELECT count(*) FROM lot),
           (SELECT count(*) FROM sent_message), (SELECT count(*) FROM received_message)
"""
#: How many calls find the partner killed; after the second one the failure is stored, too.
_KILLS: Final = {"plan.filed": 2, "notice.published": 1, "experts.drawn": 1}
#: Longer than a lease, and than a silent partner is left alone.
_PAUSE: Final = timedelta(seconds=61)


class PowerCut(BaseException):
    """The process is gone: what was not committed is lost, nobody gets an answer."""


class MortalEngine(Engine):
    """Dies once before and once after every commit, for every state that the data come to.

    A person whose request got no answer sends the same one again. A worker and a partner's message
    are left to whoever drives them.

    Attributes:
        dies: whether the power fails at all.
        cuts: where it failed: what ran, and when.
    """

    def __init__(self, settings: Settings, clock: OfficeClock, *, dies: bool = True) -> None:
        """Open the installation; ``dies=False`` is one whose power never fails."""
        self.cuts: list[tuple[str, str]] = []
        self._seen: set[tuple[object, ...]] = set()
        self.dies = dies
        self._running: tuple[object, ...] = ()
        super().__init__(settings, clock=clock)

    def execute(self, command: Command[Result], by: Actor = SYSTEM) -> Result:
        """Run a command; a person insists until there is an answer."""
        if by.is_program:
            return self._once(command, by)
        request: Command[Result] = _with_key(command)
        while True:
            try:
                return self._once(request, by)
            except PowerCut:
                self.restart()

    def restart(self) -> None:
        """Start a new process on the same data: nothing that was in memory is left."""
        self.close()
        Engine.__init__(self, self.settings, clock=self.clock, registry=self.registry)

    def may_die(self, what: str, when: str) -> None:
        """Die here unless the power failed at this place in this state of the data before.

        Raises:
            PowerCut: it did not.
        """
        place = (what, when, *self._running)
        if self.dies and place not in self._seen:
            self._seen.add(place)
            self.cuts.append((what, when))
            raise PowerCut

    def progress(self) -> tuple[object, ...]:
        """Return what tells one committed state from another."""
        with self.database.session(write=False) as session:
            return tuple(session.execute(text(_PROGRESS)).one())

    def _once(self, command: Command[Result], by: Actor) -> Result:
        self._running = (type(command).__name__, *self.progress())
        return super().execute(command, by)

    def _commit(self, services: Services, audit_lines: Sequence[AuditEntry]) -> None:
        name = str(self._running[0])
        self.may_die(name, "before its commit")
        super()._commit(services, audit_lines)
        self.may_die(name, "after its commit")


def _with_key(command: Any) -> Any:
    """Give a request the key that a page sends with it, so that it can be sent again."""
    has_key = is_dataclass(command) and "idempotency_key" in {f.name for f in fields(command)}
    return replace(command, idempotency_key=uuid.uuid4().hex) if has_key else command


def fragile(post: Post, office: MortalEngine, standins: Standins) -> Post:
    """Return ``post`` with a power cut before and after each call.

    The first calls for each message find the partner's program killed (SIGKILL); it is started
    again after.
    """
    killed: Counter[str] = Counter()

    def call(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        message = json.loads(body)
        office.may_die(message["type"], "before the call")
        if office.dies and killed[message["type"]] < _KILLS[message["type"]]:
            killed[message["type"]] += 1
            standins.kill()
            try:
                return post(url, body, headers)
            finally:
                standins.start()
        answer = post(url, body, headers)
        office.may_die(message["type"], "after the call")
        return answer

    return call


def work_until_done(office: MortalEngine, clock: OfficeClock) -> None:
    """Let workers work, die and be started again until nothing is left to send."""
    for _ in range(100):
        try:
            while Worker(office, threads=1).run_due():
                pass
        except PowerCut:
            office.restart()
        else:
            if not outbox(office, JobState.READY, JobState.RUNNING):
                return
        clock.advance(_PAUSE)
    raise AssertionError("the work does not end")
