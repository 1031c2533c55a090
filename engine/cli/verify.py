"""``procureflow verify``: would somebody be there for every step, in every region?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.cli.installation import open_engine
from engine.queries import Vacancies

if TYPE_CHECKING:
    import argparse

    from engine.cli.voice import Voice
    from engine.queries.vacancies import Vacancy
    from engine.settings import Settings

#: Units named in a line.
_NAMED = 3


def add(commands: argparse._SubParsersAction[Any], voice: Voice) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "verify",
        help=voice.pick("检查各地区各环节是否有人可办", "find steps that nobody could do"),
    )
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Look and report; exit status 1 when a step would stop for want of people."""
    engine = open_engine(settings)
    try:
        found = engine.ask(Vacancies())
    finally:
        engine.close()
    for vacancy in found:
        _say(vacancy, voice)
    voice.say(
        f"发现 {len(found)} 个环节目前无人可办。" if found else "每个环节都有人可办。",
        f"{len(found)} steps without anybody." if found else "Every step has somebody.",
    )
    return 1 if any(vacancy.policy == "incident" for vacancy in found) else 0


def _say(vacancy: Vacancy, voice: Voice) -> None:
    posts, units = "、".join(vacancy.posts), "、".join(vacancy.units[:_NAMED])
    more = "等" if len(vacancy.units) > _NAMED else ""
    voice.say(
        f"{vacancy.division}：{vacancy.process} · {vacancy.step}（{posts}）无人担任；"
        f"涉及{units}{more}；到达时按 nobody={vacancy.policy} 处理。",
        f"{vacancy.division}: {vacancy.process} · {vacancy.step} ({', '.join(vacancy.posts)})"
        f" has no holder; for {', '.join(vacancy.units[:_NAMED])}; nobody={vacancy.policy}.",
    )
