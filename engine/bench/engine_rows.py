"""What a completion costs with a database, beside a bare transaction of as many rows."""

from __future__ import annotations

import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, Column, MetaData, String, Table, event, insert
from sqlalchemy.orm import Session

from engine.bench.scenario import completion, next_item, rehearse, start
from engine.model.keys import new_key
from engine.model.participants import Actor
from engine.store.inspection import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.bench.scenario import Part, Scenario
    from engine.commands import CompleteWorkItem
    from engine.runtime import Engine
    from engine.store.database import Database

#: Characters in a bare row beside its keys: the mean of what a completion writes per row.
_BODY: Final = "采" * 60

_bare = Table(
    "bench_bare_row",
    MetaData(),
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("root_key", BigInteger, nullable=False, index=True),
    Column("body", String(200), nullable=False),
)


@dataclass(frozen=True)
class RowFigures:
    """Approvals of one procedure on one database.

    Attributes:
        statements: of the approval that needs most.
        commits: the same.
        rows: written by a median approval.
        db_ratio: time of an approval divided by that of a bare transaction of as many rows,
            one statement per row, through the same database layer.
        driver_ratio: the same, but the bare rows go to the driver in one call.
        completion_ms: median.
        bare_ms: median.
    """

    statements: int
    commits: int
    rows: int
    db_ratio: float
    driver_ratio: float
    completion_ms: float
    bare_ms: float


@dataclass
class _Written:
    rows: int = 0


def measure_rows(engine: Engine, scenario: Scenario, *, matters: int) -> RowFigures:
    """Play ``matters`` (≥ 1) matters; every approval is followed by its bare transaction."""
    parts = rehearse(engine, scenario)
    _bare.metadata.create_all(engine.database.engine)
    counts = _counts(engine, scenario, parts)
    full, bare, driver = [], [], []
    for _ in range(matters):
        key = start(engine, scenario)
        for part, (_statements, _commits, rows) in zip(parts, counts, strict=True):
            took = _timed(engine, *_due(engine, scenario, part, key))
            if part is not parts[0]:
                full.append(took)
                bare.append(_bare_transaction(engine.database, rows))
                driver.append(_driver_transaction(engine.database, rows))
    approvals = counts[1:]
    return RowFigures(
        statements=max(statements for statements, _, _ in approvals),
        commits=max(commits for _, commits, _ in approvals),
        rows=round(statistics.median(rows for _, _, rows in approvals)),
        db_ratio=_ratio(full, bare),
        driver_ratio=_ratio(full, driver),
        completion_ms=round(statistics.median(full) * 1000, 2),
        bare_ms=round(statistics.median(bare) * 1000, 2),
    )


def _counts(
    engine: Engine, scenario: Scenario, parts: tuple[Part, ...]
) -> list[tuple[int, int, int]]:
    """Return statements, commits and written rows of every part."""
    key = start(engine, scenario)
    found = []
    for part in parts:
        due = _due(engine, scenario, part, key)
        with counted(engine.database) as count, _rows_written(engine.database) as written:
            _timed(engine, *due)
        found.append((count.statements, count.commits, written.rows))
    return found


def _due(
    engine: Engine, scenario: Scenario, part: Part, key: str
) -> tuple[CompleteWorkItem, Actor]:
    item = next_item(engine, key)
    if item is None or item[1] != part.element_id:
        message = f"expected {part.element_id}, found {item}"
        raise AssertionError(message)
    return completion(item[0], part, scenario), Actor(login=item[2])


def _timed(engine: Engine, command: CompleteWorkItem, actor: Actor) -> float:
    began = time.perf_counter()
    engine.execute(command, actor)
    return time.perf_counter() - began


def _ratio(full: list[float], bare: list[float]) -> float:
    return round(statistics.median(a / b for a, b in zip(full, bare, strict=True)), 2)


def _bare_transaction(database: Database, rows: int) -> float:
    values = _bare_rows(rows)
    began = time.perf_counter()
    with Session(database.writer) as session, session.begin():
        for row in values:
            session.execute(insert(_bare), row)
    return time.perf_counter() - began


def _driver_transaction(database: Database, rows: int) -> float:
    values = _bare_rows(rows)
    began = time.perf_counter()
    with database.writer.begin() as connection:
        connection.execute(insert(_bare), values)
    return time.perf_counter() - began


def _bare_rows(rows: int) -> list[dict[str, Any]]:
    return [{"key": new_key(), "root_key": 1, "body": _BODY} for _ in range(rows)]


@contextmanager
def _rows_written(database: Database) -> Iterator[_Written]:
    written = _Written()

    def executed(_c: Any, cursor: Any, text: str, *_rest: Any) -> None:
        if text.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            written.rows += max(cursor.rowcount, 0)

    event.listen(database.engine, "after_cursor_execute", executed)
    try:
        yield written
    finally:
        event.remove(database.engine, "after_cursor_execute", executed)
