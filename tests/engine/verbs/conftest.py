"""An engine with the office of memos, on every database, and the counting of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.memo import drafted, furnished_memo
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.runtime import Engine
    from tests.conftest import Installed


@pytest.fixture
def engine(installed: Installed) -> Engine:
    return installed(furnished_memo)


@pytest.fixture
def begun(engine: Engine) -> Callable[[str], ProcessDriver]:
    """Give a submitted memo of a structure; an has written it."""
    return lambda process_id: drafted(ProcessDriver.start(engine, process_id, by="an"))


@pytest.fixture
def memo(begun: Callable[[str], ProcessDriver]) -> ProcessDriver:
    """Give a submitted memo of the plain structure, waiting at ``handle``."""
    return begun("memo")
