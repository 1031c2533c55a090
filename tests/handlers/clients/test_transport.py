"""One request to an outside system: limited in time and size, never led elsewhere."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from engine.handler import UnreachableError
from handlers.clients import transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def answering(*pieces: bytes) -> Callable[[socket.socket], None]:
    """Return a server's behaviour: read a request, send these pieces, close."""

    def answer(connection: socket.socket) -> None:
        connection.recv(65_536)
        for piece in pieces:
            connection.sendall(piece)

    return answer


@contextmanager
def server(behave: Callable[[socket.socket], None]) -> Iterator[str]:
    """Serve one connection after the other; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)

        def run() -> None:
            while True:
                try:
                    connection, _address = listener.accept()
                except OSError:
                    return
                with connection:
                    try:
                        behave(connection)
                    except OSError:
                        return

        threading.Thread(target=run, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/messages"


def test_an_answer_comes_back_with_status_headers_and_body() -> None:
    with server(answering(b"HTTP/1.1 422 No\r\nX-A: b\r\nContent-Length: 2\r\n\r\n{}")) as address:
        answer = transport.post(address, b"{}", {})

    assert (answer.status, answer.body, answer.headers["x-a"]) == (422, b"{}", "b")


def test_nobody_there_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(UnreachableError):
        transport.post(f"http://127.0.0.1:{port}/messages", b"{}", {})


def test_a_redirect_is_not_followed() -> None:
    asked: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        asked.append(connection.recv(65_536))
        connection.sendall(
            b"HTTP/1.1 307 Elsewhere\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
        )

    with server(answer) as address:
        assert transport.post(address, b"{}", {}).status == 307

    assert len(asked) == 1


def test_a_large_answer_is_cut_off() -> None:
    piece = b"x" * 8_192

    with (
        server(answering(b"HTTP/1.1 200 OK\r\n\r\n", *[piece] * 100)) as address,
        pytest.raises(UnreachableError, match="exceeds"),
    ):
        transport.post(address, b"{}", {})


def test_an_answer_that_breaks_off_is_unreachable() -> None:
    with (
        server(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")) as address,
        pytest.raises(UnreachableError),
    ):
        transport.post(address, b"{}", {})


def test_no_answer_in_time_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "READ_SECONDS", 0.2)
    done = threading.Event()

    def sleep(_connection: socket.socket) -> None:
        done.wait(10)

    with server(sleep) as address:
        with pytest.raises(UnreachableError):
            transport.post(address, b"{}", {})
        done.set()


def test_an_answer_in_drops_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "TOTAL_SECONDS", 0.3)
    done = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not done.wait(0.05):
            connection.sendall(b".")

    with server(drip) as address:
        with pytest.raises(UnreachableError, match="within"):
            transport.post(address, b"{}", {})
        done.set()


def test_what_is_not_http_is_unreachable() -> None:
    with server(answering(b"SSH-2.0-OpenSSH\r\n")) as address, pytest.raises(UnreachableError):
        transport.post(address, b"{}", {})
