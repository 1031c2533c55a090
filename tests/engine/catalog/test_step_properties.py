"""What the page on step properties says is what the check of packages knows."""

from __future__ import annotations

import re

import pytest

from engine.catalog.checks.vocabulary import PROPERTIES
from tests.support.databases import ROOT

ROWS = re.findall(
    r"^\| `([a-z.-]+)` \|",
    (ROOT / "docs" / "step-properties.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def test_every_property_is_documented_once_and_in_order() -> None:
    assert sorted(PROPERTIES) == ROWS


@pytest.mark.parametrize("value", ["post", "unit", "anybody", "nobody", "post,unit", "post, unit"])
def test_pools_are_joined_by_commas(value: str) -> None:
    assert PROPERTIES["transfer.people"].admits(value)


@pytest.mark.parametrize("value", ["", "everybody", "post unit", "post,", ",post"])
def test_other_words_are_refused(value: str) -> None:
    assert not PROPERTIES["transfer.people"].admits(value)
