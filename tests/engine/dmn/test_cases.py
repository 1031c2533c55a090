"""Every hit policy and boxed kind, in terms of procurement; the cases are data beside this file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine import feel
from engine.dmn import DecisionResult, DmnModel, read_model
from engine.errors import WorkflowError

CASES = Path(__file__).parent / "cases"


def load(name: str, imports: tuple[str, ...] = ()) -> DmnModel:
    """Read a model of this folder with what it imports."""
    imported = {model.definitions.namespace: model for model in (load(other) for other in imports)}
    return read_model((CASES / name).read_bytes(), name, imported)


def value_of(text: str) -> object:
    """Return the value that a FEEL text means."""
    return feel.compile_expression(text).evaluate({})


def ask(model: DmnModel, case: dict[str, Any]) -> DecisionResult:
    """Evaluate the decision or service of a case."""
    given = {name: value_of(text) for name, text in case["given"].items()}
    strict = case.get("strict", False)
    if "service" in case:
        return model.evaluate_service(case["service"], given, require_match=strict)
    return model.evaluate(case["decision"], given, require_match=strict)


def all_cases() -> list[Any]:
    """Return every case of every file."""
    found = []
    for file in sorted(CASES.glob("*.json")):
        content = json.loads(file.read_text(encoding="utf-8"))
        for number, case in enumerate(content["cases"], start=1):
            found.append(pytest.param(content, case, id=f"{file.stem}-{number}"))
    return found


@pytest.mark.parametrize(("content", "case"), all_cases())
def test_case(content: dict[str, Any], case: dict[str, Any]) -> None:
    model = load(content["model"], tuple(content.get("imports", ())))

    if "error" in case:
        with pytest.raises(WorkflowError) as caught:
            ask(model, case)
        assert caught.value.code == case["error"]
        return
    result = ask(model, case)

    assert result.value == value_of(case["expect"])
    assert bool(result.warnings) >= case.get("warns", False)
    if "rules" in case:
        assert [rule.number for rule in result.trace[-1].rules] == case["rules"]
    assert json.loads(json.dumps(result.to_json()))["value"] == feel.feel_repr(result.value)
