"""migrate, deploy, demo, work, doctor, serve: from an empty folder to a running product."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from engine.bench.scenario import Part, Scenario, completion, next_item, start
from engine.catalog import read_package
from engine.cli.demo import LoadDemo
from engine.cli.doctor import Diagnosis, Examine
from engine.cli.installation import bring_up_to_date, entry_point, load_handlers, open_engine
from engine.commands import DeployPackage
from engine.errors import ConfigurationError
from engine.model.participants import Actor
from engine.settings import Settings
from engine.store.tables import work_item
from tests.support.databases import ROOT

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]


def test_from_nothing_to_a_sound_installation(run: Run, installation: Path) -> None:
    assert run("migrate")[0] == 0
    assert run("migrate")[0] == 0
    assert run("deploy", ROOT / "processes")[0] == 0
    status, said, _ = run("demo")
    assert status == 0
    assert "lysw_jb" in said
    assert "7 个演示项目" in said
    assert stages(installation / "procureflow.db") == {
        *("intention", "planned", "announced", "awarded", "contracted", "settled")
    }
    assert run("demo")[0] == 0
    assert run("work", "--once")[0] == 0
    status, said, _ = run("doctor")
    assert (status, "0 个问题" in said) == (0, True)
    assert (installation / "procureflow.db").is_file()


def stages(database: Path) -> set[str]:
    """Return the stages at which there are projects."""
    with closing(sqlite3.connect(database)) as connection:
        return {stage for (stage,) in connection.execute("SELECT stage FROM project")}


def test_english_when_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROCUREFLOW_LANGUAGE", "en")

    assert "up to date" in run("migrate")[1]


def test_a_bad_setting_ends_the_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROCUREFLOW_PORT", "http")

    status, _, complaint = run("migrate")

    assert status == 1
    assert "PROCUREFLOW_PORT" in complaint


def test_a_taken_port_is_explained(run: Run, installation: Path) -> None:
    assert not installation.exists()
    run("migrate")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        status, _, complaint = run("serve", "--port", str(other.getsockname()[1]))

    assert status == 1
    assert "PROCUREFLOW_PORT" in complaint


def test_names_that_lead_nowhere_are_configuration_errors() -> None:
    with pytest.raises(ConfigurationError, match="no_such_module"):
        entry_point("no_such_module:create_app")
    with pytest.raises(ConfigurationError, match="'start'"):
        entry_point("engine.cli:start")
    with pytest.raises(ConfigurationError):
        load_handlers("no_such_package")


def test_every_handler_module_is_loaded() -> None:
    loaded = load_handlers("handlers")

    assert "handlers.plan.assign_number" in loaded
    assert not any(".migrations" in name for name in loaded)


def test_the_doctor_finds_a_row_that_was_changed_by_hand(
    empty_database_url: str, tmp_path: Path
) -> None:
    settings = replace(Settings(data_dir=tmp_path), database_url=empty_database_url)
    engine = open_engine(settings)
    try:
        bring_up_to_date(engine, settings)
        engine.execute(LoadDemo(loader=entry_point(settings.demo_loader)))
        package = read_package(ROOT / "processes" / "plan_filing")
        engine.execute(DeployPackage(package=package))
        scenario = Scenario(
            process_id="plan_filing",
            login=entry_point(settings.bench_login)("PL025"),
            answers=entry_point(settings.bench_answers)("PL025", engine.clock.now().date()),
        )
        matter = start(engine, scenario)
        item = next_item(engine, matter)
        assert item is not None
        part = Part(item[1], item[2], "complete", scenario.answers)
        engine.execute(completion(item[0], part, scenario), Actor(login=item[2]))
        # now a called process waits inside the matter
        assert engine.ask(Examine()) == Diagnosis(matters=1, troubles=())

        with engine.database.writer.begin() as connection:
            connection.execute(
                update(work_item).where(work_item.c.state == "offered").values(state="completed")
            )
        diagnosis = engine.ask(Examine())
    finally:
        engine.close()

    (trouble,) = diagnosis.troubles
    assert "work_item" in trouble.message_zh
