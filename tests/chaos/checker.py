"""Holds what people were told against what the database says: the judge of the campaign."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from engine.cli.doctor import Examine
from engine.runtime import Engine
from engine.settings import Settings
from engine.store.database import Database
from tests.chaos.outside_world import MADE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.chaos.people import Notes

#: Elements that every round of a matter passes; a round is a filling-in with its review.
_PER_ROUND: Final = ("fill", "review", "is_right")
_ONCE: Final = (
    "begun",
    "give_number",
    "split",
    "tell_outside",
    "told",
    "heard",
    "period",
    "check",
    "joined",
    "deliver_outside",
    "post",
    "done",
)
#: What the trail must hold once per row in that state, empty for any.
_TRAIL: Final = {
    "work_item_completed": ("work_item", "completed"),
    "job_completed": ("job", "done"),
    "timer_fired": ("timer", "fired"),
    "instance_started": ("process_instance", ""),
}
#: States in which a row may rest when everything is over.
_TERMINAL: Final = {
    "process_instance": {"completed"},
    "work_item": {"completed"},
    "job": {"done"},
    "timer": {"fired"},
    "delivery": {"done"},
}


class Evidence:
    """All rows that matter, read once."""

    def __init__(self, url: str, effects: Path) -> None:
        """Read."""
        database = Database(url)
        self.rows: dict[str, list[Any]] = {}
        tables = (*_TERMINAL, "subscription", "incident", "element_history", "audit_entry")
        with database.engine.connect() as connection:
            for name in (*tables, "chaos_ledger"):
                self.rows[name] = list(connection.execute(text(f"SELECT * FROM {name}")))  # noqa: S608
        database.dispose()
        lines = [line.split() for line in effects.read_text("ascii").splitlines()]
        self.made = {(key, int(attempt)) for key, attempt, _, what in lines if what == MADE}

    def open_count(self) -> int:
        """Return how many rows have not come to rest; 0 when everything is over."""
        return sum(
            row.state not in states for name, states in _TERMINAL.items() for row in self.rows[name]
        )


def violations(url: str, effects: Path, notes: Notes) -> list[str]:
    """Return every broken promise, worst kinds first; empty when all were kept."""
    evidence = Evidence(url, effects)
    found: list[str] = []
    for judge in (_answered, _doubled, _passed, _trail, _outside, _at_rest):
        found += judge(evidence, notes)
    return [*found, *_doctor(url, effects.parent), *notes.troubles]


def _answered(evidence: Evidence, notes: Notes) -> Iterator[str]:
    """What was answered is there, and only once."""
    items = {str(row.key): row for row in evidence.rows["work_item"]}
    winners: Counter[str] = Counter()
    for told in notes.told:
        item = items.get(told.item)
        if item is None:
            yield f"lost: {told.what} {told.item} was answered and is not there"
        elif told.what == "completed":
            winners[told.item] += 1
            if (item.state, item.ended_by, item.outcome) != (
                "completed",
                told.login,
                told.outcome,
            ):
                yield f"lost: {told.login} completed {told.item}, the row says {item.ended_by}"
    yield from (f"doubled: {key} was completed {n} times" for key, n in winners.items() if n > 1)
    started = sum(told.what == "started" for told in notes.told)
    roots = len(evidence.rows["process_instance"])
    if not started <= roots <= started + notes.lost:
        yield f"doubled: {started} starts were answered, {roots} instances are there"


def _doubled(evidence: Evidence, _notes: Notes) -> Iterator[str]:
    """No token of the interpreter does a step twice."""
    steps = Counter(
        (row.instance_key, row.token_id, row.event, row.element_id)
        for row in evidence.rows["element_history"]
        if row.event != "taken"
    )
    yield from (f"doubled: step {step}" for step, number in steps.items() if number > 1)


def _passed(evidence: Evidence, _notes: Notes) -> Iterator[str]:
    """A completed matter has passed every element as often as the model says."""
    passed: dict[int, Counter[str]] = {}
    for row in evidence.rows["element_history"]:
        if row.event == "completed":
            passed.setdefault(row.root_key, Counter())[row.element_id] += 1
    rounds = Counter(
        row.root_key
        for row in evidence.rows["work_item"]
        if row.element_id == "review" and row.state == "completed"
    )
    booked = Counter(str(row.instance_key) for row in evidence.rows["chaos_ledger"])
    for row in evidence.rows["process_instance"]:
        if row.state != "completed":
            continue
        wanted = Counter(dict.fromkeys(_ONCE, 1) | dict.fromkeys(_PER_ROUND, rounds[row.key]))
        if passed.get(row.key, Counter()) != wanted:
            yield f"wrong way: {row.key} {passed.get(row.key)}"
        if booked[str(row.key)] != 1:
            yield f"doubled: {row.key} was booked {booked[str(row.key)]} times"


def _trail(evidence: Evidence, _notes: Notes) -> Iterator[str]:
    """Every transition has exactly one line in the trail, written with it."""
    lines = Counter((row.action, row.root_key) for row in evidence.rows["audit_entry"])
    for action, (table, state) in _TRAIL.items():
        rows = Counter(row.root_key for row in evidence.rows[table] if state in ("", row.state))
        for root_key in {row.key for row in evidence.rows["process_instance"]}:
            if lines[action, root_key] != rows[root_key]:
                yield (
                    f"trail: {root_key} has {lines[action, root_key]} x {action}"
                    f" for {rows[root_key]} {table}"
                )


def _outside(evidence: Evidence, _notes: Notes) -> Iterator[str]:
    """An effect was asked for, was made before its job was done, and by whoever held the lease."""
    jobs = {str(row.key): row for row in evidence.rows["job"]}
    made = evidence.made
    yield from (f"orphan: effect of unknown job {key}" for key, _ in made if key not in jobs)
    for key, row in jobs.items():
        if row.state == "done" and (key, row.attempt) not in made:
            yield f"fencing: job {key} is done by attempt {row.attempt}, which did nothing"
    delivered = {
        str(row.instance_key): row.attempt
        for row in jobs.values()
        if row.element_id == "deliver_outside"
    }
    for row in evidence.rows["chaos_ledger"]:
        if delivered.get(str(row.instance_key)) != row.attempt:
            yield f"fencing: {row.instance_key} took the result of attempt {row.attempt}"


def _at_rest(evidence: Evidence, _notes: Notes) -> Iterator[str]:
    """Nothing is left open when everything is over."""
    for name, states in _TERMINAL.items():
        left = Counter(row.state for row in evidence.rows[name] if row.state not in states)
        if left:
            yield f"stuck: {name} {dict(left)}"
    for name in ("subscription", "incident"):
        open_rows = [row for row in evidence.rows[name] if not getattr(row, "resolved_at", None)]
        if open_rows:
            yield f"stuck: {len(open_rows)} {name}"


def _doctor(url: str, folder: Path) -> Sequence[str]:
    """The interpreters and the rows tell one story."""
    engine = Engine(replace(Settings(data_dir=folder / "var"), database_url=url))
    try:
        diagnosis = engine.ask(Examine())
    finally:
        engine.close()
    return [f"doctor: {trouble.place} {trouble.message_en}" for trouble in diagnosis.troubles]
