"""Files damaged at random are refused or run; nothing but our own errors ever comes out."""

from __future__ import annotations

import contextlib
from random import Random
from typing import Any

import pytest
from lxml import etree

from engine.bpmn import ElementError, Interpreter, ProcessModel, lint_model, read_model
from tests.engine.bpmn.conftest import ELEMENTS, START

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
TAGS = (
    "userTask", "subProcess", "exclusiveGateway", "parallelGateway", "inclusiveGateway",
    "endEvent", "startEvent", "boundaryEvent", "eventBasedGateway", "transaction",
)  # fmt: skip
FACTS: dict[str, Any] = {
    "signers": ["a", "b"], "approvers": ["a"], "amount": 200, "price": 2, "clerk": "li",
    "packages": ["A"], "suppliers": 2, "reminders": 1, "legal": True, "said": [], "wanted": ["a"],
    "deadline": "2026-07-01", "letter": "x", "paid": False,
}  # fmt: skip


def damaged(data: bytes, random: Random) -> bytes:
    root = etree.fromstring(data)
    for _ in range(random.randint(1, 3)):
        nodes = [node for node in root.iter(f"{{{BPMN}}}*") if node is not root]
        if not nodes:
            break
        node, other = random.choice(nodes), random.choice(nodes)
        what, keys = random.random(), sorted(str(key) for key in node.attrib)
        parent = node.getparent()
        if what < 0.3 and parent is not None:
            parent.remove(node)
        elif what < 0.5 and keys:
            del node.attrib[random.choice(keys)]
        elif what < 0.75 and keys and other.get("id"):
            node.set(random.choice(keys), str(other.get("id")))
        elif what < 0.85:
            node.text = random.choice(["=", "=1 +", "P", "R/", "x", "=null"])
        else:
            node.tag = f"{{{BPMN}}}{random.choice(TAGS)}"
    return etree.tostring(root)


def _walk(model: ProcessModel, random: Random) -> None:
    case = Interpreter.start(model, FACTS, now=START)
    for _ in range(10):
        state = case.dump()
        case = Interpreter.load(model, state)
        assert case.dump() == state
        waits = case.waits()
        if not waits:
            return
        result: dict[str, Any] = {
            "outcome": random.choice(["approve", "return", "no"]),
            "complete": True,
        }
        case.complete(random.choice(waits).token_id, result, now=START)


@pytest.mark.parametrize("seed", range(60))
def test_damaged_files(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a repeatable walk
    for path in random.sample(sorted(ELEMENTS.glob("*.bpmn")), 5):
        data = damaged(path.read_bytes(), random)

        findings = lint_model(data, path.name)

        assert "unreadable" not in {finding.rule for finding in findings}
        assert all(finding.message_zh and finding.message_en for finding in findings)
        if all(finding.severity != "error" for finding in findings):
            with contextlib.suppress(ElementError):
                _walk(read_model(data, path.name), random)


@pytest.mark.parametrize("size", [1, 50, 500])
def test_truncated_files(size: int) -> None:
    data = (ELEMENTS / "tasks.bpmn").read_bytes()[:-size]

    assert {finding.rule for finding in lint_model(data)} == {"xml"}
