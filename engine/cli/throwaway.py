"""Databases for one measurement: a file, a server of its own, or one that the operator names."""

from __future__ import annotations

import importlib.util
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from engine.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The test suite's throw-away server; an installation without it names a database of its own.
_THROWAWAY: Final = Path(__file__).resolve().parents[2] / "tests" / "support" / "postgres.py"


@contextmanager
def throwaway_database(kind: str, folder: Path, named: str) -> Iterator[str]:
    """Give the URL of an empty database.

    Args:
        kind: ``sqlite`` or ``postgresql``.
        folder: for its files.
        named: URL of a PostgreSQL database to use instead of an own server, may be empty.

    Raises:
        ConfigurationError: there is no PostgreSQL at hand.
    """
    if kind == "sqlite":
        yield f"sqlite:///{folder}/bench.db"
    elif named:
        yield named
    else:
        # the server runs as another user, who must be able to reach its data
        folder.chmod(0o755)
        server = _throwaway_server(folder / "pg")
        server.start()
        try:
            server.create("bench")
            yield server.url("bench")
        finally:
            server.stop()


def _throwaway_server(folder: Path) -> Any:
    found = importlib.util.spec_from_file_location("throwaway_postgres", _THROWAWAY)
    if not _THROWAWAY.is_file() or found is None or found.loader is None:
        raise ConfigurationError(
            "没有可用的 PostgreSQL：请把 PROCUREFLOW_BENCH_POSTGRESQL 设为一个空数据库的地址。",
            "No PostgreSQL at hand: set PROCUREFLOW_BENCH_POSTGRESQL to an empty database's URL.",
        )
    module = importlib.util.module_from_spec(found)
    # dataclasses look their module up by name
    sys.modules["throwaway_postgres"] = module
    found.loader.exec_module(module)
    return module.PostgresServer(folder, durable=True)
