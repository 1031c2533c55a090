"""A few seconds of what ``make chaos`` does for minutes: servers and workers killed under load."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chaos.campaign import run
from tests.chaos.installation import furnish

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.databases import ThrowawayDatabases


@pytest.mark.timeout(240)
def test_nothing_is_lost_or_doubled_while_processes_are_killed(
    database_kind: str, throwaway_databases: Callable[[str], ThrowawayDatabases]
) -> None:
    with throwaway_databases(database_kind).copy("chaos", furnish) as url:
        verdict = run(url, seconds=5, size=1)

    assert verdict.found == []
    assert verdict.kills + verdict.pauses >= 2
    assert verdict.answered > 0
