"""What real files lack: gateways, ids, start and end events; and lanes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.bpmn.conftest import Run


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(1, ["always"]), (200, ["always", "legal"]), (2000, ["always", "finance", "legal"])],
)
def test_several_flows_leave_an_activity(
    run: Callable[..., Run], amount: int, expected: list[str]
) -> None:
    case = run("implicit_split", amount=amount)

    case.complete("fill")

    assert case.waiting_at == expected
    for element_id in expected:
        case.complete(element_id)
    assert case.is_completed


@pytest.mark.parametrize(("amount", "expected"), [(1, ["plain"]), (200, ["legal"])])
def test_default_flow_of_an_activity(
    run: Callable[..., Run], amount: int, expected: list[str]
) -> None:
    case = run("activity_default_flow", amount=amount)

    case.complete("fill")

    assert case.waiting_at == expected


def test_flows_without_id_and_path_without_end(run: Callable[..., Run]) -> None:
    case = run("no_flow_ids")

    case.complete("fill")
    case.complete("review")

    assert case.is_completed
    assert case.taken == ["requested-fill", "fill-review"]


def test_without_start_event_everything_first_begins(run: Callable[..., Run]) -> None:
    case = run("implicit_start")
    assert case.waiting_at == ["fill", "prepare"]

    case.complete("fill")
    case.complete("prepare")

    assert case.waiting_at == ["review"]


def test_lanes_reach_into_sub_processes(run: Callable[..., Run]) -> None:
    elements = run("lanes").model.elements

    assert (elements["fill"].lane, elements["fill"].lane_id) == ("采购单位", "purchaser")
    assert elements["inside"].lane == "采购单位"
    assert elements["review"].lane == "初审岗"
