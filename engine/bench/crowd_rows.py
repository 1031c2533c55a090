"""Open and finished work for a crowded office, as lines for COPY; the same for the same numbers.

Ten million rows are written as text at once: no object is made of a finished work item.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from engine.bench.crowd import BUSIEST, places, regulators
from engine.bench.crowd_model import STEPS
from engine.model.jsontext import encode_json
from engine.model.participants import Candidate
from engine.model.pools import own_pool, pools_of_candidates
from engine.store.entries import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from engine.bench.crowd import Place
    from engine.bench.crowd_model import Deployed

_GOODS: Final = (
    *("多媒体教学一体机", "学生宿舍空调", "食堂大宗食材", "实验室通风改造", "图书馆纸质图书"),
    *("校园保安服务", "物业管理服务", "数字档案加工", "信息化运维服务", "体育器材", "办公家具"),
    *("网络安全等级保护测评", "消防设施维保", "录播教室建设", "教师培训服务", "云平台租赁服务"),
)
#: Columns of the lines, in their order.
INSTANCE_COLUMNS: Final = (
    *("key", "root_key", "process_id", "binding", "version", "region", "state", "revision"),
    *("unit", "division", "initiator", "title", "number", "summary", "submitted"),
    *("started_at", "ended_at", "document"),
)
ITEM_COLUMNS: Final = (
    *("key", "instance_key", "root_key", "process_id", "root_process_id", "element_id"),
    *("token_id", "name", "state", "assignee", "priority", "due_at", "created_at", "sender"),
    *("returned_from", "ended_at", "ended_by", "ended_role", "outcome", "candidates"),
)
ENTRY_COLUMNS: Final = (
    *("pool", "work_item_key", "root_key", "process_id", "element_id", "unit", "division"),
    *("initiator", "due_order", "returned", "headline", "step"),
)
Choice = TypeVar("Choice")
_NONE: Final = "\\N"


@dataclass
class Lines:
    """Lines for COPY by table."""

    instances: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Matter:
    """What the rows of one matter have in common."""

    key: int
    place: Place
    unit: str
    process_id: str
    initiator: str
    title: str
    number: str


class RowFactory:
    """Makes matters one after the other."""

    def __init__(self, deployed: list[Deployed], now: datetime, first_key: int) -> None:
        """Begin with ``first_key``; keys and times rise together."""
        self._deployed = deployed
        self._now = now
        self._key = first_key
        self._random = random.Random(41)  # noqa: S311 - the same data in every run
        self._places = places()

    def finished(self, count: int, chunk: int) -> Iterator[Lines]:
        """Yield ended matters with ``count`` completed work items in all, ``chunk`` at a time."""
        lines = Lines()
        steps = len(STEPS)
        for number in range(-(-count // steps)):
            began = self._now - timedelta(days=1000) + timedelta(seconds=13 * number)
            matter = self._matter(number, began, lines, ended=True)
            people = self._people(matter)
            for step in range(min(steps, count - number * steps)):
                self._finished_item(
                    matter, step, people[step], began + timedelta(hours=9 * step + 9), lines
                )
            if len(lines.instances) == chunk:
                yield lines
                lines = Lines()
        yield lines

    def open(self, count: int, chunk: int) -> Iterator[Lines]:
        """Yield ``count`` matters that wait for somebody, one work item each."""
        lines = Lines()
        for number in range(count):
            began = self._now - timedelta(seconds=2 * (count - number))
            self._open_item(self._matter(number, began, lines, ended=False), began, lines)
            if len(lines.instances) == chunk:
                yield lines
                lines = Lines()
        yield lines

    def _matter(self, number: int, began: datetime, lines: Lines, *, ended: bool) -> _Matter:
        place = self._pick(self._places)
        unit = self._pick(place.purchasers)
        deployed = self._pick(self._deployed)
        matter = _Matter(
            key=self._next(),
            place=place,
            unit=unit,
            process_id=deployed.process_id,
            initiator=place.handlers(unit)[number % 2],
            title=f"2026年{self._pick(_GOODS)}采购项目（第{number % 97 + 1}批）",
            number=f"BA-{place.division}-2026-{number:07d}",
        )
        state = "completed" if ended else "active"
        finish = (began + timedelta(days=2)).isoformat() if ended else _NONE
        amount = int(self._random.random() * 9_000_000)
        summary = f'[["金额（元）","{amount:,}"],["采购方式","竞争性磋商"]]'
        lines.instances.append(
            f"{matter.key}\t{matter.key}\t{matter.process_id}\t{deployed.binding}\t1\t\t{state}\t3\t"
            f"{unit}\t{place.division}\t{matter.initiator}\t{matter.title}\t{matter.number}\t"
            f"{summary}\tt\t{began.isoformat()}\t{finish}\t{_escaped(deployed.document)}\n"
        )
        return matter

    def _finished_item(
        self, matter: _Matter, step: int, login: str, at: datetime, lines: Lines
    ) -> None:
        element, name, role, _ = STEPS[step]
        key, process, moment = self._next(), matter.process_id, at.isoformat()
        lines.items.append(
            f"{key}\t{matter.key}\t{matter.key}\t{process}\t{process}\t{element}\t{element}\t{name}"
            f"\tcompleted\t{login}\t50\t\\N\t{moment}\t{matter.initiator}\t\\N\t{moment}\t{login}"
            f"\t{role}\tcomplete\t[]\n"
        )

    def _open_item(self, matter: _Matter, at: datetime, lines: Lines) -> None:
        """A third with its handler, a tenth with the regulators, the rest at bureau and office."""
        share, place = self._random.random(), matter.place
        step = 0 if share < 0.3 else 3 if share < 0.4 else 1 if share < 0.7 else 2
        element, name, role, _ = STEPS[step]
        holder = (matter.unit, place.bureau, place.office, None)[step]
        candidate = Candidate(role=role, unit=holder, division=place.division)
        held = step == 0 or (step != 3 and self._random.random() < 0.3)
        login = self._people(matter)[step] if held else None
        pools = (own_pool(login),) if login else pools_of_candidates([candidate])
        due = self._due()
        returned = self._random.random() < 0.05
        key, process = self._next(), matter.process_id
        lines.items.append(
            f"{key}\t{matter.key}\t{matter.key}\t{process}\t{process}\t{element}\t{element}\t{name}"
            f"\t{'claimed' if login else 'offered'}\t{login or _NONE}\t50\t"
            f"{due.isoformat() if due else _NONE}\t{at.isoformat()}\t{matter.initiator}\t"
            f"{1 if returned else _NONE}\t\\N\t\\N\t\t\t{encode_json([vars(candidate)])}\n"
        )
        facts = (
            f"{key}\t{matter.key}\t{process}\t{element}\t{matter.unit}\t{place.division}\t"
            f"{matter.initiator}\t{(due or NEVER).isoformat()}\t{'t' if returned else 'f'}\t"
            f"{matter.title}\\n{matter.number.lower()}\t{name}\n"
        )
        lines.entries += [f"{pool}\t{facts}" for pool in pools]

    def _people(self, matter: _Matter) -> tuple[str, str, str, str]:
        place = matter.place
        busiest = self._random.random() < 0.1
        return (
            self._pick(place.handlers(matter.unit)),
            self._pick(place.reviewers),
            self._pick(place.officers),
            BUSIEST if busiest else self._pick(regulators(place.division)),
        )

    def _due(self) -> datetime | None:
        if self._random.random() < 0.3:
            return None
        return self._now + timedelta(seconds=int(self._random.random() * 30 * 86_400) - 5 * 86_400)

    def _pick(self, choices: Sequence[Choice]) -> Choice:
        return choices[int(self._random.random() * len(choices))]

    def _next(self) -> int:
        self._key += 1
        return self._key


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
