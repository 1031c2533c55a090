"""Write docs/scenarios.md: which test plays which acceptance scenario.

The tests say it themselves by ``@pytest.mark.scenario("S3-O01")``; nothing is kept twice. Run
``python -m tools.scenarios`` after a change; a test compares the page with the tests.
"""

from __future__ import annotations

import ast
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs" / "scenarios.md"
_HEAD: Final = """\
# Acceptance scenarios and the tests that play them

Written by `python -m tools.scenarios` from `tests/scenarios.toml` and the marker `scenario` of the
tests; [a test](../tests/architecture/test_scenarios.py) keeps it true. The scenarios come from the
manuals of Henan (S3) and Pingdingshan (S4); BAD, KILL, CITY and OWN are what else the product has
to withstand. Process tests run the real handlers on SQLite and PostgreSQL; every refusal in them is
checked for “no state change, no outside message, one audit line”.

| Scenario | What it shows | Process tests | Browser |
|---|---|---|---|
"""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """An entry of ``tests/scenarios.toml``."""

    key: str
    name: str
    browser: bool = False
    reading: str = ""


@dataclass(frozen=True, kw_only=True)
class Play:
    """A test that plays a scenario; ``path`` is relative to the repository."""

    scenario: str
    path: str
    test: str

    @property
    def in_browser(self) -> bool:
        """Whether a real browser takes part."""
        return self.path.startswith("tests/browser/")


def scenarios() -> list[Scenario]:
    """Return every scenario in the order of the file."""
    known = tomllib.loads((ROOT / "tests" / "scenarios.toml").read_text("utf-8"))
    return [Scenario(key=key, **entry) for key, entry in known.items()]


def plays() -> list[Play]:
    """Return what the tests say they play, by path and place in the file."""
    found = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                name = path.relative_to(ROOT).as_posix()
                found += [
                    Play(scenario=key, path=name, test=node.name)
                    for decorator in node.decorator_list
                    for key in _keys(decorator)
                ]
    return found


def _keys(decorator: ast.expr) -> Iterator[str]:
    if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.scenario":
        yield from (ast.literal_eval(argument) for argument in decorator.args)


def page() -> str:
    """Return the page as it must be."""
    known = plays()
    return _HEAD + "".join(_row(one, known) for one in scenarios())


def _row(scenario: Scenario, known: list[Play]) -> str:
    own = [play for play in known if play.scenario == scenario.key]
    name = f"{scenario.name}<br>{scenario.reading}" if scenario.reading else scenario.name
    processes = _cell([play for play in own if not play.in_browser])
    browser = _cell([play for play in own if play.in_browser])
    return f"| {scenario.key} | {name} | {processes} | {browser} |\n"


def _cell(own: list[Play]) -> str:
    """Return one line per file: its link and its tests."""
    files = dict.fromkeys(play.path for play in own)
    return "<br>".join(
        f"[{Path(path).stem}](../{path}): "
        + ", ".join(play.test.removeprefix("test_") for play in own if play.path == path)
        for path in files
    )


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
