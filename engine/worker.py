"""Worker threads: fire due timers and run outside handlers with no transaction open.

The job table is the truth (reliability: lease, fencing token, compare-and-set); everything here
may be killed at any moment. A handler runs at least once, its effect on the matter exactly once.
"""

from __future__ import annotations

import logging
import os
import queue
import socket
import threading
import time
from typing import TYPE_CHECKING, Final

from engine.commands import (
    ApplyPostChange,
    ClaimJobs,
    DeliverNext,
    ExtendLease,
    FireDueAlarm,
    FireDueTimer,
    FollowStaffChange,
    HandOverNext,
    RecountDeadlines,
    SpreadNotices,
)
from engine.errors import WorkflowError
from engine.job_run import jitter, run_job
from engine.queries import AnythingDue
from engine.store.notifications import listen

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.commands import ClaimedJob
    from engine.commands.services import Command
    from engine.runtime import Engine

_log = logging.getLogger(__name__)

#: Longest pause after errors of the database, seconds.
_LONGEST_PAUSE: Final = 30.0
#: What is done in the database alone, one step each; ``False`` when nothing is due.
_STEPS: Final[tuple[Command[bool], ...]] = (
    FireDueTimer(),
    FireDueAlarm(),
    DeliverNext(),
    RecountDeadlines(),
    SpreadNotices(),
    ApplyPostChange(),
    HandOverNext(),
    FollowStaffChange(),
)


class Worker:
    """Runs what is due: in its own threads (``start``) or in the caller's (``run_due``)."""

    def __init__(self, engine: Engine, *, threads: int | None = None, owner: str = "") -> None:
        """Work for ``engine`` with ``threads`` (≥ 1) handlers at a time.

        Args:
            engine: the engine.
            threads: by default ``settings.worker_threads``.
            owner: name in the job table, by default host and process id.
        """
        self._engine = engine
        self._lease = engine.settings.lease_seconds
        self._poll = engine.settings.poll_seconds
        self._count = max(1, engine.settings.worker_threads if threads is None else threads)
        self._owner = owner or f"{socket.gethostname()}:{os.getpid()}"
        self._stopping = threading.Event()
        self._hint = threading.Event()
        self._slots = threading.Semaphore(self._count)
        self._queue: queue.SimpleQueue[ClaimedJob | None] = queue.SimpleQueue()
        self._running: dict[str, ClaimedJob] = {}
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start the threads; they never keep the process alive."""
        self._engine.wake_with(self.wake)
        targets: list[Callable[[], None]] = [self._dispatch, self._heartbeat, self._listen]
        targets += [self._serve] * self._count
        for number, target in enumerate(targets):
            name = f"worker-{number}-{target.__name__.strip('_')}"
            thread = threading.Thread(target=target, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self, timeout: float = 10.0) -> bool:
        """Take no new jobs and wait for the running ones.

        Args:
            timeout: seconds; a handler that runs longer loses its lease and is tried again.

        Returns:
            Whether all threads ended in time.
        """
        self._stopping.set()
        self._hint.set()
        for _ in range(self._count):
            self._queue.put(None)
        deadline = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def wake(self) -> None:
        """Hint that something may be due; without it the next look is ``poll_seconds`` away."""
        self._hint.set()

    def run_due(self, limit: int = 10_000) -> int:
        """Fire and run everything that is due now, in this thread; returns how many.

        Args:
            limit: stop after so many, so that a loop in a model ends.
        """
        done = 0
        while done < limit:
            if not self._engine.ask(AnythingDue()):
                break
            if any(self._engine.execute(command) for command in _STEPS):
                done += 1
                continue
            claimed = self._claim(1)
            if not claimed:
                break
            run_job(self._engine, claimed[0])
            done += 1
        return done

    def _dispatch(self) -> None:
        """Look for what is due until stopped; the only thread that claims."""
        pause = 0.0
        while not self._stopping.is_set():
            self._hint.clear()
            try:
                busy = self._engine.ask(AnythingDue()) and self._move_all()
                pause = 0.0 if busy else self._poll * jitter()
            except Exception:  # the database may be away; the loop must outlive that
                _log.exception("worker could not look for work", extra={"action": "dispatch"})
                pause = min(max(pause * 2, self._poll), _LONGEST_PAUSE)
            if pause:
                self._hint.wait(pause)

    def _move_all(self) -> bool:
        """Take one of each kind; ``False`` when others were faster."""
        moved = [self._move_one(command) for command in _STEPS]
        return self._hand_out() or any(moved)

    def _move_one(self, command: Command[bool]) -> bool:
        try:
            return self._engine.execute(command)
        except WorkflowError as error:
            action = type(command).__name__
            _log.warning("refused", extra={"action": action, "code": error.code})
            return False

    def _hand_out(self) -> bool:
        """Claim one job if a thread is free."""
        if not self._slots.acquire(blocking=False):
            return False
        claimed: list[ClaimedJob] = []
        try:
            claimed = self._claim(1)
        finally:
            if not claimed:
                self._slots.release()
        for job in claimed:
            self._running[job.job.key] = job
            self._queue.put(job)
        return bool(claimed)

    def _claim(self, limit: int) -> list[ClaimedJob]:
        command = ClaimJobs(owner=self._owner, limit=limit, lease_seconds=self._lease)
        return list(self._engine.execute(command))

    def _serve(self) -> None:
        """Run handed-out jobs until stopped."""
        while (claimed := self._queue.get()) is not None:
            try:
                run_job(self._engine, claimed)
            except Exception:  # the lease lapses and the job is tried again
                _log.exception("job left to its lease", extra={"action": "run_job"})
            finally:
                self._running.pop(claimed.job.key, None)
                self._slots.release()
                self._hint.set()

    def _listen(self) -> None:
        """Be woken by other processes; without it work is found a little later by polling."""
        while not self._stopping.is_set():
            try:
                listen(self._engine.database, self.wake, self._stopping.is_set)
                return
            except Exception:  # the connection broke; polling goes on meanwhile
                _log.warning("listening failed", exc_info=True, extra={"action": "listen"})
                self._stopping.wait(_LONGEST_PAUSE)

    def _heartbeat(self) -> None:
        """Prolong the leases of running jobs at a third of their length."""
        while not self._stopping.wait(self._lease / 3):
            for claimed in list(self._running.values()):
                self._prolong(claimed)

    def _prolong(self, claimed: ClaimedJob) -> None:
        command = ExtendLease(
            job_key=claimed.job.key, fence=claimed.fence, lease_seconds=self._lease
        )
        try:
            if not self._engine.execute(command):
                self._running.pop(claimed.job.key, None)
                _log.warning("lease lost", extra={"action": "heartbeat", "job": claimed.job.key})
        except Exception:  # a missed beat is not yet a lost lease
            _log.exception("heartbeat failed", extra={"action": "heartbeat"})
