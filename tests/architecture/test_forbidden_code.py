"""What the code base must not contain, or only at the one place that is named here."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from tests.support.source_code import EVERYTHING, ROOT, dotted, source_files

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The machine's time is read here; everything else is given a clock.
CLOCK_FILES: Final = {"engine/clock.py", "engine/model/keys.py"}
READS_THE_TIME: Final = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|localtime|gmtime))$"
)
RUNS_TEXT: Final = {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}
UNSAFE_MODULES: Final = {"pickle", "shelve", "marshal", "dill", "cloudpickle"}
#: A handler or SpiffWorkflow may raise anything: the job fails, the file is refused.
CATCH_ALL_FILES: Final = re.compile(r"engine/(worker|job_run|bpmn/reader\w*|bpmn/reader/.*)\.py")
CATCH_ALL: Final = {"Exception", "BaseException", ""}
VAGUE_NAMES: Final = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "service"}
DATA_FILES: Final = {".bpmn", ".dmn", ".toml", ".form", ".md"}


def test_one_place_commits() -> None:
    places = [
        f"{file.path}:{call.lineno}"
        for file in source_files("engine", "handlers", "webui")
        for name, call in file.calls()
        if name.rpartition(".")[2] == "commit"
    ]

    assert [place.partition(":")[0] for place in places] == ["engine/runtime.py"], places


def test_nothing_runs_text_as_code() -> None:
    assert _calls(RUNS_TEXT, ("engine", "handlers", "webui", "tools")) == []


def test_nothing_reads_pickles() -> None:
    found = [
        f"{file.path}:{node.lineno}"
        for file in source_files(*EVERYTHING)
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        if UNSAFE_MODULES & set(_imported(node))
    ]

    assert found == []


def test_only_the_worker_and_the_reader_catch_everything() -> None:
    found = [
        f"{file.path}:{node.lineno}"
        for file in source_files("engine", "handlers", "webui", "tools")
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ExceptHandler)
        if CATCH_ALL & set(_caught(node))
        if not CATCH_ALL_FILES.fullmatch(file.path)
    ]

    assert found == []


def test_only_the_clock_reads_the_time() -> None:
    found = [
        f"{file.path}:{call.lineno} {name}"
        for file in source_files("engine", "handlers", "webui")
        for name, call in file.calls()
        if READS_THE_TIME.search(name) and file.path not in CLOCK_FILES
    ]

    assert found == []


def test_nothing_is_asynchronous() -> None:
    found = [
        f"{file.path}:{node.lineno}"
        for file in source_files("engine", "handlers", "webui")
        for node in ast.walk(file.tree)
        if isinstance(node, ast.AsyncFunctionDef | ast.Await)
    ]

    assert found == []


def test_names_say_what_is_inside() -> None:
    vague = [
        file.path
        for file in source_files(*EVERYTHING)
        if VAGUE_NAMES & set(file.path.removesuffix(".py").split("/"))
    ]

    assert vague == []


def test_public_functions_and_classes_have_a_docstring() -> None:
    bare = [
        f"{file.path}:{node.lineno} {node.name}"
        for file in source_files("engine", "handlers", "webui", "tools")
        if "/versions/" not in file.path
        for node in _public(file.tree.body)
        if ast.get_docstring(node) is None
    ]

    assert bare == []


def test_procedures_and_forms_hold_no_code() -> None:
    files = [
        path
        for name in ("processes", "forms")
        for path in (ROOT / name).rglob("*")
        if path.is_file()
    ]

    assert files
    assert [str(path) for path in files if path.suffix not in DATA_FILES] == []


def _calls(names: set[str], folders: tuple[str, ...]) -> list[str]:
    return [
        f"{file.path}:{call.lineno} {name}"
        for file in source_files(*folders)
        for name, call in file.calls()
        if name in names
    ]


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").partition(".")[0]]
    return [alias.name.partition(".")[0] for alias in node.names]


def _caught(node: ast.ExceptHandler) -> list[str]:
    if node.type is None:
        return [""]
    kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return [dotted(kind) for kind in kinds]


def _public(
    body: Iterable[ast.stmt],
) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    found: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef] = []
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if node.name.startswith("_"):
                continue
            found.append(node)
            if isinstance(node, ast.ClassDef):
                found.extend(_public(node.body))
    return found
