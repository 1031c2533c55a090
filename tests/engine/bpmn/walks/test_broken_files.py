"""A broken file ends in findings or in a model that can be started, never in another error."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.bpmn import Interpreter, ProcessModel, read_model
from engine.bpmn.rules import reachable
from engine.errors import DeploymentRefusedError, WorkflowError
from tests.engine.bpmn.walks.broken_files import FILES, broken

#: What the reader says when a bug of its own stopped it.
BUGS = frozenset({"unreadable"})


def outcome_of(data: bytes) -> ProcessModel | None:
    """Read the file; ``None`` when it is refused with reasons that a person can act on."""
    try:
        return read_model(data, "broken.bpmn")
    except DeploymentRefusedError as refused:
        findings = refused.findings
    assert findings
    assert [found for found in findings if found.rule in BUGS] == []
    assert all(found.message_zh and found.message_en for found in findings)
    return None


def start(model: ProcessModel) -> None:
    """Start it, save it and load it; only errors of the workflow kind may come out."""
    try:
        interpreter = Interpreter.start(model, {}, now=datetime(2026, 6, 10, tzinfo=UTC))
    except WorkflowError:
        return
    state = interpreter.dump()
    assert Interpreter.load(model, state).dump() == state


def test_there_are_files_to_break() -> None:
    assert len(FILES) > 30


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(st.data())
def test_a_broken_file_is_refused_or_runs(data: st.DataObject) -> None:
    model = outcome_of(broken(lambda limit: data.draw(st.integers(0, limit - 1))))

    if model is not None:
        start(model)


def test_a_bug_of_the_reader_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(_model: ProcessModel, _findings: object) -> None:
        raise KeyError("planted")

    monkeypatch.setattr(reachable, "check", check)
    random = Random(0)  # noqa: S311 - repeatable

    files = [broken(random.randrange) for _ in range(50)]

    with pytest.raises(AssertionError):
        list(map(outcome_of, files))
