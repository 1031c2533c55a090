"""A step that nobody fits: each policy, and the incident that tells the administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.model.participants import Actor
from engine.model.states import AssignedBy, WorkItemState
from engine.queries import OpenIncidents

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver


def incidents(engine: Engine) -> list[str]:
    return [row.kind for row in engine.ask(OpenIncidents(), Actor(login="boss"))]


def test_without_a_policy_an_administrator_is_told(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    driver = filed("nobody_incident")

    (item,) = [item for item in driver.work_items if item.is_open]
    assert item.state is WorkItemState.OFFERED
    assert item.assigned_by is AssignedBy.INCIDENT
    (row,) = engine.ask(OpenIncidents(), Actor(login="boss"))
    assert (row.kind, row.stopped_key) == ("ERR_NOBODY", item.key)
    assert "稀缺岗位审核" in row.message
    assert "第一中学" in row.message


@pytest.mark.parametrize(
    ("package", "by", "way"),
    [
        ("nobody_superior", "sh_bureau", AssignedBy.SUPERIOR),
        ("nobody_leader", "lead_school", AssignedBy.LEADER),
        ("nobody_administrator", "boss", AssignedBy.ADMINISTRATOR),
    ],
)
def test_a_policy_finds_somebody_else(
    engine: Engine, filed: Callable[..., ProcessDriver], package: str, by: str, way: AssignedBy
) -> None:
    driver = filed(package)

    (item,) = [item for item in driver.work_items if item.is_open]
    assert item.assigned_by is way
    driver.complete("rare_review", "approve", by=by)
    assert driver.waiting_at == {"closing_note"}
    assert incidents(engine) == []


def test_a_step_is_skipped_only_where_the_model_says_so(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    driver = filed("nobody_skip")

    assert driver.waiting_at == {"closing_note"}
    (skipped,) = [item for item in driver.work_items if item.element_id == "rare_review"]
    assert skipped.state is WorkItemState.COMPLETED
    assert skipped.assigned_by is AssignedBy.SKIPPED
    assert (skipped.ended_by, skipped.outcome) == ("system", "approve")
    assert "work_item_skipped" in [row.action for row in driver.audit(by="jia")]
    assert incidents(engine) == []


def test_whoever_is_kept_away_does_not_count(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    """The initiator leads his own unit: the next leader up gets it."""
    driver = filed("nobody_leader", by="jia")
    (item,) = [item for item in driver.work_items if item.is_open]
    assert item.assignee == "lead_school"
    assert incidents(engine) == []
