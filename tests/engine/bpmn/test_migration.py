"""A running instance goes on with a changed definition, or is refused with the elements named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.bpmn import Interpreter, MigrationRefusedError, read_model
from tests.engine.bpmn.conftest import ELEMENTS, START

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.bpmn import ProcessModel
    from tests.engine.bpmn.conftest import Run


def changed(name: str, *replacements: tuple[str, str]) -> ProcessModel:
    text = (ELEMENTS / f"{name}.bpmn").read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return read_model(text.encode())


def waiting(interpreter: Interpreter) -> list[str]:
    return sorted(wait.element_id for wait in interpreter.waits())


def test_tokens_and_variables_stay(run: Callable[..., Run]) -> None:
    case = run("exclusive_gateway", amount=7)
    new = changed("exclusive_gateway", ("amount &gt; 0", "amount &gt; 100"))

    moved = Interpreter.migrate(case.state, (case.model, new), now=START)
    moved.complete(moved.waits()[0].token_id, {"outcome": "approve"}, now=START)

    assert moved.end_events == ("published",)
    assert moved.variables["amount"] == 7


def test_renamed_element_needs_its_counterpart(run: Callable[..., Run]) -> None:
    case = run("exclusive_gateway", amount=7)
    new = changed("exclusive_gateway", ('"review', '"check'))

    with pytest.raises(MigrationRefusedError) as refused:
        Interpreter.migrate(case.state, (case.model, new), now=START)
    moved = Interpreter.migrate(
        case.state, (case.model, new), now=START, mapping={"review": "check"}
    )

    assert refused.value.element_ids == ("review",)
    assert waiting(moved) == ["check"]


def test_arrivals_at_a_join_stay(run: Callable[..., Run]) -> None:
    case = run("parallel_gateway")
    case.complete("legal")
    case.complete("finance")

    moved = Interpreter.migrate(case.state, (case.model, changed("parallel_gateway")), now=START)
    moved.complete(moved.waits()[0].token_id, {}, now=START)

    assert moved.end_events == ("done",)


def test_arrivals_at_a_flow_that_is_gone_are_refused(run: Callable[..., Run]) -> None:
    case = run("parallel_gateway")
    case.complete("legal")
    new = changed("parallel_gateway", ('id="to_join_from_legal"', 'id="other"'))

    with pytest.raises(MigrationRefusedError) as refused:
        Interpreter.migrate(case.state, (case.model, new), now=START)

    assert refused.value.element_ids == ("join",)


def test_new_boundary_event_listens_and_a_removed_one_is_silent(run: Callable[..., Run]) -> None:
    case = run("timer_events", deadline="2026-07-01")
    new = changed("timer_events", ('"reminded', '"asked'))

    moved = Interpreter.migrate(case.state, (case.model, new), now=START)

    assert waiting(moved) == ["asked", "overdue", "review"]


def test_another_kind_of_element_is_refused(run: Callable[..., Run]) -> None:
    case = run("exclusive_gateway", amount=1)
    new = changed("exclusive_gateway", ("userTask", "manualTask"))

    with pytest.raises(MigrationRefusedError):
        Interpreter.migrate(case.state, (case.model, new), now=START)


def test_finished_instance_is_refused(run: Callable[..., Run]) -> None:
    case = run("none_events")
    case.complete("review")

    with pytest.raises(MigrationRefusedError, match="over"):
        Interpreter.migrate(case.state, (case.model, case.model), now=START)
