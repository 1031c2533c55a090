"""What a return and a correction cost: statements and commits, counted, not timed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.commands import CompleteWorkItem, ReturnWorkItem
from engine.model.participants import Actor
from tests.support.counting import counted
from tests.support.small_office import FILLED

if TYPE_CHECKING:
    from tests.engine.commands.returns.conftest import Begin

#: Statements of a verb.
MOST = 15


@pytest.mark.parametrize(
    ("process_id", "done", "returner", "more"),
    [
        ("back_sequence", ["approve"], "review", 0),
        # a second step that begins looks for its people
        ("back_parallel", ["legal_first"], "legal_second", 1),
        ("back_parallel", ["legal_first", "finance"], "legal_second", 0),
        # a second instance is written
        ("back_called", ["visit"], "confirm", 1),
    ],
)
@pytest.mark.parametrize("amount", ["1200", "980"])
def test_a_return_and_its_correction_are_cheap(
    begin: Begin, process_id: str, done: list[str], returner: str, more: int, amount: str
) -> None:
    desk = begin(process_id)
    desk.do(*done)
    engine = desk.matter.engine
    by = Actor(login=desk.who(returner))
    key = desk.matter.key_at(returner)
    send_back = ReturnWorkItem(work_item_key=key, target="fill", reason="请核对。")

    with counted(engine) as back:
        engine.execute(send_back, by)
    correct = CompleteWorkItem(
        work_item_key=desk.matter.key_at("fill"),
        outcome="complete",
        answers={**FILLED, "amount": amount},
    )
    with counted(engine) as correction:
        engine.execute(correct, Actor(login="an"))

    assert back["commits"] == correction["commits"] == 1
    assert back["statements"] <= MOST
    assert correction["statements"] <= MOST + more
