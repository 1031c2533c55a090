"""``procureflow serve``: the web pages and, in the same process, the worker threads."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING, Any

from waitress.server import create_server

from engine.cli.installation import entry_point, open_engine
from engine.cli.streams import CONNECTIONS, hold_streams
from engine.errors import ConfigurationError
from engine.partners import Unconfigured
from engine.worker import Worker

if TYPE_CHECKING:
    import argparse

    from engine.cli.voice import Voice
    from engine.runtime import Engine
    from engine.settings import Settings


def add(commands: argparse._SubParsersAction[Any], voice: Voice) -> None:
    """Declare the command."""
    parser = commands.add_parser("serve", help=voice.pick("启动网页服务", "serve the web pages"))
    parser.add_argument("--host", help=voice.pick("监听地址", "address to listen on"))
    parser.add_argument("--port", type=int, help=voice.pick("端口", "TCP port"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Serve until interrupted."""
    host, port = arguments.host or settings.host, arguments.port or settings.port
    engine = open_engine(settings)
    try:
        application = entry_point(settings.web_factory)(engine, settings)
        with listening(host, port) as listener:
            server = create_server(
                application,
                sockets=[listener],
                threads=settings.web_threads,
                ident="procureflow",
                connection_limit=CONNECTIONS,
                asyncore_use_poll=True,
                **_proxy(settings),
            )
            hold_streams(server)
            voice.say(
                f"服务已启动：http://{host}:{port}/ ，按 Ctrl+C 停止。",
                f"Serving on http://{host}:{port}/ , Ctrl+C stops.",
            )
            if settings.partners.unconfigured is Unconfigured.DEVELOPMENT:
                voice.say(
                    "没有配置地址的外部系统：消息保存在“外部系统—开发发件箱”，不会真正发出。",
                    "Outside systems without an address: messages stay in the development outbox.",
                )
            _run(server, engine, settings)
    finally:
        engine.close()
    return 0


def _proxy(settings: Settings) -> dict[str, Any]:
    """Return what waitress needs to see the readers' own addresses behind a proxy."""
    if not settings.trusted_proxy:
        return {}
    return {
        "trusted_proxy": settings.trusted_proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


def _run(server: Any, engine: Engine, settings: Settings) -> None:
    """Serve with workers beside; SIGTERM ends both as Ctrl+C does."""
    signal.signal(signal.SIGTERM, interrupt)
    worker = Worker(engine) if settings.worker_threads else None
    if worker is not None:
        worker.start()
    try:
        server.run()
    finally:
        if worker is not None:
            worker.stop()
        server.close()


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        ConfigurationError: the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ConfigurationError(
            f"无法监听 {host}:{port}（{error.strerror}），请关闭占用该端口的程序，"
            "或设置 PROCUREFLOW_PORT。",
            f"Cannot listen on {host}:{port} ({error.strerror}); stop what uses it or set"
            " PROCUREFLOW_PORT.",
        ) from error


def interrupt(_signal: int, _frame: object) -> None:
    """End as Ctrl+C does."""
    raise KeyboardInterrupt
