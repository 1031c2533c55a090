"""Run a matter to rest: everything automatic happens, everything that waits becomes a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.bpmn import UncaughtError, WaitKind
from engine.bpmn.facts import EventType
from engine.commands.automatic import decide, run_inside
from engine.commands.calling import CallStarts, call
from engine.commands.headline import refresh_headline
from engine.commands.resting import RowBatch, cancel_rows
from engine.commands.sending import send_outbox
from engine.commands.suspending import suspended_error
from engine.commands.voting import Rounds
from engine.errors import ConfigurationError
from engine.model.notices import NoticeEvent
from engine.model.states import Arrival, InstanceState
from engine.store.instances import HistoryEvent

if TYPE_CHECKING:
    from engine.bpmn import Wait
    from engine.bpmn.machine import Thrown
    from engine.commands.matter import MatterTree, Node
    from engine.commands.services import Services

#: Waits that the engine ends by itself, always at once.
_ANSWERED: Final = frozenset({WaitKind.DECISION, WaitKind.VOTERS, WaitKind.CALL})
#: Automatic steps of one command; a model that needs more turns in a circle.
MAX_AUTOMATIC_STEPS: Final = 2_000


@dataclass(frozen=True)
class Cause:
    """What set the matter in motion.

    Attributes:
        login: the person whose step it was, ``system`` for workers.
        returned_from: the work item whose return it was, ``None`` otherwise.
        arrival: how the matter comes to what is made now.
        key: the work item whose end it was, ``None`` otherwise.
        is_result: it was under way before the matter was suspended, if it is.
    """

    login: str
    returned_from: int | None = None
    arrival: Arrival = Arrival.FLOW
    key: int | None = None
    is_result: bool = False


class Progress:
    """One run of one matter inside one command."""

    def __init__(
        self,
        tree: MatterTree,
        services: Services,
        cause: Cause,
        starts: CallStarts | None = None,
    ) -> None:
        """Prepare; ``run`` does the work.

        Args:
            tree: the matter.
            services: of the command.
            cause: what set it in motion.
            starts: called processes that do not begin at their start.
        """
        self._tree = tree
        self._services = services
        self._cause = cause
        self._starts = {} if starts is None else starts
        self._batch = RowBatch(tree, services, cause)
        self._rounds = Rounds(tree, services)
        self._steps = 0

    def arrives(self, node: Node, token_id: str, arrival: Arrival) -> None:
        """Say how the matter comes to one token, where it is not as the cause says."""
        self._batch.arrivals[node.row.key, token_id] = arrival

    def run(self, node: Node) -> RowBatch:
        """Bring the tree to rest, starting with ``node``, and write every changed row.

        Returns:
            The rows that were made, for the answer to the person.
        """
        if self._tree.root.row.suspended_at is not None and not self._cause.is_result:
            raise suspended_error()
        queue = [node]
        while queue:
            queue.extend(self._settle(queue.pop(0)))
        renamed = refresh_headline(self._tree, self._services)
        if renamed and self._batch.others_wait():
            root = self._tree.root.row
            self._services.store.work_items.entries.retitle(root.key, root.title, root.number)
        self._go_on()
        self._write()
        return self._batch

    def _go_on(self) -> None:
        """A matter that could not go on and now has is no incident any more."""
        root, services = self._tree.root, self._services
        if root.row.state is InstanceState.INCIDENT:
            root.change(state=InstanceState.ACTIVE)
        if root.read_state is InstanceState.INCIDENT:
            services.store.incidents.resolve_steps(root.row.key, services.actor.login, services.now)

    def end(self, node: Node) -> None:
        """Terminate an instance with everything below it and write it."""
        self.terminate(node)
        self._write()

    def _settle(self, node: Node) -> list[Node]:
        """Answer what can be answered at once; return the nodes that were set in motion."""
        woken: list[Node] = []
        while (wait := self._next_open(node, woken)) is not None:
            self._count()
            if wait.kind in _ANSWERED:
                woken.extend(self._answer(wait, node))
            elif (moved := self._move_on(wait, node)) is None:
                node.rested[wait.token_id] = wait
                self._batch.add(wait, node)
            elif moved is not node:
                self._caught_by(moved, node, woken)
        if not node.is_active:
            return woken
        node.changed = True
        self._drop_gone(node)
        if node.interpreter.is_completed:
            woken.extend(self._finish(node))
        return woken

    def _answer(self, wait: Wait, node: Node) -> list[Node]:
        """Answer a question of the interpreter; return the instances that begin by it."""
        if wait.kind is WaitKind.CALL:
            return [call(wait, node, self._tree, self._starts, self._services)]
        if wait.kind is WaitKind.VOTERS:
            self._rounds.begin(wait, node)
        else:
            decide(wait, node, self._tree, self._services)
        return []

    def _move_on(self, wait: Wait, node: Node) -> Node | None:
        """Do what needs nobody; return the instance that goes on, ``None`` when somebody must."""
        moved = run_inside(wait, node, self._tree, self._services)
        if moved is None and self._batch.skip(wait, node):
            return node
        return moved

    def _next_open(self, node: Node, woken: list[Node]) -> Wait | None:
        while thrown := node.interpreter.take_thrown():
            for one in thrown:
                self._throw_above(one, node, woken)
            if not node.is_active:
                return None
            node.interpreter.run(self._services.now)
        if not node.is_active:
            return None
        return node.interpreter.next_wait(node.rested)

    def _throw_above(self, thrown: Thrown, node: Node, woken: list[Node]) -> None:
        """Give the callers what nobody in the called instance caught.

        Raises:
            UncaughtError: an error that none of them catches either.
        """
        now = self._services.now
        if thrown.kind is EventType.ESCALATION:
            catcher = self._tree.escalate_above(node, thrown.code, now)
        else:
            catcher = self._tree.throw_above(node, thrown.code, {}, now)
            if catcher is None:
                raise UncaughtError(thrown.element_id, thrown.code)
        if catcher is not None:
            self._caught_by(catcher, node, woken)

    def _caught_by(self, catcher: Node, node: Node, woken: list[Node]) -> None:
        """Go on at a caller; what its interrupted call had started is over."""
        self._drop_gone(node)
        self._drop_gone(catcher)
        woken.append(catcher)

    def _count(self) -> None:
        self._steps += 1
        if self._steps > MAX_AUTOMATIC_STEPS:
            raise ConfigurationError(
                f"流程连续自动执行超过 {MAX_AUTOMATIC_STEPS} 步，可能存在没有等待点的循环，"
                "请检查流程图。",
                f"More than {MAX_AUTOMATIC_STEPS} automatic steps in a row: the model probably"
                " has a loop without a wait.",
            )

    def _drop_gone(self, node: Node) -> None:
        """Cancel the rows of waits that the interpreter no longer has."""
        interpreter = node.interpreter
        gone = [wait for token, wait in node.rested.items() if not interpreter.is_waiting(token)]
        for wait in gone:
            del node.rested[wait.token_id]
            for child in self._tree.children_at(node.row.key, wait.token_id):
                self.terminate(child)
        self._batch.forget(node, gone)
        cancel_rows(node.row.key, gone, self._services)

    def terminate(self, node: Node) -> None:
        """End an instance and everything that it called or that waits in it."""
        waits = list(node.waiting.values())
        for wait in waits:
            for child in self._tree.children_at(node.row.key, wait.token_id):
                self.terminate(child)
        node.interpreter.cancel_all()
        node.rested.clear()
        self._batch.forget(node, waits)
        cancel_rows(node.row.key, waits, self._services)
        node.change(state=InstanceState.TERMINATED, ended_at=self._services.now)

    def _finish(self, node: Node) -> list[Node]:
        node.change(state=InstanceState.COMPLETED, ended_at=self._services.now)
        parent_key, token_id = node.row.parent_key, node.row.parent_token
        if parent_key is None or token_id is None:
            root = node.row
            self._services.tell(NoticeEvent.FINISHED, [root.initiator], root_key=root.key)
            return []
        parent = self._tree.nodes[parent_key]
        parent.complete(token_id, node.interpreter.variables, self._services.now)
        return [parent]

    def _write(self) -> None:
        store = self._services.store
        changed = [node for node in self._tree.nodes.values() if node.changed]
        loaded = [node for node in changed if node.is_loaded]
        history = [
            event for node in loaded for event in _history(node, self._cause, self._services)
        ]
        for node in loaded:
            node.change(document=node.interpreter.dump())
        store.instances.add([node.row for node in changed if node.is_new])
        for node in changed:
            if not node.is_new:
                store.instances.save(node.row, expected_revision=node.read_revision)
        store.instances.add_history(history)
        self._batch.write()
        for node in loaded:
            self._rounds.write(node)
            send_outbox(node, self._services)


def _history(node: Node, cause: Cause, services: Services) -> list[HistoryEvent]:
    return [
        HistoryEvent(
            node.row.key,
            node.row.root_key,
            event.element_id,
            event.token_id,
            event.event,
            services.now,
            cause.key,
        )
        for event in node.interpreter.take_events()
    ]
