"""The benchmark plays the real procedure, and holds the promise of one commit per completion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.bench import Figures, Scenario, measure_steps, rehearse
from engine.bench.figures import percentiles
from engine.bench.http import flat, hidden_fields
from engine.cli.installation import entry_point

if TYPE_CHECKING:
    from engine.runtime import Engine


@pytest.fixture
def engine(office: Engine) -> Engine:
    return office


@pytest.fixture
def scenario(office: Engine) -> Scenario:
    settings, today = office.settings, office.clock.now().date()
    return Scenario(
        process_id="plan_filing",
        login=entry_point(settings.bench_login)(settings.bench_case),
        answers=entry_point(settings.bench_answers)(settings.bench_case, today),
    )


def test_a_completion_is_one_commit_and_few_statements(engine: Engine, scenario: Scenario) -> None:
    figures = measure_steps(engine, scenario, matters=2)

    report = figures.to_json()
    filing, *approvals = report["steps"].values()
    assert {sample.commits for sample in figures.samples} == {1}
    assert all(step["statements"] <= 15 for step in approvals), report["steps"]
    # the first step also stores a document, its records and their reference values
    assert filing["statements"] <= 21
    assert report["completions"] == 2 * len(rehearse(engine, scenario))
    assert report["latency_ms"]["p50"] > 0


def test_several_threads_play_every_matter(engine: Engine, scenario: Scenario) -> None:
    parts = rehearse(engine, scenario)

    figures = measure_steps(engine, scenario, matters=4, threads=2)

    assert len(figures.samples) == 4 * len(parts)
    assert {part.login for part in parts} > {scenario.login}


def test_percentiles_are_nearest_ranks() -> None:
    samples = [number / 1000 for number in range(100, 0, -1)]

    assert percentiles(samples) == {"p50": 50.0, "p95": 95.0, "p99": 99.0, "max": 100.0}
    assert percentiles([]) == {}
    assert Figures("nothing").to_json()["completions_per_second"] is None


def test_answers_become_form_fields() -> None:
    answers = {"name": "甲", "items": [{"price": "1"}, {"price": "2"}], "place": {"city": "乙"}}

    assert dict(flat(answers)) == {
        "name": "甲",
        "items-0-price": "1",
        "items-1-price": "2",
        "place-city": "乙",
    }


def test_hidden_fields_are_what_a_browser_sends_back() -> None:
    page = (
        '<form><input type="hidden" name="csrf_token" value="a"><input name="x" value="y"></form>'
    )

    assert hidden_fields(page) == {"csrf_token": "a"}
