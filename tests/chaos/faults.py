"""Faults that are planted to see whether the checker notices; the product knows none of them.

Where the product has several guards behind each other, all of them are taken away: with one left
nothing goes wrong and there would be nothing to notice.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import time
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, update

from engine import job_run, worker
from engine.bpmn.gateways import Join, ParallelGateway
from engine.commands import authority, complete_job, start_instance, step
from engine.commands.matter import MatterTree, Node
from engine.errors import WrongStateError
from engine.model.states import JobState
from engine.runtime import Engine
from engine.store.messages import Messages
from engine.store.tables import job, timer, work_item
from engine.store.unit_of_work import UnitOfWork
from engine.store.waiting import Waiting
from engine.store.work_items import WorkItems

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Seconds by which a fault delays an answer, so that a kill comes before it.
_GAP: Final = 0.6
#: How often a kill falls into a gap that a fault has opened.
_DEADLY: Final = 0.1


def no_fencing() -> None:
    """A result is taken from whoever brings it, and a later one once more."""

    def running(services: Any, key: str, _fence: int) -> Any:
        row = services.store.waiting.job(int(key))
        tree = MatterTree.load(services, row.root_key)
        return row, tree, tree.nodes[row.instance_key]

    def settle(self: Any, key: int, _fence: int, state: JobState, **values: Any) -> bool:
        self._session.execute(update(job).where(job.c.key == key).values(state=state, **values))
        return True

    _set(complete_job, "read_running_job", running)
    _set(Waiting, "settle", settle)


def no_compare_and_set() -> None:
    """A work item is completed by whoever presses the button, however often."""

    def move(self: Any, item: Any, to: str, **values: Any) -> bool:
        self._session.execute(
            update(work_item).where(work_item.c.key == item.key).values(state=to, **values)
        )
        return True

    _set(WorkItems, "move", move)
    _set(authority, "require_open", lambda _item, _services: None)
    _set(step, "require_open", lambda _item, _services: None)
    _forgiving("complete")


def no_lease_recovery() -> None:
    """A job whose worker died is never looked at again."""
    claim = Waiting.claim

    def fresh_only(self: Any, *arguments: Any) -> Any:
        lapsed = select(job.c.key).where(job.c.state == JobState.RUNNING)
        hidden = list(self._session.execute(lapsed).scalars())
        self._session.execute(update(job).where(job.c.key.in_(hidden)).values(lease_until=None))
        return claim(self, *arguments)

    run = job_run.run_job

    def run_or_die(engine: Any, claimed: Any) -> None:
        _die_sometimes()
        run(engine, claimed)

    _set(Waiting, "claim", fresh_only)
    _set(worker, "run_job", run_or_die)


def wrong_join() -> None:
    """A parallel join goes on with the first token."""

    def arrived(self: Any, scope: Any, counts: dict[str, int]) -> None:
        Join.consume(self, scope, counts)

    _set(ParallelGateway, "arrived", arrived)


def early_commit() -> None:
    """The work item is committed before the matter has moved on."""
    moves = WorkItems.move

    def move(self: Any, *arguments: Any, **values: Any) -> bool:
        done = moves(self, *arguments, **values)
        self._session.commit()
        _die_sometimes()
        return done

    _set(WorkItems, "move", move)


def late_audit() -> None:
    """The trail is written in a transaction of its own, after the answer's."""

    def commit(self: Any, services: Any, lines: Sequence[Any]) -> None:
        services.store.session.commit()
        if not lines:
            return
        _die_sometimes()
        with self.database.session(write=True) as session:
            UnitOfWork(session).records.audit(lines)
            session.commit()

    _set(Engine, "_commit", commit)


def timer_fired_twice() -> None:
    """A timer stays due after it has fired."""
    fired: set[int] = set()
    fire = Waiting.fire_timer

    def again(self: Any, key: int) -> bool:
        if key in fired:
            return fire(self, key)
        fired.add(key)
        waits = timer.c.key == key
        state = self._session.execute(select(timer.c.state).where(waits)).scalar_one()
        return bool(state == "waiting")

    _set(Waiting, "fire_timer", again)
    _forgiving("fire_timer")


def delivery_not_settled() -> None:
    """A message is handed over and stays on its way."""
    _set(Messages, "settle", lambda _self, _key, _state: True)


def lost_subscription() -> None:
    """Every other element that waits for a message is not entered."""
    add = Waiting.add_subscriptions
    # In turn and not by chance: a loaded machine brings few matters to this place.
    enters = itertools.cycle((False, True))

    def sometimes(self: Any, rows: Sequence[Any]) -> None:
        add(self, [row for row in rows if next(enters)])

    _set(Waiting, "add_subscriptions", sometimes)


def answer_before_commit() -> None:
    """One answer in ten is given for a transaction that is then rolled back."""
    commit = Engine._commit

    def forgetful(self: Any, services: Any, lines: Sequence[Any]) -> None:
        forget = any(line.action == "work_item_completed" for line in lines)
        if not (forget and random.random() < 0.1):  # noqa: S311
            commit(self, services, lines)

    _set(Engine, "_commit", forgetful)


def no_idempotency() -> None:
    """A request that is sent again is carried out again."""
    commit = Engine._commit

    def slow_answer(self: Any, services: Any, lines: Sequence[Any]) -> None:
        commit(self, services, lines)
        if any(line.action == "instance_started" for line in lines):
            time.sleep(_GAP)

    _set(start_instance, "earlier_answer", lambda *_: None)
    _set(start_instance, "keep_answer", lambda *_: None)
    _set(Engine, "_commit", slow_answer)


def lost_timer() -> None:
    """Every other timer is not entered."""
    add = Waiting.add_timers

    def sometimes(self: Any, rows: Sequence[Any]) -> None:
        add(self, [row for row in rows if random.random() < 0.5])  # noqa: S311

    _set(Waiting, "add_timers", sometimes)


def _die_sometimes() -> None:
    """Be killed in the gap that the fault has opened, as sooner or later somebody is."""
    if random.random() < _DEADLY:  # noqa: S311
        os.kill(os.getpid(), signal.SIGKILL)


def _forgiving(name: str) -> None:
    """Let a node take a step that its interpreter refuses because it was taken."""
    method = getattr(Node, name)

    def forgiven(self: Any, *arguments: Any) -> None:
        try:
            method(self, *arguments)
        except WrongStateError:
            self.changed = True

    _set(Node, name, forgiven)


def _set(place: Any, name: str, value: object) -> None:
    """Replace; a name that is gone means that the fault no longer bites."""
    getattr(place, name)
    setattr(place, name, value)


#: By name; each is planted alone.
FAULTS: Final[dict[str, Callable[[], None]]] = {
    fault.__name__: fault
    for fault in (
        no_fencing,
        no_compare_and_set,
        no_lease_recovery,
        wrong_join,
        early_commit,
        late_audit,
        timer_fired_twice,
        delivery_not_settled,
        lost_subscription,
        lost_timer,
        answer_before_commit,
        no_idempotency,
    )
}
