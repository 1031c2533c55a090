"""docs/elements.md is what the code says, and every row's example exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.bpmn.catalogue import ELEMENTS, elements_page
from engine.bpmn.facts import ElementKind
from engine.bpmn.reader import read_model
from tests.engine.bpmn.conftest import ELEMENTS as MODELS

PAGE = Path(__file__).parents[3] / "docs" / "elements.md"


def test_page_is_current() -> None:
    """To renew: ``python -c "from engine.bpmn.catalogue import *; print(elements_page())"``."""
    assert PAGE.read_text(encoding="utf-8") == elements_page()


@pytest.mark.parametrize("example", sorted({row[3] for row in ELEMENTS}))
def test_example_exists_and_is_tested(example: str) -> None:
    read_model((MODELS / f"{example}.bpmn").read_bytes())

    tests = "".join(path.read_text(encoding="utf-8") for path in MODELS.parent.glob("test_*.py"))
    assert f'run("{example}"' in tests


def test_every_kind_of_element_has_an_example() -> None:
    found: set[ElementKind] = set()
    for path in MODELS.glob("*.bpmn"):
        found.update(element.kind for element in read_model(path.read_bytes()).elements.values())

    assert found == set(ElementKind)
