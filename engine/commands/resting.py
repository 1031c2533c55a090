"""Rows for everything that waits, collected during a run and written in a few statements."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn import WaitKind
from engine.commands import nobody
from engine.commands.assignment import Search
from engine.commands.clock_batch import ClockBatch, tell_returned
from engine.commands.job_step import schedule_of
from engine.errors import ConfigurationError
from engine.model.keys import new_key
from engine.model.participants import SYSTEM
from engine.model.states import AssignedBy, JobState, TimerState
from engine.model.work import JobRow, WorkItem
from engine.store.waiting import SubscriptionRow, TimerRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.bpmn import Wait
    from engine.commands.matter import MatterTree, Node
    from engine.commands.progress import Cause
    from engine.commands.services import Services
    from engine.exchange import OutsideContract
    from engine.model.states import Arrival

_PEOPLE: Final = frozenset({WaitKind.USER_TASK, WaitKind.MANUAL_TASK})
_SUBSCRIPTIONS: Final = {WaitKind.MESSAGE: "message", WaitKind.SIGNAL: "signal"}
#: Tries of a job whose model and handler say nothing (Zeebe's default).
_TRIES: Final = 3
_LONGEST_ID: Final = 150
#: Priority of a work item whose model says nothing (Zeebe's default).
_DEFAULT_PRIORITY: Final = 50


class RowBatch:
    """New rows of one run.

    Attributes:
        work_items: made by this run, in order.
        arrivals: by (instance, token), where it is not that of the cause.
    """

    def __init__(self, tree: MatterTree, services: Services, cause: Cause) -> None:
        """Start empty."""
        self._tree = tree
        self._services = services
        self._cause = cause
        self.work_items: list[WorkItem] = []
        self.arrivals: dict[tuple[int, str], Arrival] = {}
        self._drafts: set[int] = set()
        self._jobs: list[JobRow] = []
        self._timers: list[TimerRow] = []
        self._subscriptions: list[SubscriptionRow] = []
        self._skipped: list[WorkItem] = []
        self._clocks = ClockBatch(tree, services)

    def skip(self, wait: Wait, node: Node) -> bool:
        """Leave out a user task that nobody may do, where the model allows it."""
        element = node.model.elements[wait.element_id]
        if wait.kind not in _PEOPLE or element.properties.get("nobody") != nobody.Policy.SKIP:
            return False
        item = self._work_item(wait, node)
        if item.assigned_by is not AssignedBy.SKIPPED:
            return False
        key, label = nobody.skipped_outcome(element, node.model)
        self._skipped.append(
            replace(
                item,
                ended_at=self._services.now,
                ended_by=SYSTEM.login,
                outcome=key,
                outcome_label=label,
            )
        )
        node.interpreter.complete(wait.token_id, {"outcome": key}, now=self._services.now)
        self._services.note(
            "work_item_skipped",
            root_key=item.root_key,
            element_name=item.name,
            detail={"outcome": label or key},
        )
        return True

    def add(self, wait: Wait, node: Node) -> None:
        """Make the row of a wait.

        Raises:
            ConfigurationError: a kind of wait that has no row.
        """
        if wait.kind in _PEOPLE:
            self.work_items.append(self._work_item(wait, node))
        elif wait.kind is WaitKind.JOB:
            self._jobs.append(self._job(wait, node))
        elif wait.kind is WaitKind.TIMER:
            self._timers.append(self._timer(wait, node))
        elif wait.kind in _SUBSCRIPTIONS:
            self._subscriptions.append(self._subscription(wait, node))
        else:
            raise ConfigurationError(
                f"环节“{wait.element_id}”的等待类型“{wait.kind}”尚不支持。",
                f"Element {wait.element_id} waits in a way ({wait.kind}) that has no row.",
            )

    def forget(self, node: Node, gone: Iterable[Wait]) -> None:
        """Drop rows that were made and cancelled in the same run."""
        tokens = {(node.row.key, wait.token_id) for wait in gone}
        rows: tuple[list[Any], ...] = (
            self.work_items,
            self._jobs,
            self._timers,
            self._subscriptions,
        )
        for made in rows:
            made[:] = [row for row in made if (row.instance_key, row.token_id) not in tokens]

    def others_wait(self) -> bool:
        """Tell whether people may have work in this matter that this run did not make."""
        made = {(item.instance_key, item.token_id) for item in self.work_items}
        return any(
            (node.row.key, token_id) not in made
            for node in self._tree.nodes.values()
            if node.is_active
            for token_id, wait in node.waiting.items()
            if wait.kind in _PEOPLE
        )

    def write(self) -> None:
        """Insert everything."""
        store = self._services.store
        items = [*self._skipped, *self.work_items]
        tell_returned(self.work_items, self._services)
        self._services.new_tasks += self.work_items
        store.work_items.add(items, self._tree.root.row, frozenset(self._drafts))
        for item in self.work_items:
            if item.assigned_by is AssignedBy.INCIDENT:
                nobody.report(item, self._tree.root.row.unit, self._services)
        store.waiting.add_jobs(self._jobs)
        if self._jobs or self._timers or self._subscriptions:
            self._services.makes_work = True
        store.waiting.add_timers(self._timers)
        store.waiting.add_subscriptions(self._subscriptions)
        made = {item.key for item in self.work_items} | {row.key for row in self._timers}
        self._clocks.write(made)

    def _work_item(self, wait: Wait, node: Node) -> WorkItem:
        root = self._tree.root.row
        element = node.model.elements[wait.element_id]
        search = Search(wait, node, self._tree, self._services)
        given = search.assign() or nobody.settle(search, self._services)
        key = new_key()
        if not root.submitted and element.properties.get("submit") == "true":
            self._drafts.add(key)
        return WorkItem(
            **_place(wait, node),
            key=key,
            process_id=node.row.process_id,
            root_process_id=root.process_id,
            name=element.name or element.id,
            state=given.state,
            assignee=given.assignee,
            priority=_DEFAULT_PRIORITY if wait.priority is None else wait.priority,
            due_at=self._clocks.of_item(key, wait, element),
            created_at=self._services.now,
            sender=self._cause.login,
            returned_from=self._cause.returned_from,
            arrival=self.arrivals.get((node.row.key, wait.token_id), self._cause.arrival),
            cause_key=self._cause.key,
            candidates=given.candidates,
            assigned_by=given.assigned_by,
            round_key=wait.round_key or None,
            weight=wait.weight or 1,
        )

    def _job(self, wait: Wait, node: Node) -> JobRow:
        element = node.model.elements[wait.element_id]
        registered = self._services.registry.handler(wait.job_type)
        contract = registered.contract if registered else None
        schedule = schedule_of(wait.job_type, self._services)
        return JobRow(
            **_place(wait, node),
            key=new_key(),
            job_type=wait.job_type,
            state=JobState.READY,
            run_at=self._services.now,
            attempt=0,
            max_attempts=element.retries or (schedule.tries if schedule else _TRIES),
            fence=0,
            lease_until=None,
            owner="",
            inputs=dict(wait.inputs),
            headers=dict(element.task_headers),
            last_error="",
            created_at=self._services.now,
            partner=contract.partner if contract else "",
            message_id=_message_id(wait, contract) if contract else "",
        )

    def _timer(self, wait: Wait, node: Node) -> TimerRow:
        if wait.due is None:
            raise ConfigurationError(
                f"定时器“{wait.element_id}”没有算出到期时间，请检查表达式。",
                f"Timer {wait.element_id} has no due time; check its expression.",
            )
        key = new_key()
        self._clocks.of_timer(key, wait)
        return TimerRow(**_place(wait, node), key=key, state=TimerState.WAITING, due_at=wait.due)

    def _subscription(self, wait: Wait, node: Node) -> SubscriptionRow:
        return SubscriptionRow(
            **_place(wait, node),
            kind=_SUBSCRIPTIONS[wait.kind],
            name=wait.name,
            correlation_key=wait.correlation_key or "",
        )


def _message_id(wait: Wait, contract: OutsideContract) -> str:
    """Return the id of an outside message, empty where its token is the id.

    Raises:
        ConfigurationError: the variable that identifies it is empty.
    """
    if not contract.message_id:
        return ""
    value = str(wait.inputs.get(contract.message_id) or "")
    if not 0 < len(value) <= _LONGEST_ID:
        raise ConfigurationError(
            f"环节“{wait.element_id}”没有给出消息编号“{contract.message_id}”，请检查流程图。",
            f"Element {wait.element_id} gives no message id {contract.message_id!r}.",
        )
    return value


def _place(wait: Wait, node: Node) -> dict[str, Any]:
    return {
        "instance_key": node.row.key,
        "root_key": node.row.root_key,
        "token_id": wait.token_id,
        "element_id": wait.element_id,
    }


def cancel_rows(instance_key: int, gone: Iterable[Wait], services: Services) -> None:
    """Cancel the open rows of waits that no longer exist."""
    by_kind: dict[WaitKind, list[str]] = {}
    for wait in gone:
        by_kind.setdefault(wait.kind, []).append(wait.token_id)
    store, now = services.store, services.now
    people = [token for kind in _PEOPLE for token in by_kind.get(kind, ())]
    if people:
        store.work_items.cancel(instance_key, people, now)
    if jobs := by_kind.get(WaitKind.JOB):
        store.waiting.cancel_jobs(instance_key, jobs, now)
    if timers := by_kind.get(WaitKind.TIMER):
        store.waiting.cancel_timers(instance_key, timers)
    messages = [token for kind in _SUBSCRIPTIONS for token in by_kind.get(kind, ())]
    if messages:
        store.waiting.drop_subscriptions(instance_key, messages)
