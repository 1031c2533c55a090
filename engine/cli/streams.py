"""Responses that stay open without a thread: what ``procureflow serve`` adds to waitress.

Waitress gives every request a thread until its response ends, so a handful of open event streams
would leave none for pages. Here the application may ask, by the WSGI environment's
``procureflow.hold_open``, that its response stays open after the body it returns: the thread goes
back to the pool, and whoever got the ``Stream`` writes into the connection later. An open stream
costs a socket and a few hundred bytes.

This leans on waitress's task and channel (pinned in setup.cfg, guarded by tests/engine/cli).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.task import WSGITask

#: Connections at a time; waitress accepts no more, so streams must stay well below.
CONNECTIONS: Final = 1_000
#: Streams at a time; later ones get their first answer and are asked to come again.
MOST_STREAMS: Final = 500
HOLD_OPEN: Final = "procureflow.hold_open"

OnOpen = Callable[["Stream"], None]


class Stream:
    """An open response; may be written to from any thread."""

    def __init__(self, task: HoldingTask, ended: Callable[[], None]) -> None:
        """Keep the connection's task."""
        self._task = task
        self._ended = ended
        self._lock = threading.Lock()
        self._open = True

    def send(self, data: bytes) -> bool:
        """Write ``data``; ``False`` when the reader has gone."""
        with self._lock:
            if self._open and self._task.channel.connected:
                try:
                    self._task.write(data)
                    self._task.channel.server.pull_trigger()
                except (ClientDisconnected, OSError):
                    pass
                else:
                    return True
        self.close()
        return False

    def close(self) -> None:
        """End the response and the connection."""
        with self._lock:
            if not self._open:
                return
            self._open = False
        channel = self._task.channel
        if channel.connected:
            self._task.end_body()
            channel.close_when_flushed = True
            channel.server.pull_trigger()
        self._ended()


class Streams:
    """Counts what is open."""

    def __init__(self, most: int = MOST_STREAMS) -> None:
        """Allow ``most`` at a time."""
        self._most = most
        self._open = 0
        self._lock = threading.Lock()

    @property
    def open(self) -> int:
        """How many are open."""
        return self._open

    def begin(self) -> bool:
        """Take a place; ``False`` when there is none."""
        with self._lock:
            if self._open >= self._most:
                return False
            self._open += 1
            return True

    def end(self) -> None:
        """Give the place back."""
        with self._lock:
            self._open -= 1


class HoldingTask(WSGITask):  # type: ignore[misc]  # waitress has no types
    """A request whose response may stay open."""

    _on_open: OnOpen | None = None

    def get_environment(self) -> dict[str, Any]:
        """Offer ``procureflow.hold_open``."""
        environ: dict[str, Any] = super().get_environment()
        environ[HOLD_OPEN] = self.hold_open
        return environ

    def hold_open(self, on_open: OnOpen) -> bool:
        """Leave the response open and hand it to ``on_open``; ``False`` when it must end."""
        if self.version != "1.1" or not self.channel.streams.begin():
            return False
        self._on_open = on_open
        return True

    def end_body(self) -> None:
        """Write the last chunk: a body that just stops is an error to the browser."""
        with suppress(ClientDisconnected, OSError):
            super().finish()

    def finish(self) -> None:
        """End the response, unless it is to stay open."""
        on_open = self._on_open
        if on_open is None:
            super().finish()
            return
        if not self.wrote_header:
            self.write(b"")
        # The thread goes back to its pool; the connection waits for nothing else.
        self.close_on_finish = False
        stream = Stream(self, self.channel.streams.end)
        self.channel.stream = stream
        on_open(stream)


def hold_streams(server: Any, most: int = MOST_STREAMS) -> Streams:
    """Let a waitress server hold responses open; before its first connection.

    Args:
        server: from ``waitress.create_server``.
        most: streams at a time.
    """
    streams = Streams(most)

    class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
        """A connection that serves ``HoldingTask``."""

        task_class = HoldingTask
        stream: Stream | None = None

        def _flush_some(self, do_close: bool = True) -> bool:
            """Send with the lock held: no request runs here, yet a stream is being written to."""
            with self.outbuf_lock:
                return bool(super()._flush_some(do_close=do_close))

        def handle_close(self) -> None:
            """Give the stream's place back at once."""
            super().handle_close()
            if self.stream is not None:
                self.stream.close()

    Channel.streams = streams
    server.channel_class = Channel
    return streams
