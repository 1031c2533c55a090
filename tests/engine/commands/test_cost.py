"""What a completion costs: statements and commits, counted, not timed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands import CompleteWorkItem
from engine.model.participants import Actor
from tests.support.counting import counted
from tests.support.permit import Permit

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver


def test_a_completion_is_one_commit_and_at_most_12_statements(
    engine: Engine, submitted: ProcessDriver
) -> None:
    key = submitted.key_at("approve_request")
    command = CompleteWorkItem(work_item_key=key, outcome="approve", opinion="同意")

    with counted(engine) as counts:
        engine.execute(command, Actor(login="yi"))

    assert counts["commits"] == 1
    assert counts["statements"] <= 12


def test_a_due_date_costs_two_statements_more(engine: Engine, clock: FakeClock) -> None:
    statements = {}
    for due in ("=null", "P5WD"):
        permit = Permit.asked(engine, clock, due)
        permit.matter.complete("review", "return", by="yi", opinion="请补充。")
        key = permit.matter.key_at("ask")
        with counted(engine) as counts:
            engine.execute(
                CompleteWorkItem(work_item_key=key, outcome="complete"), Actor(login="jia")
            )
        assert counts["commits"] == 1
        statements[due] = counts["statements"]

    # what is counted, and the moments at which somebody is told
    assert statements["P5WD"] == statements["=null"] + 2
