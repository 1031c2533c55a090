"""``procureflow bench worklist``: pages of lists in a small and in a crowded office.

The small office is one district with a thousand open work items, the crowded one a province with a
million: in both, the people whose lists are looked at have pages that are full, so what is compared
is the same page beside little and beside much other work.
"""

from __future__ import annotations

import random
import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import event, func, select, text

from engine.bench.crowd import BUSIEST, regulators
from engine.bench.figures import percentiles
from engine.model.participants import Actor
from engine.queries import Box, BoxCounts, Due, Narrowing, Worklist
from engine.store.lists import Sort
from engine.store.tables import process_instance, work_item, work_item_seen, worklist_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.bench.crowd import Place
    from engine.commands.services import Query
    from engine.runtime import Engine
    from engine.store.database import Database

Answer = TypeVar("Answer")
#: Wanted at most, by key of the report.
GOALS: Final[dict[str, float]] = {"p95_ms": 50.0, "ratio_1000": 1.5, "counts_ms": 50.0}
#: Times that the same page is asked for; the best counts.
_TRIES: Final = 5
_TODO: Final = Worklist(box=Box.TODO)
#: What people look at: (how often in a hundred looks, whose list, the page).
_LOOKS: Final[dict[str, tuple[int, str, Worklist]]] = {
    "todo": (40, "anybody", _TODO),
    "todo_busiest": (8, "busiest", _TODO),
    "next_page": (5, "anybody", _TODO),
    "next_page_busiest": (4, "busiest", _TODO),
    "overdue": (6, "anybody", Worklist(box=Box.TODO, narrowing=Narrowing(due=Due.OVERDUE))),
    "returned": (3, "anybody", Worklist(box=Box.TODO, narrowing=Narrowing(returned=True))),
    "unread": (4, "anybody", Worklist(box=Box.TODO, narrowing=Narrowing(unread=True))),
    "process": (6, "anybody", Worklist(box=Box.TODO, narrowing=Narrowing(process_id="bench_pay"))),
    "newest": (4, "anybody", Worklist(box=Box.TODO, narrowing=Narrowing(sort=Sort.NEWEST))),
    "by_unit": (2, "anybody", Worklist(box=Box.TODO, narrowing=Narrowing(sort=Sort.UNIT))),
    "search": (5, "anybody", Worklist(box=Box.TODO, narrowing=Narrowing(search="体育"))),
    "search_busiest": (1, "busiest", Worklist(box=Box.TODO, narrowing=Narrowing(search="体育"))),
    "done": (6, "anybody", Worklist(box=Box.DONE)),
    "done_busiest": (2, "busiest", Worklist(box=Box.DONE)),
    "started": (4, "anybody", Worklist(box=Box.STARTED)),
}


@dataclass(frozen=True)
class Taken:
    """One look, the best of a few: other programs on the machine only ever add to it.

    Attributes:
        seconds: for the whole question.
        in_database: seconds from sending its statements to having their rows.
        lines: on the page.
    """

    seconds: float
    in_database: float
    lines: int = 0


@dataclass
class ListFigures:
    """Times of one office, seconds.

    Attributes:
        looks: by what was looked at.
        counts: of the menu's numbers alone.
        rows: rows of the tables that lists read.
        sizes: bytes of these tables with their indexes.
    """

    looks: dict[str, list[Taken]] = field(default_factory=dict)
    counts: list[Taken] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def all(self) -> list[Taken]:
        """Every look."""
        return [one for taken in self.looks.values() for one in taken]

    def to_json(self) -> dict[str, Any]:
        """Return the figures of this office; times in milliseconds."""
        return {
            "pages_ms": _whole(self.all),
            "pages_database_ms": percentiles([one.in_database for one in self.all]),
            "counts_ms": _whole(self.counts),
            "looks": {
                name: {
                    "looks": len(taken),
                    "lines": statistics.mean(one.lines for one in taken),
                    "database_p95": percentiles([one.in_database for one in taken])["p95"],
                }
                | _whole(taken)
                for name, taken in self.looks.items()
            },
            "rows": self.rows,
            "sizes": self.sizes,
        }


def measure_lists(engine: Engine, *, looks: int, among: Sequence[Place]) -> ListFigures:
    """Look at ``looks`` (≥ 1) pages as people do; the first of each kind are not counted.

    Args:
        engine: of the office.
        looks: how many.
        among: divisions whose people look.
    """
    figures = ListFigures(rows=_rows(engine), sizes=_sizes(engine))
    choose = random.Random(7)  # noqa: S311 - the same looks in every run
    people = _people(among)
    schedule = [name for name, (share, _, _) in _LOOKS.items() for _ in range(share)]
    for name in _LOOKS:
        _look(engine, name, choose.choice(people))
    for _ in range(looks):
        name = choose.choice(schedule)
        login = choose.choice(people)
        figures.looks.setdefault(name, []).append(_look(engine, name, login))
        figures.counts.append(_timed(engine, BoxCounts(), login)[0])
    return figures


def report(small: ListFigures, large: ListFigures) -> dict[str, Any]:
    """Return the JSON report: the keys of the goals, then both offices.

    ``ratio_1000`` compares the medians of the same looks, kind by kind, and takes their median.
    """
    ratios = {
        name: _median(large.looks[name]) / _median(small.looks[name])
        for name in large.looks
        if name in small.looks
    }
    found = {
        "p95_ms": _whole(large.all)["p95"],
        "ratio_1000": round(statistics.median(ratios.values()), 2),
        "counts_ms": _whole(large.counts)["p95"],
    }
    return {
        "bench": "worklist",
        **found,
        "missed": [key for key, goal in GOALS.items() if found[key] > goal],
        "ratios": {name: round(ratio, 2) for name, ratio in ratios.items()},
        "large": large.to_json(),
        "small": small.to_json(),
    }


def _whole(taken: Sequence[Taken]) -> dict[str, float]:
    return percentiles([one.seconds for one in taken])


def _median(taken: Sequence[Taken]) -> float:
    return statistics.median(one.seconds for one in taken)


def _look(engine: Engine, name: str, login: str) -> Taken:
    _, whose, query = _LOOKS[name]
    reader = BUSIEST if whose == "busiest" else login
    if name.startswith("next_page"):
        first = engine.ask(query, Actor(login=reader))
        query = Worklist(box=query.box, narrowing=query.narrowing, after=first.after)
    taken, page = _timed(engine, query, reader)
    return replace(taken, lines=len(page.rows))


def _timed(engine: Engine, query: Query[Answer], login: str) -> tuple[Taken, Answer]:
    tries = []
    for _ in range(_TRIES):
        with _statements_timed(engine.database) as spent:
            began = time.perf_counter()
            answer = engine.ask(query, Actor(login=login))
            tries.append(Taken(time.perf_counter() - began, sum(spent)))
    return min(tries, key=lambda one: one.seconds), answer


@contextmanager
def _statements_timed(database: Database) -> Iterator[list[float]]:
    spent: list[float] = []

    def begin(*_facts: Any) -> None:
        spent.append(-time.perf_counter())

    def end(*_facts: Any) -> None:
        spent[-1] += time.perf_counter()

    event.listen(database.engine, "before_cursor_execute", begin)
    event.listen(database.engine, "after_cursor_execute", end)
    try:
        yield spent
    finally:
        event.remove(database.engine, "before_cursor_execute", begin)
        event.remove(database.engine, "after_cursor_execute", end)


def _people(among: Sequence[Place]) -> list[str]:
    """Return people of every kind, as many of each."""
    kinds: list[Sequence[str]] = []
    for place in among:
        kinds += [
            place.handlers(place.purchasers[0]),
            place.reviewers,
            place.officers,
            regulators(place.division),
        ]
    return [login for kind in kinds for login in kind[:2]]


def _rows(engine: Engine) -> dict[str, int]:
    tables = (process_instance, work_item, worklist_entry, work_item_seen)
    with engine.database.engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables
        }


def _sizes(engine: Engine) -> dict[str, int]:
    if engine.database.kind != "postgresql":
        return {}
    tables = (process_instance, work_item, worklist_entry, work_item_seen)
    with engine.database.engine.connect() as connection:
        return {
            table.name: connection.execute(
                text("SELECT pg_total_relation_size(:name)"), {"name": table.name}
            ).scalar_one()
            for table in tables
        }
