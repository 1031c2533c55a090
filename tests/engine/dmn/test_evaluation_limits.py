"""Large tables, loops and heavy graphs stay inside their budgets."""

from __future__ import annotations

import time

import pytest

from engine import feel
from engine.dmn import DmnModel, read_model
from tests.engine.dmn.test_refused import decision, definitions, table


def rule(condition: str, result: str) -> str:
    """Return the cells of a rule."""
    escaped = condition.replace("<", "&lt;")
    return (
        f"<inputEntry><text>{escaped}</text></inputEntry>"
        f"<outputEntry><text>{result}</text></outputEntry>"
    )


def test_a_table_in_a_loop_does_not_make_an_endless_trace() -> None:
    rows = table("", rule("-", "a")).replace("<decisionTable", '<decisionTable hitPolicy="FIRST"')
    function = (
        '<businessKnowledgeModel id="f" name="f"><variable name="f"/><encapsulatedLogic>'
        f'<formalParameter name="a"/>{rows}</encapsulatedLogic></businessKnowledgeModel>'
    )
    model = read_model(
        definitions(function, decision("d", "count(for i in 1..3000 return f(i))", kind="f"))
    )

    result = model.evaluate("d", {})

    assert result.value == 3000
    assert len(result.trace) == 1_000


def test_many_heavy_decisions_share_one_budget() -> None:
    heavy = "count(for i in 1..90000 return i + 1)"
    names = [f"h{number}" for number in range(50)]
    model = read_model(
        definitions(
            *(decision(name, heavy) for name in names),
            decision("d", "1", requires=" ".join(names)),
        )
    )
    started = time.perf_counter()

    with pytest.raises(feel.FeelLimitError):
        model.evaluate("d", {})

    assert time.perf_counter() - started < 10


def large_table(rows: int) -> DmnModel:
    """Return a table of five inputs with one matching row for each ``code``."""
    inputs = "".join(
        f"<input><inputExpression><text>{name}</text></inputExpression></input>"
        for name in ("code", "method", "amount", "open", "note")
    )
    rules = "".join(
        f'<rule><inputEntry><text>"{410000 + row}"</text></inputEntry>'
        f'<inputEntry><text>not("x")</text></inputEntry>'
        f"<inputEntry><text>[{row * 1000}..{row * 1000 + 999}]</text></inputEntry>"
        f"<inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>"
        f"<outputEntry><text>{row}</text></outputEntry></rule>"
        for row in range(rows)
    )
    whole = f'<decisionTable id="t">{inputs}<output id="o"/>{rules}</decisionTable>'
    return read_model(definitions(decision("d", whole)))


def test_a_large_table_is_as_fast_as_a_small_one() -> None:
    model = large_table(400)
    facts = [
        {"code": str(410000 + row), "method": "询价", "amount": row * 1000 + 5, "open": True}
        for row in range(0, 400, 4)
    ]

    started = time.perf_counter()
    values = [model.evaluate("d", fact).value for fact in facts]
    seconds = time.perf_counter() - started

    assert values == list(range(0, 400, 4))
    assert seconds / len(facts) < 0.005
