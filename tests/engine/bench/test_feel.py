"""The benchmark of the language measures what it says: fresh texts, rules that really answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from engine import dmn
from engine.bench import feel as bench
from engine.bench.feel_tables import DECISION, SampleTable, sample_table
from engine.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def test_every_rule_of_the_sample_answers_for_its_own_facts() -> None:
    table = sample_table(100)

    answers = [
        table.model.evaluate(DECISION, facts, require_match=True).value for facts in table.facts
    ]

    assert answers == [{"route": f"route {n}", "number": n} for n in range(1, 101)]


def test_the_rules_of_the_sample_exclude_each_other() -> None:
    assert [f for f in dmn.check(sample_table(100).model) if f.rule != "gap"] == []


def test_a_table_of_1000_rules_is_read_as_one_file_and_answers() -> None:
    table = sample_table(1000)

    last = table.model.evaluate(DECISION, table.facts[-1], require_match=True)

    assert last.value == {"route": "route 1000", "number": 1000}
    assert len(table.facts) == 1000


def test_a_rule_that_does_not_answer_stops_the_measurement() -> None:
    table = sample_table(4)
    wrong = SampleTable(model=table.model, facts=table.facts[::-1])

    with pytest.raises(AssertionError, match="rule 1 of 4"):
        bench.table_seconds(wrong)


def test_the_report_has_every_figure_and_names_what_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PROCUREFLOW_DATA", str(tmp_path))
    monkeypatch.setattr(bench, "_ROUNDS", 3)
    monkeypatch.setattr(bench, "_IMPORTS", 1)
    monkeypatch.setitem(bench.GOALS, "compile_ms", 0.0)

    status = main(["bench", "feel", "--json"])

    report = json.loads(capsys.readouterr().out)
    assert (status, report["bench"]) == (0, "feel")
    assert {*bench.GOALS, "table1000_ms"} <= report.keys()
    assert all(report[key] > 0 for key in [*bench.GOALS, "table1000_ms"])
    assert "compile_ms" in report["missed"]
    assert main(["bench", "feel"]) == 0
    assert "compile_ms" in capsys.readouterr().out
