"""The installation under attack: schema, people, the chaos procedure, and its processes."""

from __future__ import annotations

import os
import random
import signal
import socket
import tempfile
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from engine.catalog import read_package
from engine.commands import DeployPackage, hash_password
from engine.model.participants import Membership, OrgUnit, Participant, Role
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.identity import put_org_unit, put_participant, put_role
from tests.chaos.outside_world import BEGUN, EFFECTS_VARIABLE, LEDGER
from tests.chaos.start import FAULT_VARIABLE
from tests.support.databases import migrated
from tests.support.programs import Program

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE: Final = Path(__file__).resolve().parent
PASSWORD: Final = "chaos-0123456789"
CLERKS: Final = ("clerk1", "clerk2")
REVIEWERS: Final = ("reviewer1", "reviewer2", "reviewer3")
LEASE_SECONDS: Final = 2
#: A paused worker comes back after its lease has lapsed and somebody else has its job.
PAUSE_SECONDS: Final = LEASE_SECONDS + 1.0
#: Share of the strikes that hit a process in the middle of a job, if there is one.
_AIMED: Final = 0.6
_START_SECONDS: Final = 60.0
_UNIT: Final = OrgUnit(code="CHAOS", name="混乱单位", parent=None, kind="", division="410100")


def furnish(url: str) -> None:
    """Fill an empty database with everything that the campaign needs."""
    migrated(url)
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(Settings(data_dir=Path(folder), database_url=url))
        with engine.database.session(write=True) as session:
            session.execute(text(LEDGER))
            put_org_unit(session, _UNIT)
            password = hash_password(PASSWORD)
            for role, logins in (("chaos_clerk", CLERKS), ("chaos_reviewer", REVIEWERS)):
                put_role(session, Role(key=role, name=role, name_en=role))
                for login in logins:
                    member = Membership(role=role, unit=_UNIT.code, scope_prefix=None)
                    person = Participant(login=login, name=login, unit=_UNIT, memberships=(member,))
                    put_participant(session, person, password_hash=password)
            session.commit()
        package = read_package(HERE / "packages" / "processes" / "chaos")
        engine.execute(DeployPackage(package=package))
        engine.close()


@dataclass
class Unit:
    """One process of the product that is killed and started again.

    Attributes:
        arguments: ``serve`` or ``work``.
        port: of a server, 0 for a worker.
        environment: its variables.
        log: file that it prints to.
        process: alive or dead, ``None`` before its first start.
    """

    arguments: Sequence[str]
    port: int
    environment: dict[str, str]
    log: Path
    process: Program | None = None

    def start(self) -> None:
        """Start without waiting."""
        self.process = Program(
            self.arguments, self.environment, self.log, entry="tests.chaos.start:main"
        )

    def send(self, number: signal.Signals) -> None:
        """Send a signal if it lives; a killed process is waited for."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)
            if number is signal.SIGKILL:
                self.process.wait(timeout=30)


class Fleet:
    """Servers and workers on one database.

    Attributes:
        addresses: of the servers.
        kills: SIGKILLs so far.
        pauses: SIGSTOPs so far.
    """

    def __init__(self, url: str, folder: Path, *, fault: str = "", size: int = 2) -> None:
        """Prepare ``size`` servers and as many workers; ``fault`` is planted in all of them."""
        effects = folder / "effects.log"
        effects.touch()
        self.effects = effects
        self.kills = 0
        self.pauses = 0
        self._random = random.Random(7)  # noqa: S311 - a repeatable campaign
        self._timers: list[threading.Timer] = []
        environment = os.environ | {
            "PROCUREFLOW_DATABASE_URL": url,
            "PROCUREFLOW_DATA": str(folder / "var"),
            "PROCUREFLOW_HANDLERS": "tests.chaos.outside_world",
            "PROCUREFLOW_LEASE_SECONDS": str(LEASE_SECONDS),
            "PROCUREFLOW_POLL_SECONDS": "0.2",
            EFFECTS_VARIABLE: str(effects),
            FAULT_VARIABLE: fault,
        }
        environment.pop("PROCUREFLOW_CLOCK", None)
        self.units = []
        for number in range(size):
            port = _free_port()
            web = environment | {"PROCUREFLOW_PORT": str(port)}
            self.units.append(Unit(["serve"], port, web, folder / f"serve{number}.log"))
        for number in range(size):
            self.units.append(Unit(["work"], 0, environment, folder / f"work{number}.log"))
        self.addresses = [f"http://127.0.0.1:{unit.port}" for unit in self.units if unit.port]

    def start(self) -> None:
        """Start everything and wait until every server answers."""
        # One first: it makes the secret that all of them share.
        for unit in self.units:
            unit.start()
            if unit is self.units[0]:
                self._await_answers(self.addresses[:1])
        self._await_answers(self.addresses)

    def strike(self) -> None:
        """Kill a random process and start it again, or let a worker miss its lease."""
        for dead in self.units:
            if dead.process is not None and dead.process.poll() is not None:
                dead.start()
        busy = self._busy()
        unit = self._random.choice(busy if busy and self._random.random() < _AIMED else self.units)
        if not unit.port and self._random.random() < 0.4:
            unit.send(signal.SIGSTOP)
            self.pauses += 1
            waking = threading.Timer(PAUSE_SECONDS, unit.send, [signal.SIGCONT])
            waking.start()
            self._timers.append(waking)
            return
        unit.send(signal.SIGKILL)
        self.kills += 1
        unit.start()

    def errors(self) -> list[str]:
        """Return the last lines of all tracebacks that servers have printed."""
        found: list[str] = []
        for unit in self.units:
            for trace in unit.log.read_text("utf-8").split("Traceback (most recent call last):")[
                1:
            ]:
                lines = [line for line in trace.splitlines() if line and not line.startswith(" ")]
                found += [f"log of {unit.log.stem}: {line}" for line in lines[:1]]
        return found

    def _busy(self) -> list[Unit]:
        """Return the processes that are doing something that cannot be undone."""
        begun = {}
        for line in self.effects.read_text("ascii").splitlines():
            _key, _attempt, process, what = line.split()
            begun[int(process)] = what == BEGUN
        return [unit for unit in self.units if unit.process and begun.get(unit.process.pid)]

    def calm(self) -> None:
        """Let everything live and answer again."""
        for waking in self._timers:
            waking.join()
        for unit in self.units:
            if unit.process is None or unit.process.poll() is not None:
                unit.start()
        self._await_answers(self.addresses)

    def stop(self) -> None:
        """End everything."""
        for waking in self._timers:
            waking.join()
        for unit in self.units:
            unit.send(signal.SIGKILL)

    def _await_answers(self, addresses: Sequence[str]) -> None:
        deadline = time.monotonic() + _START_SECONDS
        for address in addresses:
            while not _answers(address):
                if time.monotonic() > deadline:
                    said = "\n".join(unit.log.read_text("utf-8")[-2000:] for unit in self.units)
                    raise RuntimeError(f"{address} does not answer:\n{said}")
                time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/login", timeout=10):  # noqa: S310 - http
            return True
    except urllib.error.HTTPError:
        return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
