"""``procureflow import``: make a file drawn elsewhere run here, and say what changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import ConfigurationError
from engine.importing import import_model

if TYPE_CHECKING:
    import argparse

    from engine.cli.voice import Voice
    from engine.importing import Imported
    from engine.settings import Settings


def add(commands: argparse._SubParsersAction[Any], voice: Voice) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "import", help=voice.pick("导入其他设计器的流程图", "import a model drawn elsewhere")
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help=voice.pick(
            "写入转换后的流程图；表单写入 forms/", "write the copy, and its forms to forms/"
        ),
    )
    parser.add_argument("--json", action="store_true", help=voice.pick("输出 JSON", "print JSON"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, _settings: Settings, voice: Voice) -> int:
    """Import; the copy is written even when a person has to finish it (exit status 1)."""
    imported = import_model(_read(arguments.file), arguments.file.name)
    if arguments.out is not None:
        _write(imported, arguments.file, arguments.out)
    if arguments.json:
        voice.show_json({"file": str(arguments.file), **imported.to_json()})
    else:
        _tell(imported, arguments, voice)
    return 0 if imported.is_runnable else 1


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"无法读取文件 {file}（{error.strerror}）。", f"Cannot read {file}: {error.strerror}."
        ) from error


def _write(imported: Imported, file: Path, out: Path) -> None:
    """Write the copy and its forms; the original is never overwritten."""
    if out.exists() and out.samefile(file):
        raise ConfigurationError(
            f"--out 不能与原文件相同（{file}），原文件要保留。",
            f"--out must not be the original file ({file}), which is kept.",
        )
    forms = {_forms_folder(out) / name: data for name, data in imported.forms.items()}
    for path, data in forms.items():
        if path.exists() and path.read_bytes() != data:
            raise ConfigurationError(
                f"表单 {path} 已存在且内容不同，未写入任何文件；请先移走。",
                f"The form {path} exists and differs; nothing was written. Move it away first.",
            )
    files = {out: imported.normalised, **forms}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        raise ConfigurationError(
            f"无法写入 {out}（{error.strerror}）。", f"Cannot write {out}: {error.strerror}."
        ) from error


def _forms_folder(out: Path) -> Path:
    """Return ``forms`` beside ``processes`` for a file in a package, else beside the file."""
    package = out.absolute().parent
    root = package.parent.parent if package.parent.name == "processes" else package
    return root / "forms"


def _tell(imported: Imported, arguments: argparse.Namespace, voice: Voice) -> None:
    dialect, evidence = imported.dialect.value, "; ".join(imported.evidence[:3])
    voice.say(
        f"识别为 {dialect}（依据：{evidence or '没有其他产品的内容'}）。",
        f"Recognised as {dialect} ({evidence or 'nothing of another product in it'}).",
    )
    for change in imported.changes:
        text = voice.pick(change.message_zh, change.message_en)
        voice.say(*[f"#{change.element_id} {text}"] * 2)
    errors = voice.findings(imported.findings)
    warnings = len(imported.findings) - errors
    voice.say(
        f"{len(imported.changes)} 处改动，{len(imported.forms)} 个表单，"
        f"{errors} 处必须人工处理，{warnings} 处请核对。",
        f"{len(imported.changes)} changes, {len(imported.forms)} forms, {errors} to be solved by"
        f" a person, {warnings} to be checked.",
    )
    if arguments.out is not None:
        voice.say(f"已写入 {arguments.out}。", f"Wrote {arguments.out}.")
