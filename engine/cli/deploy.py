"""``procureflow deploy``: deploy packages, each whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.catalog import find_packages, read_package
from engine.cli.installation import open_engine
from engine.commands import DeployPackage

if TYPE_CHECKING:
    import argparse

    from engine.cli.voice import Voice
    from engine.settings import Settings


def add(commands: argparse._SubParsersAction[Any], voice: Voice) -> None:
    """Declare the command."""
    parser = commands.add_parser("deploy", help=voice.pick("部署流程包", "deploy packages"))
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument(
        "--warnings", action="store_true", help=voice.pick("显示警告", "show warnings")
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Deploy."""
    engine = open_engine(settings)
    try:
        for path in arguments.paths:
            for folder in find_packages(path):
                done = engine.execute(DeployPackage(package=read_package(folder)))
                if arguments.warnings:
                    voice.findings(done.warnings)
                _report(done.process_id, done.version, done.changed, len(done.warnings), voice)
    finally:
        engine.close()
    return 0


def _report(name: str, version: int, changed: bool, warnings: int, voice: Voice) -> None:
    noted_zh = f"，{warnings} 个警告（加 --warnings 查看）" if warnings else ""
    noted_en = f", {warnings} warnings (--warnings shows them)" if warnings else ""
    if changed:
        voice.say(
            f"已部署 {name} 第 {version} 版{noted_zh}。",
            f"Deployed {name} version {version}{noted_en}.",
        )
    else:
        voice.say(
            f"{name} 没有变化，仍为第 {version} 版{noted_zh}。",
            f"{name} is unchanged, version {version}{noted_en}.",
        )
