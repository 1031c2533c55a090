"""Nearest region first: 410122, 410100, 410000, base."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalog import Resource, ResourceKind, resolve, resolve_layers, rungs


def form(region: str, *, overlay: bool = False) -> Resource:
    return Resource(
        kind=ResourceKind.FORM,
        id="leave.apply",
        region=region,
        file=f"forms/leave/{region}",
        sha256=(region or "base").ljust(64, "0"),
        size=1,
        overlay=overlay,
    )


@pytest.mark.parametrize(
    ("division", "looked_up"),
    [
        ("410122", ("410122", "410100", "410000", "")),
        ("410100", ("410100", "410000", "")),
        ("410000", ("410000", "")),
        ("", ("",)),
    ],
)
def test_rungs_of_a_division(division: str, looked_up: tuple[str, ...]) -> None:
    assert rungs(division) == looked_up


@pytest.mark.parametrize(
    ("division", "region"),
    [("410122", "410100"), ("410100", "410100"), ("410300", "410000"), ("110000", "")],
)
def test_the_nearest_resource_wins(division: str, region: str) -> None:
    resources = [form(""), form("410000"), form("410100"), form("411000")]

    found = resolve(resources, ResourceKind.FORM, "leave.apply", division)

    assert found is not None
    assert found.region == region


def test_what_only_another_region_has_is_not_found() -> None:
    resources = [form("410300")]

    assert resolve(resources, ResourceKind.FORM, "leave.apply", "410122") is None
    assert resolve([form("")], ResourceKind.DECISION, "leave.apply", "410122") is None


def test_overlays_lie_on_the_next_whole_form() -> None:
    resources = [
        form(""),
        form("410000"),
        form("410100", overlay=True),
        form("410122", overlay=True),
    ]

    layers = resolve_layers(resources, ResourceKind.FORM, "leave.apply", "410122")

    assert [layer.region for layer in layers] == ["410000", "410100", "410122"]
    assert (
        resolve_layers([form("410100", overlay=True)], ResourceKind.FORM, "leave.apply", "410100")
        == ()
    )


@given(st.from_regex(r"[1-9]\d{5}", fullmatch=True))
def test_rungs_grow_coarser_and_end_at_the_base(division: str) -> None:
    looked_up = rungs(division)

    assert looked_up[0] == division
    assert looked_up[-1] == ""
    assert len(set(looked_up)) == len(looked_up)
    significant = [code.rstrip("0") for code in looked_up]
    assert all(finer.startswith(coarser) for finer, coarser in itertools.pairwise(significant))
