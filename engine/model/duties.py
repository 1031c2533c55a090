"""What separation of duties looks at: who did what in a matter, who keeps away, who stands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from engine.clock import OFFICE_ZONE
from engine.model.states import WorkItemKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Doing:
    """Somebody decided at a user task.

    Attributes:
        process_id: process of the user task.
        element_id: the user task.
        login: who did it.
        on_behalf_of: for whom, ``None`` without a substitution.
        role: role through which.
        kind: the task itself or a part of it.
        at: when last, UTC.
    """

    process_id: str
    element_id: str
    login: str
    on_behalf_of: str | None
    role: str
    kind: WorkItemKind
    at: datetime

    @property
    def people(self) -> Iterator[str]:
        """Everybody who answers for it: who did it, and for whom."""
        yield self.login
        if self.on_behalf_of:
            yield self.on_behalf_of


def acting_name(name: str, principal: str, language: str = "zh") -> str:
    """Return how a record names somebody who acts for ``principal``; empty = for himself."""
    if not principal:
        return name
    return f"{name} (for {principal})" if language == "en" else f"{name}（代{principal}）"


@dataclass(frozen=True)
class Past:
    """What has happened in a matter, as far as it decides who may go on.

    Attributes:
        doings: one per person, user task and role, oldest first.
        recused: ``{login: reason}`` of those who keep away from the matter or its unit now (回避).
    """

    doings: list[Doing] = field(default_factory=list)
    recused: Mapping[str, str] = field(default_factory=dict)

    def last_at(self, process_id: str, element_id: str) -> Doing | None:
        """Return who did this task last, ``None`` when nobody did."""
        found = [
            doing
            for doing in self.doings
            if (doing.process_id, doing.element_id) == (process_id, element_id)
            and doing.kind is WorkItemKind.TASK
        ]
        return max(found, key=lambda doing: doing.at, default=None)


@dataclass(frozen=True, kw_only=True)
class Recusal:
    """回避: a person keeps away from one matter, or from every matter of a unit.

    Attributes:
        participant: login.
        root_key: the matter, ``None`` for a whole unit.
        unit: code of the unit, ``None`` for one matter.
        until: first moment at which it no longer holds, ``None`` = until it is lifted.
    """

    key: int
    participant: str
    root_key: int | None
    unit: str | None
    reason: str
    until: datetime | None
    created_at: datetime
    created_by: str
    lifted_at: datetime | None = None
    lifted_by: str | None = None

    @property
    def last_day(self) -> date | None:
        """The last day at the office, ``None`` = until it is lifted."""
        if self.until is None:
            return None
        return (self.until - timedelta(seconds=1)).astimezone(OFFICE_ZONE).date()

    def holds(self, now: datetime) -> bool:
        """Tell whether it keeps the person away at ``now``."""
        return self.lifted_at is None and (self.until is None or now < self.until)


@dataclass(frozen=True, kw_only=True)
class Substitution:
    """代理: one person may act for another for a time.

    Attributes:
        principal: login of the person who is stood in for; keeps the right to act.
        substitute: login of the person who may act.
        starts_at: first moment, UTC.
        ends_at: first moment after it, UTC.
        processes: ids of root processes, empty = all.
        regions: division prefixes of the matters, empty = all.
    """

    key: int
    principal: str
    substitute: str
    starts_at: datetime
    ends_at: datetime
    processes: Sequence[str]
    regions: Sequence[str]
    reason: str
    created_at: datetime
    created_by: str
    revoked_at: datetime | None = None
    revoked_by: str | None = None

    @property
    def first_day(self) -> date:
        """The first day at the office."""
        return self.starts_at.astimezone(OFFICE_ZONE).date()

    @property
    def last_day(self) -> date:
        """The last day at the office."""
        return (self.ends_at - timedelta(seconds=1)).astimezone(OFFICE_ZONE).date()

    def is_active(self, now: datetime) -> bool:
        """Tell whether the substitute may act at ``now``."""
        return self.revoked_at is None and self.starts_at <= now < self.ends_at

    def covers(self, process_id: str, division: str) -> bool:
        """Tell whether matters of this root process and division are meant."""
        of_process = not self.processes or process_id in self.processes
        return of_process and (not self.regions or division.startswith(tuple(self.regions)))

    def overlaps(self, other: Substitution) -> bool:
        """Tell whether both could apply to one matter at one moment."""
        in_time = self.starts_at < other.ends_at and other.starts_at < self.ends_at
        processes = set(self.processes) & set(other.processes)
        same_process = not self.processes or not other.processes or bool(processes)
        same_region = (
            not self.regions
            or not other.regions
            or any(
                mine.startswith(theirs) or theirs.startswith(mine)
                for mine in self.regions
                for theirs in other.regions
            )
        )
        return in_time and same_process and same_region
