"""The conformance kit of DMN: level 2 whole, level 3 at 98 %, each miss known by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.dmn.tck_kit import run_file

HERE = Path(__file__).parent
KIT = Path(__file__).parents[3].parent / "shared" / "dmn-tck"
OWN = HERE / "cases" / "kit_format"
FILES = sorted([*OWN.glob("*/*-test-*.xml"), *KIT.glob("*/*/*-test-*.xml")])


def known_misses() -> dict[str, str]:
    """Return the listed misses: name to reason."""
    lines = (HERE / "tck_misses.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" ") for line in lines if line and not line.startswith("//"))
    return {name: reason.strip() for name, _, reason in pairs}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.parent.name))
def test_every_result_is_right_or_a_listed_miss(file: Path) -> None:
    outcomes = list(run_file(file))

    wrong = {outcome.name: outcome.difference for outcome in outcomes if outcome.difference}

    listed = {name for name in known_misses() if name.partition("#")[0] == file.parent.name}
    assert outcomes
    assert {name: found for name, found in wrong.items() if name not in listed} == {}
    assert listed - wrong.keys() == set(), "listed as a miss, but right"


def test_the_misses_are_few_and_each_has_a_reason() -> None:
    misses = known_misses()

    in_level_2 = [
        name for name in misses if (KIT / "compliance-level-2" / name.partition("#")[0]).exists()
    ]

    assert in_level_2 == []
    assert all(misses.values())
    assert len(misses) <= 0.02 * 1_500


def test_a_wrong_expectation_would_be_noticed() -> None:
    right = list(run_file(next(OWN.glob("*/*-test-01.xml"))))
    wrong = list(run_file(next(OWN.glob("*/*-wrong.xml"))))

    assert [outcome.difference for outcome in right] == [""] * len(right)
    assert len(right) == 8
    assert all(outcome.difference for outcome in wrong)
    assert len(wrong) == 4
