from __future__ import annotations

import pytest

from webui.auth import local_address


@pytest.mark.parametrize("address", ["/", "/tasks/12?x=1", "/worklist/todo?q=%E8%AE%A1"])
def test_paths_of_this_site_are_kept(address: str) -> None:
    assert local_address(address) == address


@pytest.mark.parametrize(
    "address",
    ["", "https://evil.example", "//evil.example", "/\\evil.example", "tasks/1", "/a\r\nSet-X: 1"],
)
def test_everything_else_is_refused(address: str) -> None:
    assert local_address(address) == ""
