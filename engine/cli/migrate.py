"""``procureflow migrate``: bring the database to the newest schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.cli.installation import bring_up_to_date, open_engine

if TYPE_CHECKING:
    import argparse

    from engine.cli.voice import Voice
    from engine.settings import Settings


def add(commands: argparse._SubParsersAction[Any], voice: Voice) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "migrate", help=voice.pick("升级数据库结构", "upgrade the database schema")
    )
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Migrate."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings)
    try:
        revisions = "、".join(bring_up_to_date(engine, settings))
    finally:
        engine.close()
    voice.say(f"数据库结构已是最新（{revisions}）。", f"The database is up to date ({revisions}).")
    return 0
