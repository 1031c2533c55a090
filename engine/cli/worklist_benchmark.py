"""``procureflow bench worklist``: lists of an office that grows from a thousand to a million."""

from __future__ import annotations

import os
import platform
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from engine.cli.installation import bring_up_to_date, open_engine
from engine.cli.throwaway import throwaway_database

if TYPE_CHECKING:
    import argparse

    from engine.cli.voice import Voice
    from engine.settings import Settings

#: Open and finished work items of the small office, and its purchasing units: half a district.
SMALL: Final = (1_000, 10_000, 6)


def add_arguments(parser: argparse.ArgumentParser, voice: Voice) -> None:
    """Declare how large the office is and how often it is looked at."""
    parser.add_argument(
        "--open",
        type=int,
        default=1_000_000,
        help=voice.pick("待办数（worklist）", "open work items (worklist)"),
    )
    parser.add_argument(
        "--finished",
        type=int,
        default=10_000_000,
        help=voice.pick("已办数（worklist）", "finished work items (worklist)"),
    )
    parser.add_argument(
        "--looks",
        type=int,
        default=500,
        help=voice.pick("打开列表的次数（worklist）", "pages that are looked at (worklist)"),
    )


def run(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Measure and report."""
    # Only here: nobody else needs a crowd.
    from engine.bench.worklist import GOALS

    result = {
        **_measure(arguments, settings),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }
    if arguments.json:
        voice.show_json(result)
        return 0
    for key, goal in GOALS.items():
        zh, en = ("未达到", "missed") if key in result["missed"] else ("达到", "met")
        voice.say(
            f"{key}：{result[key]}，目标不超过 {goal:g}，{zh}。",
            f"{key}: {result[key]}, goal at most {goal:g}, {en}.",
        )
    return 0


def _measure(arguments: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    from engine.bench.crowd import places
    from engine.bench.crowd_fill import CrowdedOffice
    from engine.bench.worklist import measure_lists, report

    with tempfile.TemporaryDirectory(prefix="pf-") as name:
        folder = Path(name)
        with throwaway_database("postgresql", folder, settings.bench_postgresql) as url:
            engine = open_engine(replace(settings, data_dir=folder, database_url=url))
            try:
                bring_up_to_date(engine, settings)
                office = CrowdedOffice(engine)
                few_open, few_finished, units = SMALL
                office.grow(open_items=few_open, finished_items=few_finished, units=units)
                district = places()[:1]
                small = measure_lists(engine, looks=arguments.looks, among=district)
                office.grow(
                    open_items=max(arguments.open - few_open, 0),
                    finished_items=max(arguments.finished - few_finished, 0),
                )
                large = measure_lists(engine, looks=arguments.looks, among=places())
                return report(small, large)
            finally:
                engine.close()
