"""Open and finished work for a crowded office, as lines for COPY; the same for the same numbers."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from engine.bench.crowd import BUSIEST, places, regulators
from engine.bench.crowd_model import STEPS
from engine.model.jsontext import encode_json
from engine.model.participants import Candidate
from engine.model.pools import pools_of
from engine.model.states import WorkItemState
from engine.model.work import WorkItem
from engine.store.entries import NEVER, headline_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from engine.bench.crowd import Place
    from engine.bench.crowd_model import Deployed

_GOODS: Final = (
    *("多媒体教学一体机", "学生宿舍空调", "食堂大宗食材", "实验室通风改造", "图书馆纸质图书"),
    *("校园保安服务", "物业管理服务", "数字档案加工", "信息化运维服务", "体育器材", "办公家具"),
    *("网络安全等级保护测评", "消防设施维保", "录播教室建设", "教师培训服务", "云平台租赁服务"),
)
#: Finished work items per finished matter: one per step.
_STEPS: Final = len(STEPS)
#: Seconds between two work items of the generated past.
_PACE: Final = 13


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows of one matter, as dictionaries by column."""

    instance: dict[str, Any]
    items: list[dict[str, Any]]
    entries: list[dict[str, Any]]


class RowFactory:
    """Makes matters one after the other."""

    def __init__(self, deployed: list[Deployed], now: datetime, first_key: int) -> None:
        """Begin with ``first_key``; keys and times rise together."""
        self._deployed = deployed
        self._now = now
        self._key = first_key
        self._random = random.Random(41)  # noqa: S311 - the same data in every run
        self._places = places()

    def finished(self, count: int) -> Iterator[Rows]:
        """Yield ended matters with ``count`` completed work items in all."""
        for number in range(-(-count // _STEPS)):
            began = self._now - timedelta(days=1000) + timedelta(seconds=_PACE * number)
            place, unit, instance = self._matter(number, began, ended=True)
            people = self._people(place, unit)
            items = [
                self._item(instance, step, people[step], began + timedelta(hours=9 * step + 9))
                for step in range(_STEPS)
            ]
            yield Rows(instance=instance, items=items, entries=[])

    def open(self, count: int) -> Iterator[Rows]:
        """Yield ``count`` matters that wait for somebody, one work item each."""
        for number in range(count):
            began = self._now - timedelta(seconds=2 * (count - number))
            place, unit, instance = self._matter(number, began, ended=False)
            item = self._open_item(instance, place, unit, began)
            entries = self._entries(item, instance)
            yield Rows(instance=instance, items=[_columns(item)], entries=entries)

    def _matter(
        self, number: int, began: datetime, *, ended: bool
    ) -> tuple[Place, str, dict[str, Any]]:
        place = self._places[self._random.randrange(len(self._places))]
        unit = place.purchasers[self._random.randrange(len(place.purchasers))]
        deployed = self._deployed[self._random.randrange(len(self._deployed))]
        goods = self._random.choice(_GOODS)
        key = self._next()
        amount = self._random.randrange(20_000, 9_000_000)
        return (
            place,
            unit,
            {
                "key": key,
                "root_key": key,
                "process_id": deployed.process_id,
                "binding": deployed.binding,
                "version": 1,
                "region": "",
                "state": "completed" if ended else "active",
                "revision": 3,
                "unit": unit,
                "division": place.division,
                "initiator": place.handlers(unit)[number % 2],
                "title": f"2026年{goods}采购项目（第{number % 97 + 1}批）",
                "number": f"BA-{place.division}-2026-{number:07d}",
                "summary": encode_json([["金额（元）", f"{amount:,}"], ["采购方式", "竞争性磋商"]]),
                "submitted": "t",
                "started_at": began,
                "ended_at": began + timedelta(days=2) if ended else None,
                "document": deployed.document,
            },
        )

    def _people(self, place: Place, unit: str) -> tuple[str, ...]:
        pick = self._random.choice
        regulator = BUSIEST if self._random.random() < 0.1 else pick(regulators(place.division))
        return (
            pick(place.handlers(unit)),
            pick(place.reviewers),
            pick(place.officers),
            regulator,
        )

    def _item(
        self, instance: dict[str, Any], step: int, login: str, at: datetime
    ) -> dict[str, Any]:
        element_id, name, role, _unit = STEPS[step]
        item = self._bare(instance, element_id, name, at)
        ended = {"ended_at": at, "ended_by": login, "ended_role": role, "outcome": "complete"}
        return _columns(item) | ended | {"state": WorkItemState.COMPLETED, "assignee": login}

    def _open_item(
        self, instance: dict[str, Any], place: Place, unit: str, at: datetime
    ) -> WorkItem:
        """A third with its handler, a tenth with the regulators, the rest at bureau and office."""
        share = self._random.random()
        step = 0 if share < 0.3 else 3 if share < 0.4 else 1 if share < 0.7 else 2
        element_id, name, role, _unit = STEPS[step]
        held_by = (unit, place.bureau, place.office, None)[step]
        item = replace(
            self._bare(instance, element_id, name, at),
            candidates=(Candidate(role=role, unit=held_by, division=place.division),),
            due_at=self._due(),
            returned_from=1 if self._random.random() < 0.05 else None,
        )
        if step == 0 or (step != 3 and self._random.random() < 0.3):
            login = self._people(place, unit)[step]
            return replace(item, state=WorkItemState.CLAIMED, assignee=login)
        return item

    def _due(self) -> datetime | None:
        if self._random.random() < 0.3:
            return None
        return self._now + timedelta(seconds=self._random.randrange(-5 * 86_400, 25 * 86_400))

    def _bare(self, instance: dict[str, Any], element_id: str, name: str, at: datetime) -> WorkItem:
        return WorkItem(
            key=self._next(),
            instance_key=instance["key"],
            root_key=instance["key"],
            process_id=instance["process_id"],
            root_process_id=instance["process_id"],
            element_id=element_id,
            token_id=element_id,
            name=name,
            state=WorkItemState.OFFERED,
            assignee=None,
            priority=50,
            due_at=None,
            created_at=at,
            sender=instance["initiator"],
        )

    def _entries(self, item: WorkItem, instance: dict[str, Any]) -> list[dict[str, Any]]:
        listed = {
            "work_item_key": item.key,
            "root_key": item.root_key,
            "process_id": item.root_process_id,
            "element_id": item.element_id,
            "unit": instance["unit"],
            "division": instance["division"],
            "initiator": instance["initiator"],
            "due_order": item.due_at or NEVER,
            "returned": "t" if item.returned_from else "f",
            "headline": headline_of(instance["title"], instance["number"]),
            "step": item.name.lower(),
        }
        return [{"pool": pool, **listed} for pool in pools_of(item)]

    def _next(self) -> int:
        self._key += 1
        return self._key


#: Columns of a work item that differ from their defaults.
_COLUMNS: Final = (
    *("key", "instance_key", "root_key", "process_id", "root_process_id", "element_id"),
    *("token_id", "name", "state", "assignee", "priority", "due_at", "created_at", "sender"),
    "returned_from",
)


def _columns(item: WorkItem) -> dict[str, Any]:
    candidates = encode_json([vars(candidate) for candidate in item.candidates])
    ended = {"ended_at": None, "ended_by": None, "ended_role": "", "outcome": ""}
    return {name: getattr(item, name) for name in _COLUMNS} | ended | {"candidates": candidates}
