"""Instances that only wait: what a process that serves them costs, and how late a timer is."""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select, update

from engine.bench.server import serving
from engine.catalog import build_package
from engine.catalog.package_files import PackageFile
from engine.commands import DeployPackage, StartInstance
from engine.model.keys import new_key
from engine.model.participants import OrgUnit, Role
from engine.model.states import TimerState
from engine.store.identity import put_org_unit, put_role
from engine.store.tables import process_instance, timer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Table

    from engine.commands.services import Services
    from engine.runtime import Engine
    from engine.settings import Settings

_PROCESS: Final = "bench_deadline"
#: The model's own due time is far enough that nothing fires by itself.
_MODEL: Final = f"""<bpmn:definitions
 xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="bench"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 targetNamespace="https://procureflow.example/bench">
<bpmn:process id="{_PROCESS}" name="等待" isExecutable="true">
<bpmn:startEvent id="begin"/>
<bpmn:intermediateCatchEvent id="deadline" name="公示期满"><bpmn:timerEventDefinition>
<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P30D</bpmn:timeDuration>
</bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
<bpmn:endEvent id="end"/>
<bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="deadline"/>
<bpmn:sequenceFlow id="f2" sourceRef="deadline" targetRef="end"/>
</bpmn:process></bpmn:definitions>
"""
_HEAD: Final = (
    f'id = "{_PROCESS}"\nname = "等待"\ncategory = "bench"\nstarters = ["bench"]\ntitle = "null"\n'
)
#: Rows per INSERT of the copies.
_CHUNK: Final = 5_000
#: Timers that are made due, the seconds before the first and between two.
_DUE: Final = 5
_LEAD: Final = 1.0
_APART: Final = 0.7
#: Seconds until a served process has settled, between two looks whether a timer has fired, and
#: after which one is given up.
_SETTLE: Final = 2.0
_LOOK: Final = 0.01
_PATIENCE: Final = 30.0


_UNIT: Final = OrgUnit(code="bench", name="性能测量", parent=None, kind="", division="000000")


@dataclass(frozen=True)
class IdleFigures:
    """What was found.

    Attributes:
        instances: how many waited.
        start_s: from the start of ``procureflow serve`` to its first answer, seconds.
        idle_cpu: share of one processor that it used while nothing was due.
        timer_late_s: latest of the timers that were made due, seconds to the end of its step.
        timer_late_median_s: median of the same.
    """

    instances: int
    start_s: float
    idle_cpu: float
    timer_late_s: float
    timer_late_median_s: float


def measure_idle(
    engine: Engine, settings: Settings, *, instances: int, seconds: float
) -> IdleFigures:
    """Let ``instances`` (≥ 10) wait and watch a server over them for ``seconds``."""
    keys = _fill(engine, instances)
    with serving(settings) as server:
        time.sleep(_SETTLE)
        before, began = _processor_seconds(server.pid), time.monotonic()
        time.sleep(seconds)
        share = (_processor_seconds(server.pid) - before) / (time.monotonic() - began)
        late = _lateness(engine, keys[:: max(1, len(keys) // _DUE)][:_DUE])
    return IdleFigures(
        instances=len(keys),
        start_s=round(server.start_seconds, 2),
        idle_cpu=round(share, 4),
        timer_late_s=round(max(late), 2),
        timer_late_median_s=round(statistics.median(late), 2),
    )


@dataclass(frozen=True)
class _PutUnit:
    def execute(self, services: Services) -> None:
        put_role(services.store.session, Role(key="bench", name="性能测量", name_en="bench"))
        put_org_unit(services.store.session, _UNIT)


def _fill(engine: Engine, count: int) -> list[int]:
    """Start one instance and copy its rows; returns the keys of the instances."""
    files = [
        PackageFile(path=f"processes/{_PROCESS}/{name}", content=text.encode())
        for name, text in (("process.toml", _HEAD), (f"{_PROCESS}.bpmn", _MODEL))
    ]
    engine.execute(_PutUnit())
    engine.execute(DeployPackage(package=build_package(_PROCESS, files)))
    started = engine.execute(StartInstance(process_id=_PROCESS, unit=_UNIT.code))
    first = int(started.instance_key)
    keys = [first, *(new_key() for _ in range(count - 1))]
    with engine.database.writer.begin() as connection:
        instance = _values(connection, process_instance, process_instance.c.key == first)
        waiting = _values(connection, timer, timer.c.instance_key == first)
        for begin in range(1, count, _CHUNK):
            part = keys[begin : begin + _CHUNK]
            connection.execute(
                insert(process_instance), [instance | {"key": key, "root_key": key} for key in part]
            )
            connection.execute(
                insert(timer),
                [
                    waiting | {"key": new_key(), "instance_key": key, "root_key": key}
                    for key in part
                ],
            )
    return keys


def _values(connection: Connection, table: Table, condition: Any) -> dict[str, Any]:
    return dict(connection.execute(select(table).where(condition)).one()._mapping)


def _lateness(engine: Engine, keys: Sequence[int]) -> list[float]:
    """Make the timers of these instances due one after the other; returns how late they fire."""
    first = engine.clock.now() + timedelta(seconds=_LEAD)
    due = {key: first + timedelta(seconds=_APART * number) for number, key in enumerate(keys)}
    with engine.database.writer.begin() as connection:
        for key, moment in due.items():
            connection.execute(
                update(timer).where(timer.c.instance_key == key).values(due_at=moment)
            )
    return [_fired_after(engine, key, moment) for key, moment in due.items()]


def _fired_after(engine: Engine, key: int, due: datetime) -> float:
    """Return the seconds from ``due`` until the step of its timer is committed."""
    question = select(timer.c.state).where(timer.c.instance_key == key)
    while (late := (engine.clock.now() - due).total_seconds()) < _PATIENCE:
        with engine.database.engine.connect() as connection:
            if connection.execute(question).scalar_one() == TimerState.FIRED:
                return late
        time.sleep(_LOOK)
    return late


def _processor_seconds(pid: int) -> float:
    """Return user and system time of a process (Linux: fields 14 and 15 of its stat file)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
