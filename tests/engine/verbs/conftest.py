"""An engine with the office of memos, on every database, and the counting of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.memo import drafted, memo_engine
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.clock import FakeClock
    from engine.runtime import Engine
    from engine.settings import Settings


@pytest.fixture
def engine(settings: Settings, clock: FakeClock) -> Iterator[Engine]:
    engine = memo_engine(settings, clock)
    yield engine
    engine.close()


@pytest.fixture
def begun(engine: Engine) -> Callable[[str], ProcessDriver]:
    """Give a submitted memo of a structure; an has written it."""
    return lambda process_id: drafted(ProcessDriver.start(engine, process_id, by="an"))


@pytest.fixture
def memo(begun: Callable[[str], ProcessDriver]) -> ProcessDriver:
    """Give a submitted memo of the plain structure, waiting at ``handle``."""
    return begun("memo")
