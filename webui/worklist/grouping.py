"""Rows under the headings that they are ordered by."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from engine.queries import Group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.queries.views import WorklistRow


@dataclass(frozen=True)
class RowGroup:
    """Rows of one page that belong together; ``heading`` is empty when nothing is grouped."""

    heading: str
    rows: Sequence[WorklistRow]


def grouped(rows: Sequence[WorklistRow], group: Group) -> list[RowGroup]:
    """Put neighbours with the same heading together; the order of the rows is kept."""

    def heading(row: WorklistRow) -> str:
        return {Group.PROCESS: row.process_name, Group.UNIT: row.unit}.get(group, "")

    return [RowGroup(text, list(members)) for text, members in groupby(rows, heading)]
