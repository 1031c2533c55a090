"""``procureflow dmn check|eval``: look at a decision table without deploying it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.dmn_explanation import Explanation, Trial
from engine.cli.dmn_inputs import known_inputs, read_inputs
from engine.clock import SystemClock
from engine.dmn import UnknownDecisionError, check, read_model
from engine.errors import ConfigurationError, DeploymentRefusedError, RuleNoMatchError
from engine.feel import feel_repr, from_feel
from engine.feel.office import OFFICE, set_now

if TYPE_CHECKING:
    import argparse

    from engine.cli.voice import Voice
    from engine.dmn import DmnModel
    from engine.errors import Finding
    from engine.settings import Settings


def add(commands: argparse._SubParsersAction[Any], voice: Voice) -> None:
    """Declare the commands."""
    parser = commands.add_parser("dmn", help=voice.pick("检查或试算决策表", "try decision tables"))
    verbs = parser.add_subparsers(required=True, metavar="check|eval")
    _add_check(verbs, voice)
    _add_eval(verbs, voice)


def _add_check(verbs: argparse._SubParsersAction[Any], voice: Voice) -> None:
    checking = verbs.add_parser(
        "check", help=voice.pick("查找缺口、重叠和无用规则", "find gaps, overlaps, dead rules")
    )
    checking.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="FILE",
        help=voice.pick("DMN 文件或文件夹", "DMN file or folder"),
    )
    _add_json(checking, voice)
    checking.set_defaults(run=run_check)


def _add_eval(verbs: argparse._SubParsersAction[Any], voice: Voice) -> None:
    trying = verbs.add_parser(
        "eval",
        help=voice.pick("试算并说明命中的规则", "evaluate, and say which rules apply"),
    )
    trying.add_argument("file", type=Path, metavar="FILE")
    trying.add_argument(
        "decision",
        nargs="?",
        default="",
        metavar="DECISION",
        help=voice.pick("决策编号或名称", "id or name of the decision"),
    )
    trying.add_argument(
        "--input",
        "-i",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=voice.pick(
            "名称或列标题=值，例如 -i 金额=300 -i 类别=货物", "such as -i amount=300 -i kind=goods"
        ),
    )
    trying.add_argument(
        "--inputs",
        default="",
        metavar="JSON",
        help=voice.pick("输入（JSON 对象）", "inputs as a JSON object"),
    )
    _add_json(trying, voice)
    trying.set_defaults(run=run_eval)


def _add_json(parser: argparse.ArgumentParser, voice: Voice) -> None:
    parser.add_argument("--json", action="store_true", help=voice.pick("输出 JSON", "print JSON"))


def run_check(arguments: argparse.Namespace, _settings: Settings, voice: Voice) -> int:
    """Check files and what is in folders; exit status 1 on any error."""
    files = [file for path in arguments.paths for file in _files(path)]
    found = [finding for file in files for finding in _findings(file)]
    errors = sum(finding.severity == "error" for finding in found)
    if arguments.json:
        voice.show_json([asdict(finding) for finding in found])
        return 1 if errors else 0
    voice.findings(found)
    warnings = len(found) - errors
    voice.say(
        f"检查了 {len(files)} 个文件：{errors} 个错误，{warnings} 个警告。",
        f"{len(files)} files: {errors} errors, {warnings} warnings.",
    )
    return 1 if errors else 0


def run_eval(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Evaluate one decision and show why; exit status 1 when no rule applies."""
    set_now((settings.clock() or SystemClock()).now())
    model = _read(arguments.file)
    decision = _decision(model, arguments.decision)
    known = known_inputs(model, decision)
    given = read_inputs(arguments.input, arguments.inputs, known)
    result = model.evaluate(decision, given)
    trial = Trial(
        decision=decision,
        known=known,
        given=given,
        result=result,
        matched=_goes_on(model, decision, given),
    )
    if arguments.json:
        voice.show_json(_to_json(trial, model))
    else:
        Explanation(trial, model, voice).speak()
    return 0 if trial.matched else 1


def _goes_on(model: DmnModel, decision: str, given: dict[str, object]) -> bool:
    """Ask as a process does, for which no match is an error."""
    try:
        model.evaluate(decision, given, require_match=True)
    except RuleNoMatchError:
        return False
    return True


def _to_json(trial: Trial, model: DmnModel) -> dict[str, object]:
    return {
        "decision": trial.decision,
        "inputs": {name: feel_repr(value) for name, value in trial.given.items()},
        "missing": trial.missing(model),
        "matched": trial.matched,
        "value": from_feel(trial.result.value),
        "trace": [step.to_json() for step in trial.result.trace],
        "warnings": [warning.to_json() for warning in trial.result.warnings],
    }


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(path.rglob("*.dmn"))
    if not files:
        raise ConfigurationError(
            f"文件夹 {path} 中没有 DMN 文件（*.dmn）。", f"No DMN file (*.dmn) in {path}."
        )
    return files


def _findings(file: Path) -> list[Finding]:
    try:
        return list(check(_read(file)))
    except DeploymentRefusedError as error:
        return list(error.findings)


def _read(file: Path) -> DmnModel:
    """Read a file, if need be with the models beside it that it may import."""
    data = _bytes(file)
    try:
        return read_model(data, file.as_posix(), library=OFFICE)
    except DeploymentRefusedError:
        return read_model(data, file.as_posix(), _beside(file), library=OFFICE)


def _beside(file: Path) -> dict[str, DmnModel]:
    """Return the models of the same folder that import nothing themselves, by namespace."""
    found: dict[str, DmnModel] = {}
    for other in sorted(file.parent.glob("*.dmn")):
        if other != file:
            try:
                model = read_model(_bytes(other), other.as_posix(), library=OFFICE)
            except DeploymentRefusedError:
                continue
            found.setdefault(model.definitions.namespace, model)
    return found


def _bytes(file: Path) -> bytes:
    if file.is_dir():
        raise ConfigurationError(
            f"{file} 是文件夹，请指定一个 DMN 文件。", f"{file} is a folder; name a DMN file."
        )
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"文件 {file} 不存在，请核对路径。", f"There is no file {file}; check the path."
        ) from error
    except OSError as error:
        raise ConfigurationError(
            f"无法读取文件 {file}，请检查权限（{error.strerror}）。",
            f"Cannot read {file}; check its permissions ({error.strerror}).",
        ) from error


def _decision(model: DmnModel, key: str) -> str:
    """Return the id of the decision that was named, or of the only one."""
    decisions = model.decisions
    if not key and len(decisions) == 1:
        return next(iter(decisions))
    for described in decisions.values():
        if key in (described.id, described.name):
            return described.id
    shown = [f"{described.id}（{described.name}）" for described in decisions.values()]
    if key:
        raise UnknownDecisionError("决策", "decision", key, shown)
    raise ConfigurationError(
        f"文件中有多个决策，请指定其一：{'、'.join(shown) or '无'}。",
        f"The file has several decisions, name one: {', '.join(shown) or 'none'}.",
    )
