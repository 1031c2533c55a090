"""docs/office-verbs.md says what the engine does, and no cell of it is dear."""

from __future__ import annotations

import pytest

from tests.engine.verbs.office_verbs import PAGE, Cost, office_verbs


@pytest.fixture(scope="module")
def done() -> tuple[str, list[Cost]]:
    """The page as the engine does it, and the costs of all its commands."""
    return office_verbs()


def test_page_is_current(done: tuple[str, list[Cost]]) -> None:
    """To renew: ``python -m tests.engine.verbs.office_verbs > docs/office-verbs.md``."""
    page, _costs = done
    assert PAGE.read_text(encoding="utf-8") == page


def test_every_command_is_one_commit_of_at_most_15_statements(
    done: tuple[str, list[Cost]],
) -> None:
    _page, costs = done
    assert len(costs) > 100
    assert [cost for cost in costs if cost.statements > 15 or cost.commits != 1] == []
