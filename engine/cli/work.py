"""``procureflow work``: worker threads without web pages, for further machines."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Any

from engine.cli.installation import open_engine
from engine.worker import Worker

if TYPE_CHECKING:
    import argparse

    from engine.cli.voice import Voice
    from engine.settings import Settings


def add(commands: argparse._SubParsersAction[Any], voice: Voice) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "work", help=voice.pick("只运行后台作业", "run background jobs only")
    )
    parser.add_argument(
        "--once",
        action="store_true",
        help=voice.pick("处理完到期的作业后退出", "run what is due now, then end"),
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Work until interrupted, or once."""
    engine = open_engine(settings)
    worker = Worker(engine, threads=max(1, settings.worker_threads))
    try:
        if arguments.once:
            done = worker.run_due()
            voice.say(f"已处理 {done} 项。", f"{done} done.")
            return 0
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _signal, _frame: stopping.set())
        worker.start()
        voice.say("后台作业已启动，按 Ctrl+C 停止。", "Working, Ctrl+C stops.")
        stopping.wait()
        return 0 if worker.stop() else 1
    finally:
        engine.close()
