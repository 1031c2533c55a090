"""State documents of every codec version load, wait for what they waited for, and end."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.bpmn import Interpreter, ProcessModel, Wait, WaitKind, read_model
from engine.bpmn.codec import VERSION
from engine.model.voting import Voter
from tests.engine.bpmn.corpus.situations import SITUATIONS

FOLDER = Path(__file__).parent
DOCUMENTS = sorted(FOLDER.glob("v*/*.json"))
NOW = datetime(2026, 12, 1, tzinfo=UTC)
#: Tasks in circles end with these; whatever a model asks for is among them.
ANSWERS: dict[str, Any] = {"outcome": "done", "complete": True, "rest": 1, "said": [1, 2]}
STEPS = 60


def _read(path: Path) -> tuple[dict[str, Any], ProcessModel]:
    kept = json.loads(path.read_text(encoding="utf-8"))
    return kept, read_model(path.with_suffix(".bpmn").read_bytes(), path.stem)


def _text(state: dict[str, Any]) -> str:
    return json.dumps(state, ensure_ascii=False, separators=(",", ":"))


def _next(interpreter: Interpreter) -> Wait:
    """Prefer what stands in the flow to what listens beside it."""
    return min(
        interpreter.waits(), key=lambda wait: (wait.host_token_id is not None, wait.due or NOW)
    )


def _end(model: ProcessModel, interpreter: Interpreter) -> Interpreter:
    now = NOW
    for _ in range(STEPS):
        if interpreter.is_completed:
            break
        wait, now = _next(interpreter), now + timedelta(days=30)
        if wait.kind is WaitKind.TIMER:
            interpreter.fire_timer(wait.token_id, now=now)
        elif wait.kind is WaitKind.VOTERS:
            interpreter.begin_vote(wait.token_id, [Voter("li")], 1, now=now)
        else:
            answers = {"outcome": "agree"} if wait.round_key else ANSWERS
            interpreter.complete(wait.token_id, answers, now=now)
        interpreter = Interpreter.load(model, interpreter.dump())
    return interpreter


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_document_loads_and_ends(path: Path) -> None:
    kept, model = _read(path)

    interpreter = Interpreter.load(model, _text(kept["state"]))

    waits = sorted([wait.element_id, wait.kind.value] for wait in interpreter.waits())
    assert waits == kept["waits"]
    assert _end(model, interpreter).is_completed


def test_the_present_version_has_every_situation() -> None:
    names = {path.stem for path in DOCUMENTS if path.parent.name == f"v{VERSION}"}

    assert names == {name for name, *_ in SITUATIONS}


@pytest.mark.parametrize("kind", list(WaitKind))
def test_every_kind_of_wait_is_kept(kind: WaitKind) -> None:
    kinds = {found for path in DOCUMENTS for _, found in _read(path)[0]["waits"]}

    assert kind.value in kinds
