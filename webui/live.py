"""Keeps the bell of open pages up to date: one thread, however many pages there are.

The server holds the event streams open without a thread each (``procureflow.hold_open``); where a
server cannot, a stream is one event and the browser comes again. A page that gets no stream asks
now and then, and without scripts the number is as old as the page.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final, Protocol

from engine.errors import NotAllowedError
from engine.model.participants import SYSTEM, Actor
from engine.queries import BellCount, LastChange

if TYPE_CHECKING:
    from engine.runtime import Engine

#: Seconds between two looks whether anything has happened, and between two signs of life, which
#: find out who has gone.
LOOK: Final = 2.0
SIGN_OF_LIFE: Final = 25.0
#: Milliseconds after which a browser whose stream has ended comes again.
RETRY: Final = 15_000


class Stream(Protocol):
    """An open response."""

    def send(self, data: bytes) -> bool:
        """Write; ``False`` when the reader has gone."""

    def close(self) -> None:
        """End it."""


class Live:
    """Everybody whose bell is watched."""

    def __init__(self, engine: Engine, look: float = LOOK) -> None:
        """Watch ``engine``; the thread begins with the first stream."""
        self._engine = engine
        self._look = look
        self._lock = threading.Lock()
        self._streams: dict[Stream, tuple[str, int]] = {}
        self._thread: threading.Thread | None = None

    def join(self, login: str, count: int, stream: Stream) -> None:
        """Tell ``stream`` from now on when the count of ``login`` is no longer ``count``."""
        with self._lock:
            self._streams[stream] = (login, count)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="live", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        """Look until nobody watches any more; an error sends everybody to come again."""
        seen, alive = -1, time.monotonic()
        try:
            while self._is_watched():
                newest = self._engine.ask(LastChange(), SYSTEM)
                if newest != seen:
                    self._tell()
                seen = newest
                if time.monotonic() - alive > SIGN_OF_LIFE:
                    self._ping()
                    alive = time.monotonic()
                time.sleep(self._look)
        finally:
            self._end()

    def _end(self) -> None:
        with self._lock:
            left, self._streams = list(self._streams), {}
            self._thread = None
        for stream in left:
            stream.close()

    def _is_watched(self) -> bool:
        with self._lock:
            return bool(self._streams)

    def _tell(self) -> None:
        counts: dict[str, int | None] = {}
        for stream, (login, before) in self._watched():
            if login not in counts:
                counts[login] = self._count(login)
            count = counts[login]
            if count is None:
                self._drop(stream)
            elif count != before:
                self._send(stream, event(count), (login, count))

    def _count(self, login: str) -> int | None:
        """Return the number; ``None`` for an account that was disabled meanwhile."""
        try:
            return self._engine.ask(BellCount(), Actor(login=login))
        except NotAllowedError:
            return None

    def _drop(self, stream: Stream) -> None:
        with self._lock:
            self._streams.pop(stream, None)
        stream.close()

    def _ping(self) -> None:
        for stream, known in self._watched():
            self._send(stream, b":\n\n", known)

    def _watched(self) -> list[tuple[Stream, tuple[str, int]]]:
        with self._lock:
            return list(self._streams.items())

    def _send(self, stream: Stream, data: bytes, known: tuple[str, int]) -> None:
        arrived = stream.send(data)
        with self._lock:
            if arrived:
                self._streams[stream] = known
            else:
                self._streams.pop(stream, None)


def event(count: int) -> bytes:
    """Return a server-sent event with the number on the bell."""
    return f"retry: {RETRY}\ndata: {count}\n\n".encode()
