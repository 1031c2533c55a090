"""Fuzz FEEL with atheris; not part of the test run.

``pip install atheris`` into an environment of its own, then
``python tests/fuzz/fuzz_feel.py -max_total_time=600 corpus/`` from the root of the project.
What ``check`` promises is also tried with random bytes in ``tests/engine/feel/test_fuzz.py``.
"""

from __future__ import annotations

import importlib
import sys
import time
from decimal import Decimal
from typing import Final

from engine.feel import (
    Expression,
    FeelError,
    FeelLimitError,
    analyse,
    compile_expression,
    compile_unary_tests,
    feel_repr,
    from_feel,
    to_text,
)
from engine.feel.expression import _expression, _unary_tests
from engine.feel.extensions_cn import CHINESE_OFFICE

#: Seconds that no input may take; the limits aim at a tenth of it.
TOO_LONG: Final = 1.5
CONTEXT: Final[dict[str, object]] = {
    "a": Decimal(3),
    "金额": Decimal("1409.50"),
    "a-b": "甲",
    "采购 计划": {"单价": Decimal(2), "明细": [{"单价": Decimal(1)}, {"单价": None}]},
    "rows": [Decimal(1), None, "x", [Decimal(2)]],
}
#: Pieces of expressions; a byte stands for one of them.
TOKENS: Final = (
    *"""a¦金额¦a-b¦采购 计划¦rows¦item¦partial¦?¦x¦y¦null¦true¦false¦0¦1¦2¦-1¦0.5¦1e9¦1e6144
+¦-¦*¦/¦**¦=¦!=¦<¦<=¦>¦>=¦(¦)¦[¦]¦{¦}¦,¦:¦.¦..¦]1..2[¦->¦@¦"¦//¦/*¦*/¦（¦，¦。¦\\¦\u3000¦\U0001f40e
 if ¦ then ¦ else ¦ for ¦ in ¦ return ¦ some ¦ every ¦ satisfies ¦ and ¦ or ¦ between ¦ instance of
 list<number> ¦ function(x) ¦ function(x: number) ¦ function(x, y) x<y¦""¦"甲"¦"a{2}"¦"[a-z-[b]]"
"(a)"¦@"2026-02-28"¦@"P1M"¦@"PT1H"¦@"10:00:00@Asia/Shanghai"¦@"2026-11-21T10:00:00+08:00"¦[1..3]
(<5)¦{a:1}¦sum(¦count(¦sort(¦string(¦matches(¦replace(¦split(¦range(¦concatenate(¦date(¦flatten(
context(¦get value(¦工作日.加(¦大写金额(¦distinct values(¦string join(¦substring(¦1..3""".replace(
        "\n", "¦"
    ).split("¦"),
    "\n",
)


def text_of(data: bytes) -> str:
    """Return an expression: pieces of the language, or the bytes as text."""
    if data[:1] < b"\x40":
        return data[1:].decode("utf-8", "ignore")
    return "".join(TOKENS[byte % len(TOKENS)] for byte in data[1:])


def check(data: bytes) -> None:
    """Read, print, analyse and evaluate; only errors that are meant may come out.

    Raises:
        AssertionError: a law is broken.
    """
    text = text_of(data)
    _expression.cache_clear()
    _unary_tests.cache_clear()
    started = time.thread_time()
    _check_expression(text)
    _check_cell(text)
    assert time.thread_time() - started < TOO_LONG


def _check_expression(text: str) -> None:
    expression = _compiled(text)
    if isinstance(expression, FeelError):
        assert 1 <= expression.line <= text.count("\n") + 1
        assert 1 <= expression.column <= len(text) + 1
        return
    analyse(expression, CONTEXT, CHINESE_OFFICE)
    printed = _compiled(to_text(expression.tree))
    # The brackets that printing adds may take a tree at the limit of nesting beyond it.
    assert isinstance(printed, FeelLimitError) or (
        isinstance(printed, Expression) and printed.tree == expression.tree
    )
    try:
        found = expression.run(CONTEXT)
        from_feel(found.value)
        feel_repr(found.value)
    except FeelError:
        return
    assert all(warning.line >= 1 and warning.message_zh for warning in found.warnings)


def _compiled(text: str) -> Expression | FeelError:
    try:
        return compile_expression(text, CONTEXT, CHINESE_OFFICE)
    except FeelError as error:
        return error


def _check_cell(text: str) -> None:
    try:
        tests = compile_unary_tests(text, CONTEXT, CHINESE_OFFICE)
        result = tests.matches(Decimal(3), CONTEXT)
    except FeelError:
        return
    assert result in (True, False, None)


def main() -> None:
    """Run the campaign with the arguments of libFuzzer."""
    atheris = importlib.import_module("atheris")
    atheris.instrument_all()
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
