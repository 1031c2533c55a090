"""``procureflow bench …``: measure installations on each database, the engine, or a language."""

from __future__ import annotations

import os
import platform
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from engine.bench import Figures, Scenario, measure_http, measure_steps, rehearse
from engine.bench.feel import measure_feel
from engine.bench.http import Browser
from engine.bench.server import served
from engine.catalog import find_packages, read_package
from engine.cli import worklist_benchmark
from engine.cli.demo import LoadDemo
from engine.cli.installation import bring_up_to_date, entry_point, open_engine
from engine.cli.throwaway import throwaway_database
from engine.commands import DeployPackage, hash_password

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from engine.cli.voice import Voice
    from engine.commands.services import Services
    from engine.runtime import Engine
    from engine.settings import Settings

_PASSWORD: Final = "bench-0123456789"  # noqa: S105 - of accounts in a throw-away database
_ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class SetPasswords:
    """Give accounts of a throw-away installation a known password."""

    logins: Sequence[str]

    def execute(self, services: Services) -> None:
        """Set."""
        stored = hash_password(_PASSWORD)
        for login in self.logins:
            services.store.identity.change_participant(login, password_hash=stored)


def add(commands: argparse._SubParsersAction[Any], voice: Voice) -> None:
    """Declare the commands."""
    parser = commands.add_parser("bench", help=voice.pick("性能测量", "measure"))
    parser.add_argument("what", choices=("steps", "http", "feel", "engine", "worklist"))
    parser.add_argument("--json", action="store_true", help=voice.pick("输出 JSON", "print JSON"))
    parser.add_argument("--matters", type=int, default=50, help=voice.pick("事项数", "matters"))
    parser.add_argument("--threads", type=int, default=1, help=voice.pick("线程数", "threads"))
    parser.add_argument(
        "--instances",
        type=int,
        default=100_000,
        help=voice.pick("等待中的实例数（engine）", "instances that wait (engine)"),
    )
    parser.add_argument(
        "--rounds",
        type=int,
        default=20,
        help=voice.pick("循环测量次数（engine）", "samples of a cycle (engine)"),
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=20.0,
        help=voice.pick("空闲观察秒数（engine）", "seconds of watching (engine)"),
    )
    parser.add_argument(
        "--database",
        choices=("all", "sqlite", "postgresql"),
        default="all",
        help=voice.pick("数据库", "database"),
    )
    parser.add_argument("--case", default="", help=voice.pick("演示用例编号", "demo case"))
    parser.add_argument("--processes", type=Path, default=_ROOT / "processes")
    worklist_benchmark.add_arguments(parser, voice)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Measure and report."""
    if arguments.what == "feel":
        return _run_feel(arguments, voice)
    if arguments.what == "engine":
        return _run_engine(arguments, settings, voice)
    if arguments.what == "worklist":
        return worklist_benchmark.run(arguments, settings, voice)
    reports = []
    for kind in _kinds(arguments):
        with _installation(kind, settings, arguments.processes) as (engine, used):
            reports.append(_measure(arguments, engine, used, kind).to_json())
    result = {
        "bench": arguments.what,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "results": reports,
    }
    if arguments.json:
        voice.show_json(result)
        return 0
    for report in reports:
        latency = report["latency_ms"]
        voice.say(
            f"{report['label']}：每秒办理 {report['completions_per_second']} 步，"
            f"中位 {latency['p50']} 毫秒，p99 {latency['p99']} 毫秒。",
            f"{report['label']}: {report['completions_per_second']} completions/s,"
            f" median {latency['p50']} ms, p99 {latency['p99']} ms.",
        )
    return 0


def _kinds(arguments: argparse.Namespace) -> tuple[str, ...]:
    return ("sqlite", "postgresql") if arguments.database == "all" else (arguments.database,)


def _run_engine(arguments: argparse.Namespace, settings: Settings, voice: Voice) -> int:
    """Measure the interpreter beside the plain library, then every database."""
    # Only here: the plain library's parser would slow the start of every other command.
    from engine.bench.engine import Extent, goals, measure_cycles, measure_engine, report

    cycles = measure_cycles(rounds=arguments.rounds)
    extent = Extent(
        matters=arguments.matters, instances=arguments.instances, seconds=arguments.seconds
    )
    found = []
    for kind in _kinds(arguments):
        with _installation(kind, settings, arguments.processes) as (engine, used):
            scenario = _scenario(arguments.case or settings.bench_case, engine, used)
            found.append(measure_engine(engine, used, scenario, kind, extent))
    if arguments.json:
        machine = {"python": platform.python_version(), "cores": os.cpu_count()}
        voice.show_json({**report(cycles, found), **machine})
        return 0
    for goal in goals(cycles, found):
        zh, en = ("达到", "met") if goal.met else ("未达到", "missed")
        sign = "≥" if goal.at_least else "≤"
        voice.say(
            f"{goal.key}：{goal.value:g}，目标 {sign} {goal.limit:g}，{zh}。",
            f"{goal.key}: {goal.value:g}, goal {sign} {goal.limit:g}, {en}.",
        )
    return 0


def _run_feel(arguments: argparse.Namespace, voice: Voice) -> int:
    """Measure what needs no installation."""
    result = {
        "bench": arguments.what,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        **measure_feel(),
    }
    if arguments.json:
        voice.show_json(result)
        return 0
    for key, goal in result["goals"].items():
        zh, en = ("未达到", "missed") if key in result["missed"] else ("达到", "met")
        voice.say(
            f"{key}：{result[key]}，目标不超过 {goal:g}，{zh}。",
            f"{key}: {result[key]}, goal at most {goal:g}, {en}.",
        )
    voice.say(f"table1000_ms：{result['table1000_ms']}", f"table1000_ms: {result['table1000_ms']}")
    return 0


def _measure(
    arguments: argparse.Namespace, engine: Engine, settings: Settings, label: str
) -> Figures:
    scenario = _scenario(arguments.case or settings.bench_case, engine, settings)
    if arguments.what == "steps":
        return measure_steps(
            engine,
            scenario,
            matters=arguments.matters,
            threads=arguments.threads,
            label=label,
        )
    parts = rehearse(engine, scenario)
    logins = sorted({part.login for part in parts})
    engine.execute(SetPasswords(logins=logins))
    with served(settings) as port, ExitStack() as open_browsers:
        browsers = {login: Browser("127.0.0.1", port) for login in logins}
        for login, browser in browsers.items():
            open_browsers.callback(browser.close)
            browser.log_in(login, _PASSWORD)
        return measure_http(
            engine, scenario, parts, browsers, matters=arguments.matters, label=label
        )


def _scenario(case: str, engine: Engine, settings: Settings) -> Scenario:
    today = engine.clock.now().date()
    return Scenario(
        process_id=settings.bench_process,
        login=entry_point(settings.bench_login)(case),
        answers=entry_point(settings.bench_answers)(case, today),
    )


@contextmanager
def _installation(
    kind: str, settings: Settings, processes: Path
) -> Iterator[tuple[Engine, Settings]]:
    """Give a migrated, deployed installation with demo data in a folder that is then removed."""
    with tempfile.TemporaryDirectory(prefix="pf-") as name:
        folder = Path(name)
        with throwaway_database(kind, folder, settings.bench_postgresql) as url:
            used = replace(settings, data_dir=folder, database_url=url)
            engine = open_engine(used)
            try:
                bring_up_to_date(engine, used)
                engine.execute(LoadDemo(loader=entry_point(used.demo_loader)))
                for package in find_packages(processes):
                    engine.execute(DeployPackage(package=read_package(package)))
                yield engine, used
            finally:
                engine.close()
