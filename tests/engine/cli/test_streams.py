"""Streams that stay open take no thread, tell their readers, and never starve the pages."""

from __future__ import annotations

import socket
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from waitress.server import create_server

from engine.cli.streams import HOLD_OPEN, Streams, hold_streams

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.cli.streams import Stream

THREADS = 2
PATIENCE = 5.0


class Site:
    """A server with two threads whose ``/events`` stays open."""

    def __init__(self, most: int) -> None:
        self.opened: list[Stream] = []
        self._sockets: list[socket.socket] = []
        self.server: Any = create_server(
            self.application, host="127.0.0.1", port=0, threads=THREADS, connection_limit=200
        )
        self.streams: Streams = hold_streams(self.server, most)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()

    def application(self, environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        if environ["PATH_INFO"] == "/events":
            environ[HOLD_OPEN](self.opened.append)
            start_response("200 OK", [("Content-Type", "text/event-stream")])
            return iter([b"data: 0\n\n"])
        start_response("200 OK", [("Content-Type", "text/plain")])
        return iter([b"page"])

    def connect(self, path: str) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.server.effective_port), PATIENCE)
        self._sockets.append(connection)
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        return connection

    def end(self) -> None:
        for connection in self._sockets:
            connection.close()
        wait_for(lambda: self.streams.open == 0 and not self.server.active_channels)
        # By the thread that waits on these sockets, or it waits on what is closed.
        self.server.trigger.pull_trigger(self.server.close)
        self.thread.join(PATIENCE)
        self.server.task_dispatcher.shutdown()

    def read_until(self, connection: socket.socket, words: bytes) -> bytes:
        found = b""
        while words not in found:
            more = connection.recv(4096)
            assert more, found
            found += more
        return found


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site(most=50)
    yield site
    site.end()


def wait_for(condition: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_many_open_streams_leave_every_thread_to_pages(site: Site) -> None:
    held = [site.connect("/events") for _ in range(40)]
    for connection in held:
        site.read_until(connection, b"data: 0")
    wait_for(lambda: len(site.opened) == 40)

    for _ in range(20):
        page = site.connect("/page")
        assert b"200 OK" in site.read_until(page, b"page")
        page.close()
    assert site.streams.open == 40


@pytest.fixture
def restless() -> Iterator[None]:
    """Let threads take turns all the time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("restless")
def test_what_many_threads_send_at_once_arrives_whole(site: Site) -> None:
    connection = site.connect("/events")
    site.read_until(connection, b"data: 0")
    wait_for(lambda: site.opened)
    lines = [b"data: %d\n\n" % number for number in range(1000, 3000)]

    def send(own: list[bytes]) -> None:
        for line in own:
            assert site.opened[0].send(line)

    writers = [threading.Thread(target=send, args=(lines[start::4],)) for start in range(4)]
    for writer in writers:
        writer.start()
    found = b""
    while found.count(b"data:") < len(lines):
        found += connection.recv(65536)
    for writer in writers:
        writer.join()

    assert sorted(line for line in found.split(b"\r\n") if line.startswith(b"data")) == lines


def test_what_is_sent_arrives(site: Site) -> None:
    connection = site.connect("/events")
    site.read_until(connection, b"data: 0")
    wait_for(lambda: site.opened)

    assert site.opened[0].send(b"data: 7\n\n")

    assert b"data: 7" in site.read_until(connection, b"data: 7")


def test_a_reader_who_leaves_gives_the_place_back(site: Site) -> None:
    connection = site.connect("/events")
    site.read_until(connection, b"data: 0")
    wait_for(lambda: site.streams.open == 1 and site.opened)

    connection.close()

    wait_for(lambda: site.streams.open == 0)
    assert not site.opened[0].send(b"data: 1\n\n")


def test_a_stream_that_is_closed_ends_for_its_reader(site: Site) -> None:
    connection = site.connect("/events")
    site.read_until(connection, b"data: 0")
    wait_for(lambda: site.opened)

    site.opened[0].close()

    while connection.recv(4096):
        pass
    wait_for(lambda: site.streams.open == 0)


def test_beyond_the_most_a_stream_ends_after_its_first_event() -> None:
    site = Site(most=1)
    first, second = site.connect("/events"), site.connect("/events")
    site.read_until(first, b"data: 0")

    answer = site.read_until(second, b"data: 0")
    while more := second.recv(4096):
        answer += more

    assert b"data: 0" in answer
    assert site.streams.open == 1
    site.end()


def test_a_stream_that_is_closed_ends_whole(site: Site) -> None:
    connection = site.connect("/events")
    site.read_until(connection, b"data: 0")
    wait_for(lambda: site.opened)

    site.opened[0].close()

    # Without the last chunk a browser reports a broken response (RFC 9112 §7.1).
    assert site.read_until(connection, b"0\r\n\r\n").endswith(b"0\r\n\r\n")
