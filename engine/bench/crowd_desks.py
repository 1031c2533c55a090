"""Who works on the steps of a matter, unit by unit: what the generator joins its matters with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.bench.crowd import BUSIEST, Place, places, regulators
from engine.bench.crowd_model import STEPS
from engine.model.jsontext import encode_json
from engine.model.participants import Candidate
from engine.model.pools import own_pool, pools_of_candidates

if TYPE_CHECKING:
    from collections.abc import Iterator


def desks() -> Iterator[dict[str, Any]]:
    """Yield the rows of ``crowd_desk``: each step of each purchasing unit, units from 0."""
    office = 0
    for place in places():
        for unit in place.purchasers:
            for step in range(len(STEPS)):
                yield {"office": office, "unit": unit} | _desk(place, unit, step)
            office += 1


def _desk(place: Place, unit: str, step: int) -> dict[str, Any]:
    element, name, role, _ = STEPS[step]
    holder = (unit, place.bureau, place.office, None)[step]
    candidate = Candidate(role=role, unit=holder, division=place.division)
    people = _people(place, unit)[step]
    return {
        "step": step,
        "division": place.division,
        "element": element,
        "name": name,
        "role": role,
        "people": list(people),
        "own_pools": [own_pool(login) for login in people],
        "pools": list(pools_of_candidates([candidate])),
        "candidates": encode_json([vars(candidate)]),
    }


def _people(place: Place, unit: str) -> tuple[tuple[str, ...], ...]:
    """Return who decides at each step; one in ten at the last is the province's regulator."""
    city = regulators(place.division)
    at_last = (*(city[number % len(city)] for number in range(9)), BUSIEST)
    return place.handlers(unit), place.reviewers, place.officers, at_last
