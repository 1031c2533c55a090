"""Every rule of assignment finds its people, and the next one takes over when they are away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from engine.model.participants import Candidate
from engine.model.states import AssignedBy
from engine.store.identity import Identity, put_participant

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.model.work import WorkItem
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver

File = "Callable[..., ProcessDriver]"
#: Steps of ``round_of_rules`` in their order: who does it, unit asked, who has it from the start.
WAY: tuple[tuple[str, str, str | None, str | None], ...] = (
    ("own_unit", "yi", "JY01", None),
    ("superior_unit", "sh_bureau", "JYJ", None),
    ("two_levels_up", "sh_top", "CZT", None),
    ("related_office", "cs", "YWC", None),
    ("covering_office", "jg_cs", None, None),
    ("named_post", "gc", "GC01", None),
    ("direct_leader", "lead_school", None, "lead_school"),
    ("higher_leader", "lead_bureau", None, "lead_bureau"),
    ("same_handler", "sh_bureau", None, "sh_bureau"),
    ("unit_on_record", "sh_bureau", "JYJ", None),
    ("person_on_record", "gc", None, "gc"),
    ("by_expression", "yi", None, "yi"),
)


def disable(engine: Engine, login: str) -> None:
    with engine.database.session(write=True) as session:
        person = Identity(session).participant(login)
        assert person is not None
        put_participant(session, replace(person, active=False), password_hash="-")
        session.commit()


def waiting(driver: ProcessDriver) -> WorkItem:
    (item,) = [item for item in driver.work_items if item.is_open]
    return item


def walked(driver: ProcessDriver, to: str) -> WorkItem:
    for step, person, *_ in WAY:
        if step == to:
            break
        driver.complete(step, by=person)
    return waiting(driver)


@pytest.mark.parametrize(("step", "_person", "unit", "assignee"), WAY)
def test_a_rule_finds_its_unit_and_its_person(
    filed: Callable[..., ProcessDriver],
    step: str,
    _person: str,
    unit: str | None,
    assignee: str | None,
) -> None:
    item = walked(filed("round_of_rules"), step)

    assert item.element_id == step
    assert item.assignee == assignee
    assert next((one.unit for one in item.candidates), None) == unit
    assert item.assigned_by is AssignedBy.RULE


def test_a_person_who_is_away_leaves_it_to_the_next_ones(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    driver = filed("round_of_rules")
    walked(driver, "person_on_record")
    disable(engine, "yi")

    driver.complete("person_on_record", by="gc")

    item = waiting(driver)
    assert item.assignee is None
    assert item.assigned_by is AssignedBy.POST
    assert [one.login for one in item.candidates] == ["lead_school", "gone"]
    driver.complete("by_expression", by="lead_school")
    assert driver.state == "completed"


def test_the_same_person_gets_a_step_again_unless_disabled(
    engine: Engine, filed: Callable[..., ProcessDriver]
) -> None:
    driver = filed("four_eyes")
    driver.complete("first_review", "approve", by="cs")
    driver.complete("second_review", "return", by="fh", opinion="补充")

    assert waiting(driver).assignee == "cs"
    assert waiting(driver).assigned_by is AssignedBy.AGAIN

    driver.complete("first_review", "approve", by="cs")
    disable(engine, "cs")
    driver.complete("second_review", "return", by="fh", opinion="再补充")

    item = waiting(driver)
    assert item.assignee is None
    assert item.candidates == (Candidate(role="biz_first", unit="YWC", division="410100"),)
