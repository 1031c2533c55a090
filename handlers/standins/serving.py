"""Start the stand-ins: one process, one loopback port."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from waitress.server import create_server

from handlers.standins.application import Application, Habits
from handlers.standins.courier import Courier
from handlers.standins.signature import Keys
from handlers.standins.storage import Storage

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path


def serve(
    listener: socket.socket,
    *,
    folder: Path,
    server: str,
    keys: Mapping[str, Mapping[str, str]],
    now: Callable[[], datetime],
    habits: Mapping[str, Any] | None = None,
) -> None:
    """Serve until interrupted.

    Args:
        listener: bound socket.
        folder: where the stand-ins keep what they got.
        server: address of the procurement system.
        keys: by system, the fields of ``Keys``.
        now: gives the machine's time.
        habits: what they do by themselves, the fields of ``Habits``.
    """
    shared = {system: Keys(**given) for system, given in keys.items()}
    storage = Storage(folder / "standins.db")
    courier = Courier(storage, server, shared, now)
    courier.start()
    application = Application(storage, courier, shared, now, Habits(**(habits or {})))
    create_server(application, sockets=[listener], threads=8, ident="standin").run()
