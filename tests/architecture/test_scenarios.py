"""Every acceptance scenario is played by a test that says so; the page that lists them is true."""

from __future__ import annotations

from tools.scenarios import PAGE, page, plays, scenarios


def test_every_scenario_is_played() -> None:
    known = {one.key for one in scenarios()}
    processes = {play.scenario for play in plays() if not play.in_browser}
    browser = {play.scenario for play in plays() if play.in_browser}

    assert processes | browser <= known
    assert known - processes == set()
    assert {one.key for one in scenarios() if one.browser} - browser == set()


def test_the_page_is_what_the_tests_say() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m tools.scenarios"
