"""Completions through the engine alone."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from engine.bench.figures import Figures, Sample
from engine.bench.scenario import completion, next_item, rehearse, start
from engine.model.participants import Actor
from engine.store.inspection import counted

if TYPE_CHECKING:
    from engine.bench.scenario import Part, Scenario
    from engine.runtime import Engine


def measure_steps(
    engine: Engine, scenario: Scenario, *, matters: int, threads: int = 1, label: str = ""
) -> Figures:
    """Play ``matters`` matters to their end and time every completion.

    Starting a matter and finding the next work item are not counted; the rate divides the
    completions by the time spent in them (one thread) or by the wall time (several).

    Args:
        engine: a prepared installation.
        scenario: what is played.
        matters: how many matters, ≥ 1.
        threads: how many are played at the same time, ≥ 1.
        label: name in the report.
    """
    parts = rehearse(engine, scenario)
    figures = Figures(label)
    keys = [start(engine, scenario) for _ in range(matters)]
    shares = [keys[number::threads] for number in range(threads)]
    lock = threading.Lock()
    players = [
        threading.Thread(target=_play, args=(engine, scenario, parts, share, figures, lock))
        for share in shares
    ]
    began = time.perf_counter()
    for player in players:
        player.start()
    for player in players:
        player.join()
    wall = time.perf_counter() - began
    figures.seconds = figures.busy_seconds if threads == 1 else wall
    return figures


def _play(
    engine: Engine,
    scenario: Scenario,
    parts: tuple[Part, ...],
    keys: list[str],
    figures: Figures,
    lock: threading.Lock,
) -> None:
    for instance_key in keys:
        for part in parts:
            found = next_item(engine, instance_key)
            if found is None or found[1] != part.element_id:
                message = f"expected {part.element_id}, found {found}"
                raise AssertionError(message)
            command = completion(found[0], part, scenario)
            with counted(engine.database) as count:
                began = time.perf_counter()
                engine.execute(command, Actor(login=found[2]))
                took = time.perf_counter() - began
            sample = Sample(
                step=part.element_id,
                seconds=took,
                statements=count.statements,
                commits=count.commits,
            )
            with lock:
                figures.samples.append(sample)
