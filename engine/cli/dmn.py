"""``procureflow dmn check|eval``: look at a decision table without deploying it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.dmn import check, read_model
from engine.errors import ConfigurationError
from engine.feel import compile_expression, from_feel, to_feel

if TYPE_CHECKING:
    import argparse

    from engine.cli.voice import Voice
    from engine.dmn import DmnModel
    from engine.settings import Settings


def add(commands: argparse._SubParsersAction[Any], voice: Voice) -> None:
    """Declare the commands."""
    parser = commands.add_parser("dmn", help=voice.pick("检查或试算决策表", "try decision tables"))
    verbs = parser.add_subparsers(required=True, metavar="check|eval")
    checking = verbs.add_parser(
        "check", help=voice.pick("查找缺口、重叠和无用规则", "find gaps, overlaps, dead rules")
    )
    checking.add_argument("file", type=Path)
    checking.set_defaults(run=run_check)
    trying = verbs.add_parser("eval", help=voice.pick("试算", "evaluate"))
    trying.add_argument("file", type=Path)
    trying.add_argument("decision", nargs="?", default="")
    trying.add_argument(
        "--input",
        "-i",
        action="append",
        default=[],
        metavar="NAME=FEEL",
        help=voice.pick('例如 -i 金额=300 -i 类别="货物"', "such as -i amount=300"),
    )
    trying.add_argument(
        "--json", default="", help=voice.pick("输入（JSON 对象）", "inputs as JSON")
    )
    trying.set_defaults(run=run_eval)


def run_check(arguments: argparse.Namespace, _settings: Settings, voice: Voice) -> int:
    """Check one file."""
    findings = check(_read(arguments.file))
    errors = voice.findings(findings)
    voice.say(
        f"{arguments.file.name}：{errors} 个错误，{len(findings) - errors} 个警告。",
        f"{arguments.file.name}: {errors} errors, {len(findings) - errors} warnings.",
    )
    return 1 if errors else 0


def run_eval(arguments: argparse.Namespace, _settings: Settings, voice: Voice) -> int:
    """Evaluate one decision and show why."""
    model = _read(arguments.file)
    decision = arguments.decision or _only_decision(model)
    result = model.evaluate(decision, _inputs(arguments))
    voice.show_json(
        {
            "decision": decision,
            "value": from_feel(result.value),
            "trace": [step.to_json() for step in result.trace],
            "warnings": [str(warning) for warning in result.warnings],
        }
    )
    return 0


def _read(file: Path) -> DmnModel:
    try:
        return read_model(file.read_bytes(), file.name)
    except OSError as error:
        raise ConfigurationError(
            f"无法读取文件 {file}（{error.strerror}）。", f"Cannot read {file}: {error.strerror}."
        ) from error


def _only_decision(model: DmnModel) -> str:
    names = list(model.decisions)
    if len(names) == 1:
        return names[0]
    raise ConfigurationError(
        f"请指定决策：{'、'.join(names)}。", f"Name the decision: {', '.join(names)}."
    )


def _inputs(arguments: argparse.Namespace) -> dict[str, object]:
    context: dict[str, object] = {}
    if arguments.json:
        try:
            context |= {key: to_feel(value) for key, value in json.loads(arguments.json).items()}
        except (ValueError, AttributeError) as error:
            raise ConfigurationError(
                f"--json 应为 JSON 对象：{error}", f"--json must be a JSON object: {error}"
            ) from error
    for pair in arguments.input:
        name, _, text = pair.partition("=")
        context[name] = compile_expression(text).evaluate({})
    return context
