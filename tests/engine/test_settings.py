"""The environment is read once, and every bad value is named."""

from __future__ import annotations

import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.clock import FakeClock, ShiftedClock
from engine.errors import ConfigurationError
from engine.settings import Settings, file_system_of


def test_an_empty_environment_gives_the_defaults() -> None:
    settings = Settings.from_environment({})

    assert settings == Settings()
    assert settings.database_url == "sqlite:///var/procureflow.db"
    assert settings.clock() is None


def test_the_database_follows_the_data_folder(tmp_path: Path) -> None:
    settings = Settings.from_environment({"PROCUREFLOW_DATA": str(tmp_path)})

    assert settings.database_url == f"sqlite:///{tmp_path}/procureflow.db"
    assert settings.attachments_dir == tmp_path / "attachments"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PROCUREFLOW_PORT", "eighty"),
        ("PROCUREFLOW_PORT", "70000"),
        ("PROCUREFLOW_CLOCK", "yesterday"),
        ("PROCUREFLOW_DATABASE_URL", "mysql://root:hunter2@db/x"),
        ("PROCUREFLOW_SESSION_HOURS", "0"),
        ("PROCUREFLOW_PASSWORD_MIN_LENGTH", "4"),
        ("PROCUREFLOW_POLL_SECONDS", "nan"),
        ("PROCUREFLOW_LANGUAGE", "fr"),
    ],
)
def test_a_bad_value_is_refused_by_name_and_not_repeated(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        Settings.from_environment({name: value})

    assert name in refusal.value.message_zh
    assert name in refusal.value.message_en
    assert "hunter2" not in refusal.value.message_en


def test_a_clock_without_a_zone_is_office_time_and_runs_on() -> None:
    settings = Settings.from_environment({"PROCUREFLOW_CLOCK": "2026-06-10T09:00:00"})

    assert settings.clock_start is not None
    assert settings.clock_start.astimezone(UTC) == datetime(2026, 6, 10, 1, tzinfo=UTC)

    pace = FakeClock(datetime(2030, 1, 1, tzinfo=UTC))
    clock = ShiftedClock(settings.clock_start, pace)
    pace.advance(timedelta(minutes=5))
    assert clock.now() == datetime(2026, 6, 10, 1, 5, tzinfo=UTC)


def test_the_secret_is_drawn_once_and_private(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "var")
    found: list[str] = []

    threads = [
        threading.Thread(target=lambda: found.append(settings.secret_key())) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 8
    assert len(set(found)) == 1
    assert len(found[0]) == 64
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600


def test_a_secret_that_others_can_read_stops_the_start(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    settings.secret_key()
    (tmp_path / "secret_key").chmod(0o644)

    with pytest.raises(ConfigurationError, match="chmod 600"):
        settings.secret_key()


def test_a_damaged_secret_stops_the_start(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    settings.secret_key()
    (tmp_path / "secret_key").write_text("abc", encoding="ascii")

    with pytest.raises(ConfigurationError, match="damaged"):
        settings.secret_key()


def test_the_nearest_mount_names_the_file_system(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nnas:/x {tmp_path} nfs4 rw 0 0\n", encoding="utf-8")

    assert file_system_of(tmp_path / "var" / "a.db", mounts) == "nfs4"
    assert file_system_of(Path("/srv/a.db"), mounts) == "ext4"
    assert file_system_of(Path("/srv/a.db"), tmp_path / "none") == ""
