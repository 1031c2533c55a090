"""The small office with the procedures that a test names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from tests.support.small_office import Desk, small_office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.clock import FakeClock
    from engine.runtime import Engine
    from engine.settings import Settings


class Begin(Protocol):
    """Deploys a procedure and begins a matter of it."""

    def __call__(self, process_id: str, *, fill: bool = True) -> Desk: ...


@pytest.fixture
def begin(settings: Settings, clock: FakeClock) -> Iterator[Begin]:
    engines: list[Engine] = []

    def begun(process_id: str, *, fill: bool = True) -> Desk:
        engine = small_office(settings, clock, process_id)
        engines.append(engine)
        return Desk.begin(engine, process_id, fill=fill)

    yield begun
    for engine in engines:
        engine.close()
