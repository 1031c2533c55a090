"""``procureflow …``: one module per command; this one only finds and runs them."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from engine.cli import (
    benchmark,
    demo,
    deploy,
    dmn,
    doctor,
    import_file,
    lint,
    migrate,
    serve,
    simulate,
    verify,
    verify_draw,
    work,
)
from engine.cli.voice import Voice
from engine.errors import DeploymentRefusedError, WorkflowError
from engine.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Each has ``add(commands)``, which declares its arguments and its ``run(arguments, voice)``.
_COMMANDS: Final = (
    *(serve, work, simulate, migrate, deploy, lint),
    *(import_file, demo, dmn, verify_draw, verify, doctor, benchmark),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; returns the exit status (0 = done, 1 = refused, 2 = misused)."""
    _speak_utf8()
    try:
        settings = Settings.from_environment()
    except WorkflowError as error:
        Voice("zh").complain(error.message_zh, error.message_en)
        return 1
    voice = Voice(settings.language)
    parsed = _parser(voice).parse_args(arguments)
    try:
        return int(parsed.run(parsed, settings, voice))
    except DeploymentRefusedError as error:
        voice.findings(error.findings)
    except WorkflowError as error:
        voice.complain(error.message_zh, error.message_en)
    except KeyboardInterrupt:
        return 130
    return 1


def _parser(voice: Voice) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="procureflow",
        description=voice.pick("采购流程引擎", "ProcureFlow, a BPMN workflow engine"),
        epilog=voice.pick(
            "设置来自 PROCUREFLOW_… 环境变量；PROCUREFLOW_LANGUAGE=en 显示英文。",
            "Settings come from PROCUREFLOW_… variables.",
        ),
    )
    commands = parser.add_subparsers(required=True, metavar=voice.pick("命令", "command"))
    for module in _COMMANDS:
        module.add(commands, voice)
    return parser


def _speak_utf8() -> None:
    """Let Chinese through where the locale would not (LANG=C)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
