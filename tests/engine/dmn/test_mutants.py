"""Damaged files are refused or read, but never break the reader, the checks or the evaluation."""

from __future__ import annotations

import copy
import random
from pathlib import Path

import pytest
from lxml import etree

from engine.dmn import DmnModel, check, read_model
from engine.errors import DeploymentRefusedError, WorkflowError

FILES = sorted((Path(__file__).parent / "cases").glob("*.dmn"))
TEXTS = ("", "-", "1 +", "null", "function(x) x", "[1..", "x.y", '@"P1D"', "not(", "?", "{a:1}")


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return the file with one to four parts removed, repeated, renamed or replaced."""
    root = etree.fromstring(data)
    for _ in range(chance.randint(1, 4)):
        elements = list(root.iter("*"))
        element, other = chance.choice(elements), chance.choice(elements)
        parent = element.getparent()
        match chance.randrange(5):
            case 0 if parent is not None:
                parent.remove(element)
            case 1 if parent is not None:
                parent.append(copy.deepcopy(other))
            case 2 if element.attrib:
                values = ["", "#x", "UNIQUE", "true", "number", *other.attrib.values()]
                element.set(chance.choice(list(element.attrib)), chance.choice(values))
            case 3:
                element.tag = other.tag
            case _:
                element.text = chance.choice(TEXTS)
    return etree.tostring(root)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.stem))
def test_a_damaged_file_never_breaks_anything(file: Path) -> None:
    chance = random.Random(file.stem)  # noqa: S311 - repeatable, not secret
    outcomes = set()

    for _ in range(25):
        try:
            model = read_model(damaged(file.read_bytes(), chance), file.name, lenient=True)
        except DeploymentRefusedError:
            outcomes.add("refused")
            continue
        check(model)
        for name in model.decisions:
            outcomes.add(evaluated(model, name))

    assert outcomes <= {"refused", "answered", "stopped"}
    assert outcomes


def evaluated(model: DmnModel, name: str) -> str:
    """Evaluate a decision of a damaged model."""
    try:
        model.evaluate(name, {"amount": 1}).to_json()
    except WorkflowError:
        return "stopped"
    return "answered"
