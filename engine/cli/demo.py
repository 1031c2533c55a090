"""``procureflow demo``: load the demonstration data once and say who can log in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from engine.cli.installation import entry_point, open_engine
from engine.clock import OFFICE_ZONE
from engine.errors import WorkflowError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from datetime import date

    from engine.cli.voice import Voice
    from engine.commands.services import Services
    from engine.settings import Settings


class DemoData(Protocol):
    """What an installation's loader returns."""

    @property
    def loaded(self) -> bool:
        """Whether this call loaded the data; ``False`` = they were there."""

    @property
    def accounts(self) -> Sequence[str]:
        """Lines that say who can log in."""


@dataclass(frozen=True, kw_only=True)
class LoadDemo:
    """Call the installation's loader in one transaction.

    Attributes:
        loader: ``function(session, today)``; a second call changes nothing.
    """

    loader: Callable[..., DemoData]

    def execute(self, services: Services) -> DemoData:
        """Load."""
        today = services.now.astimezone(OFFICE_ZONE).date()
        data = self.loader(services.store.session, today)
        if data.loaded:
            services.note("demo_loaded", detail={"today": today.isoformat()})
        return data


def add(commands: argparse._SubParsersAction[Any], voice: Voice) -> None:
    """Declare the command."""
    parser = commands.add_parser("demo", help=voice.pick("装入演示数据", "load demo data"))
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Load and report."""
    engine = open_engine(settings)
    try:
        data = engine.execute(LoadDemo(loader=entry_point(settings.demo_loader)))
        today = engine.clock.now().astimezone(OFFICE_ZONE).date()
    finally:
        engine.close()
    if data.loaded:
        voice.say("已装入演示数据。", "The demonstration data were loaded.")
        _play(settings, today, voice)
    else:
        voice.say("演示数据此前已装入，保持不变。", "The demonstration data are there already.")
    voice.say(
        "可以登录（账号  初始密码  单位  岗位）：",
        "Who can log in (account, password, unit, post):",
    )
    for line in data.accounts:
        voice.say(f"  {line}", f"  {line}")
    return 0


def _play(settings: Settings, today: date, voice: Voice) -> None:
    """Let the people of the demonstration do what they did before today.

    What stops them is told and stops nothing else: the product is there without their projects.
    """
    try:
        projects = entry_point(settings.demo_story)(settings, today)
    except WorkflowError as error:
        voice.say(
            f"演示项目只办理了一部分：{error.message_zh}",
            f"The projects were gone through in part only: {error.message_en}",
        )
        return
    if projects:
        voice.say(
            f"已办理 {projects} 个演示项目，见“采购项目”和“项目监督”。",
            f"{projects} projects were gone through; see 采购项目 and 项目监督.",
        )
    else:
        voice.say(
            "流程尚未部署，没有演示项目。先运行 procureflow deploy processes，再在空库中装入。",
            "The procedures are not deployed, so there are no projects: deploy first, then load"
            " into an empty database.",
        )
