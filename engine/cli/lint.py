"""``procureflow lint``: check packages without a database; exit status 1 on any error."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.catalog import check_package, find_packages, read_package
from engine.cli.installation import load_handlers
from engine.clock import SystemClock
from engine.feel.office import set_now
from engine.handler import registry

if TYPE_CHECKING:
    import argparse

    from engine.cli.voice import Voice
    from engine.settings import Settings


def add(commands: argparse._SubParsersAction[Any], voice: Voice) -> None:
    """Declare the command."""
    parser = commands.add_parser("lint", help=voice.pick("检查流程包", "check packages"))
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--json", action="store_true", help=voice.pick("输出 JSON", "print JSON"))
    parser.add_argument(
        "--quiet", action="store_true", help=voice.pick("不显示警告", "leave warnings out")
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Check."""
    load_handlers(settings.handler_package)
    set_now((settings.clock() or SystemClock()).now())
    folders = [folder for path in arguments.paths for folder in find_packages(path)]
    found = [
        finding for folder in folders for finding in check_package(read_package(folder), registry)
    ]
    errors = sum(finding.severity == "error" for finding in found)
    shown = [item for item in found if item.severity == "error" or not arguments.quiet]
    if arguments.json:
        voice.show_json([asdict(item) for item in shown])
        return 1 if errors else 0
    voice.findings(shown)
    warnings = len(found) - errors
    voice.say(
        f"检查了 {len(folders)} 个流程包：{errors} 个错误，{warnings} 个警告。",
        f"{len(folders)} packages: {errors} errors, {warnings} warnings.",
    )
    return 1 if errors else 0
