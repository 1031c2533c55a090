"""``procureflow simulate``: stand-ins of the outside systems, in a second terminal."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any

from engine.cli.installation import entry_point, load_handlers
from engine.cli.serve import interrupt, listening
from engine.clock import SystemClock
from engine.handler import registry
from engine.partners import OUR_KEY_ID, derived_key

if TYPE_CHECKING:
    import argparse

    from engine.cli.voice import Voice
    from engine.settings import Settings


def add(commands: argparse._SubParsersAction[Any], voice: Voice) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "simulate", help=voice.pick("启动外部系统的模拟服务", "serve stand-ins of outside systems")
    )
    parser.add_argument(
        "what",
        choices=["centre"],
        help=voice.pick(
            "centre：交易中心、国库、短信网关、公告网站",
            "centre: trading centre, treasury, text messages, website",
        ),
    )
    parser.add_argument("--port", type=int, help=voice.pick("端口", "TCP port"))
    parser.add_argument(
        "--server", help=voice.pick("本系统的地址", "address of the procurement system")
    )
    parser.add_argument(
        "--lots",
        type=int,
        default=0,
        help=voice.pick("收到计划后自动推送的标段数", "lots that a plan gets by itself"),
    )
    parser.add_argument(
        "--pay",
        action="store_true",
        help=voice.pick("收到支付申请后自动支付", "pay every order by itself"),
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Serve until interrupted; the keys are those that both sides derive from the data folder."""
    load_handlers(settings.handler_package)
    secret = settings.secret_key()
    keys = {}
    for kind in sorted(registry.partner_kinds()):
        ours, theirs = derived_key(secret, kind, OUR_KEY_ID), derived_key(secret, kind, kind)
        keys[kind] = {
            "their_id": ours.key_id,
            "their_secret": ours.secret.decode(),
            "own_id": theirs.key_id,
            "own_secret": theirs.secret.decode(),
        }
    port = arguments.port or settings.partners.standins_port
    signal.signal(signal.SIGTERM, interrupt)
    with listening("127.0.0.1", port) as listener:
        voice.say(
            f"外部系统的模拟服务：http://127.0.0.1:{port}/ ，按 Ctrl+C 停止。"
            "本系统须以 PROCUREFLOW_PARTNERS=simulated 启动，并使用同一数据目录。",
            f"Stand-ins on http://127.0.0.1:{port}/ , Ctrl+C stops. Start the system with"
            " PROCUREFLOW_PARTNERS=simulated and the same data folder.",
        )
        entry_point(settings.standins)(
            listener,
            folder=settings.data_dir / "standins",
            server=arguments.server or f"http://127.0.0.1:{settings.port}",
            keys=keys,
            now=SystemClock().now,
            habits={"lots": max(0, min(arguments.lots, 20)), "pays": arguments.pay},
        )
    return 0
