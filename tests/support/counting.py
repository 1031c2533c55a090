"""What a command costs: statements and commits, counted, not timed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from engine.model.participants import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.commands.services import Command
    from engine.model.participants import Actor
    from engine.runtime import Engine


@contextmanager
def counted(engine: Engine) -> Iterator[dict[str, int]]:
    """Count statements and commits of the engine's database."""
    counts = {"statements": 0, "commits": 0}
    target = engine.database.engine

    def statement(_c: object, _cu: object, text: str, *_rest: object) -> None:
        counts["statements"] += not text.startswith("BEGIN")

    def commit(_connection: object) -> None:
        counts["commits"] += 1

    event.listen(target, "before_cursor_execute", statement)
    event.listen(target, "commit", commit)
    try:
        yield counts
    finally:
        event.remove(target, "before_cursor_execute", statement)
        event.remove(target, "commit", commit)


@contextmanager
def each_counted(engine: Engine, note: Callable[[object, dict[str, int]], None]) -> Iterator[None]:
    """Tell ``note`` of every command that succeeds, with its counts as of ``counted``."""
    execute = engine.execute

    def counting(command: Command[Any], by: Actor = SYSTEM) -> Any:
        with counted(engine) as counts:
            result = execute(command, by)
        note(command, counts)
        return result

    # Put on this one engine: whatever plays the commands must not know that they are counted.
    engine.execute = counting  # type: ignore[method-assign]
    try:
        yield
    finally:
        del engine.execute
