"""Statements are compiled once per process, not once per database.

A test opens a database of its own, and SQLAlchemy keeps what it has compiled with the dialect of
one engine: an eighth of the whole suite went into compiling the same statements again. The first
engine of each kind gives its dialect, and one cache, to all that follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sqlalchemy
from sqlalchemy.exc import DBAPIError

from engine.store import database

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect, Engine

#: Dialect and compiled statements by kind of database.
_KNOWN: Final[dict[str, tuple[Dialect, dict[Any, Any]]]] = {}


def compile_once() -> None:
    """Let every ``Database`` of this process use what was compiled before."""
    database.create_engine = _create_engine  # type: ignore[attr-defined]


def _create_engine(url: Any, **options: Any) -> Engine:
    engine = sqlalchemy.create_engine(url, **options)
    kind = engine.dialect.name
    if kind not in _KNOWN:
        try:
            # A dialect learns from its first connection what the server can do.
            engine.connect().close()
        except DBAPIError:
            return engine
        _KNOWN[kind] = (engine.dialect, {})
    engine.dialect, compiled = _KNOWN[kind]
    engine.update_execution_options(compiled_cache=compiled)
    return engine
