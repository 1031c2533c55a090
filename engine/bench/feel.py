"""Measures the FEEL language and decision tables by themselves, without a database.

Every figure is the best of many short rounds: other programs on the machine only ever add time,
and a round that fits between two turns of the scheduler is free of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import timeit
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from engine.bench.feel_tables import DECISION, SampleTable, sample_table
from engine.feel import compile_expression

if TYPE_CHECKING:
    from collections.abc import Callable

#: Wanted at most, by key of the report.
GOALS: Final[dict[str, float]] = {
    "compare_us": 5.0,
    "compare_ratio_lambda": 25.0,
    "compile_ms": 1.0,
    "table100_ms": 0.5,
    "import_ms": 50.0,
}
_ROUNDS: Final = 60
_IMPORTS: Final = 9
_ROOT: Final = Path(__file__).resolve().parents[2]
_COMPARISON: Final = 'amount >= 3000000 and method != "公开招标"'
#: Lines as analysts write them; ``{n}`` makes each one new to the cache of compiled texts.
_LINES: Final = (
    'amount >= {n} and method != "公开招标"',
    'if 预算金额 > {n} then "主管单位审核" else "业务处室初审"',
    "sum(items[数量 > {n}].单价) <= budget and every x in items satisfies x.单价 > 0",
    'date("2026-01-01") + duration("P{n}D") <= deadline or starts with(division, "4101")',
    'some item in items satisfies item.名称 = "第{n}包" and item.单价 in [1000..3000000)',
)
_LINE_NAMES: Final = frozenset(
    ["amount", "method", "预算金额", "items", "数量", "单价", "budget", "deadline", "division"]
)
#: Never begins anew: no text may be met a second time.
_NUMBERS: Final = count(1)
_IMPORT: Final = (
    "import time; wall, cpu = time.perf_counter(), time.process_time(); import engine.feel;"
    "print((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)"
)


def measure_feel() -> dict[str, Any]:
    """Return the figures, the goals and the keys of the goals that are missed.

    ``*_us`` are microseconds, ``*_ms`` milliseconds; a figure of a table is one evaluation.
    """
    figures = {
        **measure_comparison(),
        "compile_ms": round(_compile_seconds() * 1e3, 4),
        "table100_ms": round(table_seconds(sample_table(100)) * 1e3, 4),
        "table1000_ms": round(table_seconds(sample_table(1000)) * 1e3, 4),
        **measure_import(),
    }
    missed = [key for key, goal in GOALS.items() if figures[key] > goal]
    return {**figures, "goals": dict(GOALS), "missed": missed}


def measure_comparison() -> dict[str, float]:
    """Compare an amount and a text, both needed, in FEEL and as a function of Python.

    The function gets its two values as arguments and its limit as a ready ``Decimal``; FEEL looks
    the values up in the variables, as it does for a condition of a process.
    """
    expression = compile_expression(_COMPARISON, ("amount", "method"))
    limit = Decimal(3000000)
    plain: Callable[[Decimal, str], bool] = lambda amount, method: (  # noqa: E731 - what is compared
        amount >= limit and method != "公开招标"
    )
    context = {"amount": Decimal("3200000.00"), "method": "竞争性磋商"}
    amount, method = Decimal("3200000.00"), "竞争性磋商"
    calls = 1_000
    ours = theirs = float("inf")
    for _ in range(_ROUNDS):
        ours = min(ours, timeit.timeit(lambda: expression.evaluate(context), number=calls))
        theirs = min(theirs, timeit.timeit(lambda: plain(amount, method), number=calls))
    # both pay for the call of timeit's own lambda, which is no part of the comparison
    nothing = min(timeit.repeat(lambda: None, number=calls, repeat=_ROUNDS))
    return {
        "compare_us": round((ours - nothing) / calls * 1e6, 3),
        "compare_lambda_us": round((theirs - nothing) / calls * 1e6, 3),
        "compare_ratio_lambda": round((ours - nothing) / (theirs - nothing), 1),
    }


def table_seconds(table: SampleTable) -> float:
    """Return the time of one evaluation; at most 100 rules answer in turn.

    Raises:
        AssertionError: a rule did not answer for the facts that it was made for.
    """
    rules = len(table.facts)
    numbers = range(1, rules + 1, max(1, rules // 100))
    wanted = [(number, table.facts[number - 1]) for number in numbers]
    for number, facts in wanted:
        answer = table.model.evaluate(DECISION, facts).value
        if not isinstance(answer, dict) or answer["number"] != number:
            raise AssertionError(f"rule {number} of {rules} did not answer: {answer}")

    def every() -> None:
        for _, facts in wanted:
            table.model.evaluate(DECISION, facts)

    return min(timeit.repeat(every, number=1, repeat=_ROUNDS)) / len(wanted)


def _compile_seconds() -> float:
    """Return the time of the slowest of the lines, compiled for the first time."""
    return max(_compile_line(line) for line in _LINES)


def _compile_line(line: str) -> float:
    calls = 10

    def fresh() -> None:
        compile_expression(line.replace("{n}", str(next(_NUMBERS))), _LINE_NAMES)

    return min(timeit.repeat(fresh, number=calls, repeat=_ROUNDS)) / calls


def measure_import() -> dict[str, float]:
    """Return the time of ``import engine.feel`` in new interpreters, and the CPU's share of it.

    Its bytecode lies ready, as after the first start of an installation; where the environment
    forbids Python to keep any, a folder of the benchmark's own takes it.
    """
    with tempfile.TemporaryDirectory(prefix="pf-") as folder:
        _import_once(folder)
        runs = [_import_once(folder) for _ in range(_IMPORTS)]
    return {
        "import_ms": round(min(wall for wall, _ in runs), 1),
        "import_cpu_ms": round(min(cpu for _, cpu in runs), 1),
    }


def _import_once(bytecode: str) -> tuple[float, float]:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(  # noqa: S603 - this interpreter, fixed text
        [sys.executable, "-c", _IMPORT],
        cwd=_ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    wall, cpu = done.stdout.split()
    return float(wall), float(cpu)
