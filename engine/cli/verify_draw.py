"""``procureflow verify-draw FILE``: check the protocol of a random draw, without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from engine.cli.installation import entry_point
from engine.errors import ConfigurationError

if TYPE_CHECKING:
    import argparse

    from engine.cli.voice import Voice
    from engine.settings import Settings

#: Below the package of the handlers: ``function(document, noted)``, see docs/draws.md.
_VERIFIER: Final = "draws.verifier:verify"


def add(commands: argparse._SubParsersAction[Any], voice: Voice) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "verify-draw",
        help=voice.pick("核对随机抽取的记录文件", "check the protocol of a random draw"),
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    for name, zh, en in (
        ("--list", "抽取前公布的名单摘要", "digest of the list, published before the draw"),
        ("--commitment", "抽取前公布的承诺，可多次", "commitment published before the draw"),
    ):
        help_text = voice.pick(zh, en)
        parser.add_argument(name, action="append", default=[], metavar="HEX", help=help_text)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Check; exit status 1 when anything is wrong."""
    noted = (*arguments.list, *arguments.commitment)
    found = entry_point(f"{settings.handler_package}.{_VERIFIER}")(_read(arguments.file), noted)
    for zh, en in found:
        voice.complain(zh, en)
    if not found:
        voice.say(
            "核对无误：抽取结果可由名单和各方随机数重新算出。",
            "The draw is right: its result follows from the list and the contributions.",
        )
    return 1 if found else 0


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(
            f"无法读取文件 {file}，请核对路径（{error.strerror}）。",
            f"Cannot read {file}; check the path ({error.strerror}).",
        ) from error
    except ValueError as error:
        raise ConfigurationError(
            f"{file} 不是 JSON 文件，请使用系统导出的抽取记录。", f"{file} is not JSON."
        ) from error
