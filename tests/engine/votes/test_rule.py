"""One rule for every vote: what passes, what fails, and when that is certain."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from engine.model.voting import Choice, Tally, Threshold, VoteRule, read_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

VOTERS = [1, 1, 2, 3]


def tally_of(votes: Sequence[tuple[Choice, int]], total: Sequence[int] = VOTERS) -> Tally:
    tally = Tally(total=sum(total), voters=len(total))
    for choice, weight in votes:
        tally = tally.counted(choice, weight)
    return tally


@pytest.mark.parametrize(
    ("text", "total", "needed"),
    [
        ("all", 7, 7),
        ("1", 7, 1),
        ("9", 7, 9),
        ("50%", 7, 4),
        (">50%", 6, 4),
        ("50%", 6, 3),
        ("2/3", 7, 5),
        ("33.3333%", 3, 1),
        ("1%", 3, 1),
        ("100%", 7, 7),
    ],
)
def test_a_threshold_is_a_weight(text: str, total: int, needed: int) -> None:
    assert Threshold.read(text).needed(total) == needed


@pytest.mark.parametrize(
    "text", ["", "0", "0%", "101%", "3/2", "1/0", ">100%", ">1/1", "-1", "1.5", "half", "60"[:0]]
)
def test_what_nobody_can_reach_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text is the message
        Threshold.read(text)


@pytest.mark.parametrize("text", ["", "chair", "chair:0", "chair:1001", "chair:1, chair:2"])
def test_weights_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text is the message
        read_weights(text)


@pytest.mark.parametrize("passes", ["all", "1", "4", "50%", ">50%", "2/3"])
def test_a_verdict_is_given_exactly_when_no_further_vote_can_change_it(passes: str) -> None:
    """Every order of every vote of four voters, against the definition."""
    rule, needed = VoteRule(passes), Threshold.read(passes).needed(sum(VOTERS))
    for given in range(len(VOTERS) + 1):
        for choices in itertools.product(Choice, repeat=given):
            votes = list(zip(choices, VOTERS, strict=False))
            rest = VOTERS[given:]
            ends = {
                sum(w for choice, w in [*votes, *zip(more, rest, strict=True)] if choice == "agree")
                >= needed
                for more in itertools.product(Choice, repeat=len(rest))
            }
            expected = ends.pop() if len(ends) == 1 else None
            assert rule.verdict(tally_of(votes)) is expected


def test_a_rule_may_wait_for_everybody() -> None:
    rule = VoteRule("1", waits_for_all=True)

    assert rule.verdict(tally_of([(Choice.AGREE, 3)])) is None
    assert rule.verdict(tally_of([(Choice.AGREE, weight) for weight in VOTERS])) is True
