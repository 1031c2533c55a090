"""``procureflow bench worklist``: pages of lists in a small and in a crowded office."""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, text

from engine.bench.crowd import BUSIEST, places, regulators
from engine.bench.figures import percentiles
from engine.model.participants import Actor
from engine.queries import Box, BoxCounts, Due, Narrowing, Worklist
from engine.store.lists import Sort
from engine.store.tables import process_instance, work_item, work_item_seen, worklist_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.runtime import Engine

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


@dataclass
class ListFigures:
    """Times of one office, seconds.

    Attributes:
        looks: by what was looked at.
        counts: of the menu's numbers alone.
        rows: rows of the tables that lists read.
        sizes: bytes of these tables with their indexes.
    """

    looks: dict[str, list[float]] = field(default_factory=dict)
    counts: list[float] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def all(self) -> list[float]:
        """Every look."""
        return [seconds for taken in self.looks.values() for seconds in taken]

    def to_json(self) -> dict[str, Any]:
        """Return the figures of this office; times in milliseconds."""
        return {
            "pages_ms": percentiles(self.all),
            "counts_ms": percentiles(self.counts),
            "looks": {
                name: {"looks": len(taken)} | percentiles(taken)
                for name, taken in self.looks.items()
            },
            "rows": self.rows,
            "sizes": self.sizes,
        }


def measure_lists(engine: Engine, *, looks: int) -> ListFigures:
    """Look at ``looks`` (≥ 1) pages as people do; the first of each kind are not counted."""
    figures = ListFigures(rows=_rows(engine), sizes=_sizes(engine))
    choose = random.Random(7)  # noqa: S311 - the same looks in every run
    people = _people()
    schedule = [name for name, (share, _, _) in _LOOKS.items() for _ in range(share)]
    for name in _LOOKS:
        _look(engine, name, choose.choice(people))
    for _ in range(looks):
        name = choose.choice(schedule)
        login = choose.choice(people)
        figures.looks.setdefault(name, []).append(_look(engine, name, login))
        actor = Actor(login=login)
        figures.counts.append(_timed(lambda who=actor: engine.ask(BoxCounts(), who)))  # type: ignore[misc]
    return figures


def report(small: ListFigures, large: ListFigures) -> dict[str, Any]:
    """Return the JSON report: the keys of the goals, then both offices.

    ``ratio_1000`` compares the medians of the same looks, kind by kind, and takes their median.
    """
    shared = [name for name in large.looks if name in small.looks]
    ratios = {
        name: statistics.median(large.looks[name]) / statistics.median(small.looks[name])
        for name in shared
    }
    found = {
        "p95_ms": percentiles(large.all)["p95"],
        "ratio_1000": round(statistics.median(ratios.values()), 2),
        "counts_ms": percentiles(large.counts)["p95"],
    }
    return {
        "bench": "worklist",
        **found,
        "missed": [key for key, goal in GOALS.items() if found[key] > goal],
        "ratios": {name: round(ratio, 2) for name, ratio in ratios.items()},
        "large": large.to_json(),
        "small": small.to_json(),
    }


def _look(engine: Engine, name: str, login: str) -> float:
    _, whose, query = _LOOKS[name]
    actor = Actor(login=BUSIEST if whose == "busiest" else login)
    if name.startswith("next_page"):
        first = engine.ask(query, actor)
        query = Worklist(box=query.box, narrowing=query.narrowing, after=first.after)
    return _timed(lambda: engine.ask(query, actor))


def _timed(ask: Callable[[], object]) -> float:
    """Return the best time of a few: other programs on the machine only ever add to it."""
    taken = []
    for _ in range(_TRIES):
        began = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - began)
    return min(taken)


def _people() -> list[str]:
    """Return people of every kind, as many of each."""
    kinds: list[Sequence[str]] = []
    for place in places():
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
