"""Server, worker or trading centre is killed between number and lots: one push, the same end."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import text

from engine.clock import FakeClock
from engine.store.database import Database
from tests.outside.ways import SCHOOL
from tests.processes.plan_filing import approve, file_plan
from tests.support.databases import OPENING
from tests.support.furniture import engine_on
from tests.support.http_client import Client, UnansweredError
from tests.support.programs import Program
from tests.support.server import Server
from tests.support.standins import Standins

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.process_driver import ProcessDriver

#: Who dies, and how many seconds after the last approval was sent. A push takes about 0.1, the
#: lots come back within a second. Each database sees every kind, at moments of its own.
KILLS: Final = {
    "sqlite": (("server", 0.05), ("worker", 0.15), ("centre", 0.2), ("worker", 0.6)),
    "postgresql": (("server", 0.4), ("worker", 0.05), ("centre", 0.05), ("centre", 0.8)),
}
LOTS: Final = 2
#: Seconds until everything must have come to rest: the lease of a dead worker and some tries.
PATIENCE: Final = 60
COMPLETED: Final = (
    "SELECT count(*) FROM process_instance WHERE process_id = 'plan_filing' AND state = 'completed'"
)
SETTINGS: Final = {
    "PROCUREFLOW_PARTNERS": "simulated",
    "PROCUREFLOW_WORKER_THREADS": "0",
    "PROCUREFLOW_LEASE_SECONDS": "2",
    "PROCUREFLOW_POLL_SECONDS": "0.1",
    "PROCUREFLOW_RETRY_PLATFORM_PUSH_PLAN": "1x60",
}


class Office:
    """An installation of three programs: server, worker, trading centre."""

    def __init__(self, url: str, folder: Path) -> None:
        """Take a furnished database; nothing is started yet."""
        self.url = url
        self._folder = folder
        self.server = Server(url, folder / "var", SETTINGS)
        self.centre = Standins(folder / "var", self.server.address, LOTS)
        port = str(self.centre.partners.standins_port)
        self.server.set("PROCUREFLOW_STANDINS_PORT", port)
        self._worker: Program | None = None

    def start(self) -> None:
        """Start all three."""
        self.server.start()
        self.centre.start()
        self.start_worker()

    def start_worker(self) -> None:
        """Start ``procureflow work``."""
        environment = {**self.server.environment(), "PROCUREFLOW_WORKER_THREADS": "2"}
        self._worker = Program(["work"], environment, self._folder / "worker.log")

    def kill(self, who: str) -> None:
        """End one of them at once."""
        if who == "server":
            self.server.kill()
        elif who == "centre":
            self.centre.kill()
        elif self._worker is not None:
            self._worker.kill()
            self._worker.wait(20)

    def start_again(self, who: str) -> None:
        """Start what was killed."""
        {
            "server": self.server.start,
            "centre": self.centre.start,
            "worker": self.start_worker,
        }[who]()

    def count(self, query: str, **values: int) -> int:
        """Count rows."""
        database = Database(self.url)
        try:
            with database.engine.connect() as connection:
                return int(connection.execute(text(query), values).scalar_one())
        finally:
            database.dispose()


@contextmanager
def running(url: str, folder: Path) -> Iterator[Office]:
    """Give the three programs and end them."""
    office = Office(url, folder)
    office.start()
    try:
        yield office
    finally:
        for who in ("worker", "centre", "server"):
            office.kill(who)


def almost_numbered(url: str, folder: Path, how_many: int) -> list[ProcessDriver]:
    """Bring plans to their last approval."""
    with engine_on(url, folder, FakeClock(OPENING)) as engine:
        plans = [file_plan(engine, "PL055") for _ in range(how_many)]
        for plan in plans:
            approve(plan, *SCHOOL[:-1])
        return plans


@pytest.mark.scenario("KILL-01")
@pytest.mark.timeout(400)
def test_one_push_and_all_lots_whoever_is_killed(
    database_kind: str, office_url: str, tmp_path: Path
) -> None:
    kills = KILLS[database_kind]
    plans = almost_numbered(office_url, tmp_path / "var", len(kills))
    with running(office_url, tmp_path) as office:
        last = Client(office.server.address)
        last.log_in("pd_ywfh")
        for done, (plan, (who, wait)) in enumerate(zip(plans, kills, strict=True), start=1):
            approve_and_kill(office, last, plan, who, wait)
            story = f"{who} was killed after {wait} s"
            await_count(office, "SELECT count(*) FROM lot", LOTS * done, story)
            await_count(office, COMPLETED, done, story)

        pushes = office.centre.received("trading_centre", "plan.filed")
        assert len(pushes) == len({push["id"] for push in pushes}) == len(kills)
        assert office.count("SELECT count(*) FROM sent_message") == len(kills)
        assert office.count("SELECT count(*) FROM lot") == LOTS * len(kills)
        assert office.count("SELECT count(*) FROM received_message") == len(kills)
        assert office.count("SELECT count(*) FROM incident") == 0
        assert {row["status"] for row in office.centre.outgoing()} == {200}
        office.server.run("doctor")


def approve_and_kill(
    office: Office, client: Client, plan: ProcessDriver, who: str, wait: float
) -> None:
    """Send the last approval; ``who`` dies in the middle of what follows and comes back."""
    task = f"/tasks/{work_item(office, plan)}"
    decision = client.fields_of(task, {}, _outcome="approve", _opinion="同意。")
    killer = threading.Timer(wait, office.kill, [who])
    killer.start()
    try:
        client.post(task, decision)
    except UnansweredError:
        assert who == "server"
    killer.join()
    office.start_again(who)
    # The same request again, as a person would send it who saw no answer.
    assert "/finished/" in client.post(task, decision)[0]


def work_item(office: Office, plan: ProcessDriver) -> int:
    query = "SELECT key FROM work_item WHERE root_key = :key AND state IN ('offered', 'claimed')"
    return office.count(query, key=int(plan.instance_key))


def await_count(office: Office, query: str, expected: int, story: str) -> None:
    """Wait until the programs have come to rest."""
    deadline = time.monotonic() + PATIENCE
    while (found := office.count(query)) != expected:
        assert time.monotonic() < deadline, f"{story}: {query} gives {found}, not {expected}"
        time.sleep(0.1)
