"""Bring a database to the newest schema; the only caller of Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from engine.clock import SystemClock
from engine.store.calendars import load_library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.store.database import Database

_HERE = Path(__file__).parent / "migrations"


def alembic_config(version_folders: Sequence[Path]) -> Config:
    """Return Alembic's configuration for the engine's migrations and further folders."""
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.set_main_option("path_separator", "newline")
    folders = [_HERE / "versions", *version_folders]
    config.set_main_option("version_locations", "\n".join(str(folder) for folder in folders))
    return config


def migrate(database: Database, version_folders: Sequence[Path] = ()) -> list[str]:
    """Upgrade to all heads and publish the years that the product brings, in one transaction.

    Args:
        database: where to.
        version_folders: migration folders of other packages (each a branch of its own).

    Returns:
        The revisions the database has now.
    """
    config = alembic_config(version_folders)
    with database.writer.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "heads")
        load_library(connection, SystemClock().now())
    return sorted(ScriptDirectory.from_config(config).get_heads())
