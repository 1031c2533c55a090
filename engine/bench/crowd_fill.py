"""Fills a PostgreSQL database inside the server: no row of ten million leaves it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Table, text

from engine.bench import crowd_statements as statements
from engine.bench.crowd import Settle, places
from engine.bench.crowd_desks import desks
from engine.bench.crowd_model import STEPS, deploy
from engine.model.keys import new_key
from engine.store.entries import NEVER
from engine.store.tables import process_instance, work_item, worklist_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from engine.runtime import Engine

_TABLES: Final[tuple[Table, ...]] = (process_instance, work_item, worklist_entry)
#: Matters that are worked out before they are written: what the scratch tables hold at once.
_CHUNK: Final = 250_000
_GOODS: Final = (
    *("多媒体教学一体机", "学生宿舍空调", "食堂大宗食材", "实验室通风改造", "图书馆纸质图书"),
    *("校园保安服务", "物业管理服务", "数字档案加工", "信息化运维服务", "体育器材", "办公家具"),
    *("网络安全等级保护测评", "消防设施维保", "录播教室建设", "教师培训服务", "云平台租赁服务"),
)


class CrowdedOffice:
    """An office in a migrated PostgreSQL database without rows, which grows as it is told."""

    def __init__(self, engine: Engine) -> None:
        """Settle its people and deploy its procedures."""
        self._engine = engine
        engine.execute(Settle())
        self._deployed = deploy(engine, places()[0].purchasers[0])
        self._matters = 0
        self._base = new_key()

    def grow(self, *, open_items: int, finished_items: int, units: int | None = None) -> None:
        """Add work items that wait for somebody and such that were completed.

        Args:
            open_items: each in a matter of its own.
            finished_items: four to a matter.
            units: only the first purchasing units of the province, ``None`` = all.
        """
        with self._engine.database.writer.begin() as connection:
            # the rows are known to fit together: no key is looked up, indexes are built once
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            offices = self._lay_out(connection)
            for table in _TABLES:
                for index in table.indexes:
                    index.drop(connection)
            fill = _Fill(connection, self._base, units or offices, len(self._deployed))
            now = self._engine.clock.now()
            finished = -(-finished_items // len(STEPS))
            wanted = {"origin": self._matters, "steps": len(STEPS), "wanted": finished_items}
            days = {"since": now - timedelta(days=1000), "pace": timedelta(seconds=13)}
            fill(self._take(finished), "completed", statements.FINISHED, days | wanted)
            days = {"since": now - timedelta(seconds=2 * open_items), "pace": timedelta(seconds=2)}
            fill(self._take(open_items), "active", statements.OPEN, days | {"now": now})
            for table in _TABLES:
                for index in table.indexes:
                    index.create(connection)
            connection.execute(text("DISCARD TEMP"))
        with self._engine.database.engine.connect() as connection:
            tidy = connection.execution_options(isolation_level="AUTOCOMMIT")
            # as autovacuum would in time; without it, the names of people are joined badly
            tidy.execute(text("VACUUM (ANALYZE)"))

    def _lay_out(self, connection: Connection) -> int:
        """Make the scratch tables of a connection; return the number of units."""
        for statement in statements.SCRATCH:
            connection.execute(text(statement))
        rows = list(desks())
        connection.execute(text(statements.DESK), rows)
        procedures = [{"place": place} | vars(one) for place, one in enumerate(self._deployed)]
        connection.execute(text(statements.PROCEDURE), procedures)
        connection.execute(text("ANALYZE crowd_desk, crowd_procedure"))
        return len(rows) // len(STEPS)

    def _take(self, matters: int) -> range:
        """Return the numbers of the next matters."""
        first = self._matters
        self._matters += matters
        return range(first, self._matters)


class _Fill:
    """Writes matters with their work items through one connection."""

    def __init__(self, connection: Connection, base: int, offices: int, procedures: int) -> None:
        self._connection = connection
        self._facts = {
            "base": base,
            "offices": offices,
            "procedures": procedures,
            "goods": list(_GOODS),
            "kinds": len(_GOODS),
            "never": NEVER,
        }

    def __call__(
        self, numbers: range, state: str, items: Sequence[str], facts: dict[str, Any]
    ) -> None:
        """Write the matters of these numbers, some at a time."""
        for begin in range(numbers.start, numbers.stop, _CHUNK):
            chunk = {"first": begin, "last": min(begin + _CHUNK, numbers.stop) - 1, "state": state}
            values = self._facts | facts | chunk
            since = facts["since"] + (begin - numbers.start) * facts["pace"]
            for statement in (statements.MATTERS, statements.INSTANCES, *items, statements.FORGET):
                self._run(statement, values | {"since": since})

    def _run(self, statement: str, values: dict[str, Any]) -> None:
        prepared = text(statement)
        names = prepared.compile().params
        self._connection.execute(prepared, {name: values[name] for name in names})
