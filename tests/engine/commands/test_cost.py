"""What a completion costs: statements and commits, counted, not timed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands import CompleteWorkItem
from engine.model.participants import Actor
from tests.support.counting import counted

if TYPE_CHECKING:
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
