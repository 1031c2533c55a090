"""What lies on the desks of the demonstration, looked at as closely as every other page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.accessibility import looked_over
from tests.support.browser import WIDE
from tests.support.demonstration import desks
from tests.support.furniture import told
from tests.support.server import Server, supervised

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser


@pytest.fixture
def server(office_url: str, tmp_path: Path) -> Iterator[Server]:
    """Start the product with its projects at every stage."""
    told(office_url, tmp_path / "var")
    with supervised(Server(office_url, tmp_path / "var")) as server:
        server.start()
        yield server


@pytest.mark.timeout(300)
def test_what_lies_on_the_desks_is_accessible_and_fits_desk_and_telephone(enter: Enter) -> None:
    pages, found = looked_over(desks(lambda login: enter(login, WIDE, reduced_motion="reduce")))

    assert pages >= 25
    assert not found, "\n".join(found)
