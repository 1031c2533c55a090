"""Every attack ends in a value or a clean error, soon and in little memory."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from engine.feel import FeelError, FeelLimitError, compile_expression, feel_repr, from_feel
from engine.feel.expression import _expression
from tests.engine.feel.attacks import ATTACKS, BOMBS, BREAK_OUT, LONG_LOOPS, RECURSION

#: Seconds of processor time for one attack, reading included.
SOON = 0.1
#: Slower machines and measuring itself.
ALLOWANCE = 2.5
#: Bytes at the peak of one attack.
LITTLE = 64 * 1024 * 1024


def _attack(text: str) -> object:
    """Evaluate without the cache; errors that are meant are values here."""
    _expression.cache_clear()
    try:
        return from_feel(compile_expression(text, ["a", "x", "f"]).evaluate({"a": "甲"}))
    except FeelError as error:
        return error


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """Load what is loaded at first use before anything is measured."""
    _attack('matches("a", "a") and time("10:00:00@Asia/Shanghai") != null')


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_ends_soon(name: str) -> None:
    # The best of three: a neighbour on the machine slows one try, a missing limit slows all.
    assert min(_seconds(ATTACKS[name]) for _ in range(3)) < SOON * ALLOWANCE


def _seconds(text: str) -> float:
    started = time.thread_time()
    _attack(text)
    return time.thread_time() - started


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_takes_little_memory(name: str) -> None:
    tracemalloc.start()
    try:
        _attack(ATTACKS[name])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < LITTLE


@pytest.mark.parametrize("name", BREAK_OUT)
def test_nothing_of_python_is_reached(name: str) -> None:
    found = _attack(BREAK_OUT[name])

    assert found in (None, False) or isinstance(found, FeelError)


@pytest.mark.parametrize("text", [*RECURSION.values(), *LONG_LOOPS.values()])
def test_a_limit_is_an_error_with_its_place(text: str) -> None:
    found = _attack(text)

    assert isinstance(found, FeelLimitError)
    assert found.code == "ERR_FEEL_LIMIT"
    assert found.line == 1
    assert found.column >= 1
    assert found.message_zh.startswith(f"第1行第{found.column}列：")


@pytest.mark.parametrize("name", sorted(set(BOMBS) - {"nested context"}))
def test_a_bomb_is_stopped_by_a_limit(name: str) -> None:
    assert isinstance(_attack(BOMBS[name]), FeelLimitError)


def test_a_value_that_is_shared_many_times_is_not_written_out() -> None:
    shared: list[object] = [1]
    for _ in range(40):
        shared = [shared, shared]

    for convert in (feel_repr, from_feel):
        with pytest.raises(FeelLimitError):
            convert(shared)
