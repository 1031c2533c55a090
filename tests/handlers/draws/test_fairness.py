"""10,000 draws: each is right for the verifier, and together they favour nobody.

The secrets are fixed, so the figures are the same in every run; a bound is passed by a fair
generator with a probability of 99.9 per cent.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Final

import pytest

from handlers.draws import sampling
from handlers.draws.sampling import Numbers
from handlers.draws.verifier import verify
from tests.handlers.draws.draws import AUDIT, NETWORK, drawn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.draws.protocol import Result

DRAWS: Final = 10_000
#: Normal quantile of 99.9 per cent, for Wilson and Hilferty's approximation.
_Z: Final = 3.0902


@pytest.fixture(scope="module")
def results() -> list[Result]:
    return [drawn(number, committed=number % 2 == 0) for number in range(DRAWS)]


def bound_of(freedom: int) -> float:
    """Return the 99.9 per cent quantile of chi-square (Wilson–Hilferty)."""
    share = 2 / (9 * freedom)
    return float(freedom * (1 - share + _Z * share**0.5) ** 3)


def chi_square(observed: Iterable[int], expected: float) -> float:
    return sum((count - expected) ** 2 / expected for count in observed)


def test_the_verifier_agrees_with_every_draw(results: list[Result]) -> None:
    wrong = [(result.sha256, found) for result in results if (found := verify(result.document))]

    assert wrong == []
    assert len({result.sha256 for result in results}) == DRAWS


@pytest.mark.parametrize(
    ("group", "pool", "count"), [("计算机网络", NETWORK, 3), ("财务审计", AUDIT, 2)]
)
def test_everybody_is_drawn_equally_often(
    results: list[Result], group: str, pool: tuple[str, ...], count: int
) -> None:
    times = Counter(name for result in results for name in result.picks[group])

    # drawn without replacement, the counts vary less than independent ones: (size - 1) / (size - k)
    size = len(pool)
    statistic = chi_square(times.values(), DRAWS * count / size) * (size - 1) / (size - count)
    assert set(times) == set(pool)
    assert statistic < bound_of(size - 1)


def test_every_order_comes_equally_often(results: list[Result]) -> None:
    orders = Counter(result.picks["财务审计"] for result in results)

    possible = list(permutations(AUDIT, 2))
    assert set(orders) == set(possible)
    assert chi_square(orders.values(), DRAWS / len(possible)) < bound_of(len(possible) - 1)


def test_one_draw_says_nothing_of_the_next(results: list[Result]) -> None:
    firsts = [result.picks["计算机网络"][0] for result in results]

    steps = Counter(pairwise(firsts))
    expected = (DRAWS - 1) / len(NETWORK) ** 2
    assert chi_square(steps.values(), expected) < bound_of(len(NETWORK) ** 2 - 1)


@pytest.mark.parametrize("size", [3, 7, 1_000, 6_000_000_000_000_000_000])
def test_a_word_past_the_last_whole_multiple_is_drawn_again(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound = 2**64 - 2**64 % size
    given = iter([2**64 - 1, bound, bound - 1])
    monkeypatch.setattr(sampling, "_words", lambda _seed: given)

    assert Numbers(b"").below(size) == size - 1
    assert list(given) == []


def test_a_test_that_could_not_fail_would_be_no_test(monkeypatch: pytest.MonkeyPatch) -> None:
    # a generator that takes the remainder of one byte favours the first of 96 by two to one
    plain = Counter(byte % 96 for byte in range(256) for _ in range(40))

    assert chi_square(plain.values(), 256 * 40 / 96) > bound_of(95)
