"""``procureflow demo``: load the demonstration data once and say who can log in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.cli.installation import entry_point, open_engine
from engine.clock import OFFICE_ZONE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from engine.cli.voice import Voice
    from engine.commands.services import Services
    from engine.settings import Settings


@dataclass(frozen=True, kw_only=True)
class LoadDemo:
    """Call the installation's loader in one transaction; ``False`` = it was loaded before.

    Attributes:
        loader: ``function(session, today)``; loads once, a second call changes nothing.
    """

    loader: Callable[..., Any]

    def execute(self, services: Services) -> bool:
        """Load."""
        today = services.now.astimezone(OFFICE_ZONE).date()
        loaded = bool(self.loader(services.store.session, today))
        if loaded:
            services.note("demo_loaded", detail={"today": today.isoformat()})
        return loaded


def add(commands: argparse._SubParsersAction[Any], voice: Voice) -> None:
    """Declare the command."""
    parser = commands.add_parser("demo", help=voice.pick("装入演示数据", "load demo data"))
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Load and report."""
    engine = open_engine(settings)
    try:
        loaded = engine.execute(LoadDemo(loader=entry_point(settings.demo_loader)))
    finally:
        engine.close()
    voice.say("演示数据已就绪。", "The demonstration data is in place.")
    for line in getattr(loaded, "accounts", ()):
        voice.say(f"  {line}", f"  {line}")
    return 0
