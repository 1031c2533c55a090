"""Who may urge a matter, whom that reaches, and when it may be done again."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from engine.calendar import calendar_of, office_later, read_interval
from engine.clock import office_text
from engine.commands.audience import holders_of
from engine.commands.suspending import suspended_error
from engine.errors import NotAllowedError, WrongStateError
from engine.model.states import WorkItemKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from engine.commands.matter import MatterTree
    from engine.commands.services import Services
    from engine.errors import WorkflowError
    from engine.model.work import WorkItem

#: How often a person may urge a task whose model says nothing: once in half a working day.
EVERY: Final = "PT4H"


class Urgent:
    """The open work of a matter as somebody sees it who wants it done.

    Attributes:
        items: open work items that are not only the actor's own.
    """

    def __init__(self, tree: MatterTree, items: Sequence[WorkItem], services: Services) -> None:
        """Look at every open work item of ``tree``."""
        self._tree, self._all, self._services = tree, items, services
        self.holders: Mapping[int, Sequence[str]] = {
            item.key: holders_of(item, services) for item in items if item.is_open
        }
        self.items = [
            item
            for item in items
            if item.is_open and set(self.holders[item.key]) - {services.actor.login}
        ]

    @property
    def is_submitted(self) -> bool:
        """Whether the matter is under way."""
        return self._tree.root.row.submitted and self._tree.root.is_active

    @property
    def is_suspended(self) -> bool:
        """Whether nobody can do anything about it."""
        return self._tree.root.row.suspended_at is not None

    @cached_property
    def may_urge(self) -> bool:
        """Whether the actor waits for it: initiator, earlier handler, leader of who has it."""
        login = self._services.actor.login
        if login == self._tree.root.row.initiator:
            return True
        if any(login in (item.ended_by, item.sender) for item in self._all):
            return True
        return self.is_led

    @cached_property
    def is_led(self) -> bool:
        """Whether the actor leads one of those who have it."""
        logins = {login for item in self.items for login in self.holders[item.key]}
        return bool(self._services.store.staffing.led_by(self._services.actor.login, logins))

    @cached_property
    def again_at(self) -> Mapping[int, datetime | None]:
        """When the actor may urge each of the items; ``None`` = the step is not urged."""
        return {item.key: self._again_at(item) for item in self.items}

    @property
    def now(self) -> list[WorkItem]:
        """The items that the actor may urge now."""
        moment = self._services.now
        return [
            item
            for item in self.items
            if (again := self.again_at[item.key]) is not None and again <= moment
        ]

    @cached_property
    def names(self) -> list[str]:
        """Names of the people who are reached."""
        logins = list(dict.fromkeys(name for item in self.now for name in self.holders[item.key]))
        people = self._services.store.identity.people(logins) if logins else {}
        actor = self._services.actor.login
        return [people.get(one, (one, "", True))[0] for one in logins if one != actor]

    def times(self, item: WorkItem) -> int:
        """Return how often a work item was urged so far."""
        return len(self._urges(item))

    def _urges(self, item: WorkItem) -> list[WorkItem]:
        return [
            part
            for part in self._all
            if part.kind is WorkItemKind.URGE and part.parent_key == item.key
        ]

    def _again_at(self, item: WorkItem) -> datetime | None:
        text = self._tree.element(item.instance_key, item.element_id).properties.get("urge.every")
        every = read_interval(text or EVERY)
        if every is None:
            return None
        mine = [part for part in self._urges(item) if part.sender == self._services.actor.login]
        if not mine:
            return item.created_at
        calendar = calendar_of(self._tree.root.row.division)
        return office_later(mine[-1].created_at, every, calendar)


def urging_refusal(urgent: Urgent) -> WorkflowError | None:
    """Return why the actor cannot urge the matter, ``None`` if it is possible."""
    if not urgent.is_submitted:
        return WrongStateError(
            "事项尚未提交或已经结束，无需催办。",
            "The matter is a draft or has ended; there is nothing to urge.",
        )
    if not urgent.may_urge:
        return NotAllowedError(
            "发起人、已办理过此事项的人员和当前办理人的领导才能催办。",
            "The initiator, earlier handlers and the leader of whoever has it can urge it.",
        )
    if urgent.is_suspended:
        return suspended_error()
    if not urgent.items:
        return WrongStateError(
            "目前没有等待他人办理的任务，无需催办。",
            "Nobody else has a task of this matter now; there is nothing to urge.",
        )
    return None if urgent.now else _too_early(urgent)


def _too_early(urgent: Urgent) -> WrongStateError:
    later = [again for again in urgent.again_at.values() if again is not None]
    if not later:
        return WrongStateError("此环节不允许催办。", "This step is not to be urged.")
    again = office_text(min(later))
    return WrongStateError(
        f"您刚催办过，{again} 之后可以再次催办。",
        f"You have urged it a short time ago; again after {again} (Beijing time).",
    )
