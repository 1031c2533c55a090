"""A matter: a root instance with its called instances, their models and interpreters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.bpmn import Interpreter, Wait
from engine.calendar import set_division
from engine.commands.choices import Choices
from engine.errors import NotFoundError
from engine.model.states import InstanceState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Any

    from engine.bpmn import Element, ProcessModel
    from engine.catalog import Binding
    from engine.commands.services import Services
    from engine.model.duties import Past
    from engine.model.work import DocumentRow, Instance


class Node:
    """One instance of the tree; its interpreter is loaded when it is first needed.

    Attributes:
        row: the instance as it will be written.
        model: its definition.
        is_new: made by this command.
        changed: must be written.
    """

    def __init__(self, row: Instance, model: ProcessModel, *, is_new: bool = False) -> None:
        """Wrap a row; a new one gets its interpreter by ``adopt``."""
        self.row = row
        self.model = model
        self.is_new = is_new
        self.changed = is_new
        self.read_revision = row.revision
        self.read_state = row.state
        self._interpreter: Interpreter | None = None
        #: waits that have rows in the database, by token
        self.rested: dict[str, Wait] = {}

    @property
    def interpreter(self) -> Interpreter:
        """The running interpreter, loaded from the row's document at first use."""
        if self._interpreter is None:
            self._interpreter = Interpreter.load(
                self.model, self.row.document, called=self.row.parent_key is not None
            )
            self.rested = {wait.token_id: wait for wait in self._interpreter.waits()}
        return self._interpreter

    @property
    def waiting(self) -> Mapping[str, Wait]:
        """The waits that have rows, by token; reads the interpreter if nobody did before."""
        return self.rested if self.interpreter else {}

    @property
    def is_loaded(self) -> bool:
        """Whether this command has looked into the interpreter."""
        return self._interpreter is not None

    @property
    def is_active(self) -> bool:
        """Whether the instance can still move."""
        return self.row.state in (InstanceState.ACTIVE, InstanceState.INCIDENT)

    def complete(self, token_id: str, variables: Mapping[str, Any], now: datetime) -> None:
        """Finish a wait that has a row; the row's own state is the caller's business."""
        interpreter = self.interpreter
        self.rested.pop(token_id, None)
        interpreter.complete(token_id, dict(variables), now=now)
        self.changed = True

    def throw(self, token_id: str, code: str, variables: Mapping[str, Any], now: datetime) -> bool:
        """Throw a BPMN error at a wait that has a row; ``False`` when nobody catches it."""
        caught = self.interpreter.throw_error(token_id, code, dict(variables), now=now)
        if caught:
            self.changed = True
        return caught

    def escalate(self, token_id: str, code: str, now: datetime) -> bool:
        """Throw an escalation at a wait; ``False`` when nobody catches it."""
        caught = self.interpreter.escalate(token_id, code, {}, now=now)
        if caught:
            self.changed = True
        return caught

    def hear(self, token_id: str, variables: Mapping[str, Any], now: datetime) -> bool:
        """Give a message or signal to a wait; ``False`` when the token has moved on."""
        interpreter = self.interpreter
        if self.rested.pop(token_id, None) is None:
            return False
        interpreter.complete(token_id, dict(variables), now=now)
        self.changed = True
        return True

    def fire_timer(self, token_id: str, now: datetime) -> None:
        """Let a due timer fire."""
        interpreter = self.interpreter
        self.rested.pop(token_id, None)
        interpreter.fire_timer(token_id, now=now)
        self.changed = True

    def adopt(self, interpreter: Interpreter) -> None:
        """Take the interpreter of an instance that was just started."""
        self._interpreter = interpreter

    def change(self, **values: Any) -> None:
        """Change the row's values and mark it for writing."""
        self.row = replace(self.row, **values)
        self.changed = True


class MatterTree:
    """All instances of one matter.

    Attributes:
        nodes: by instance key, root first.
        binding: what the matter pinned at its start.
        info: the package's head as pinned.
        choices: whom people have chosen for steps that come.
    """

    def __init__(self, services: Services, binding: Binding, nodes: list[Node]) -> None:
        """Keep the nodes in order; the first is the root."""
        self._services = services
        self.binding = binding
        self.choices = Choices(nodes[0].row.key, services)
        self.info = services.catalog.process_info(binding.info)
        self.nodes = {node.row.key: node for node in nodes}
        self._root_key = nodes[0].row.key
        self._documents: dict[str, DocumentRow] | None = None
        #: versions that documents of this command have replaced
        self.replaced: dict[str, DocumentRow] = {}
        self._past: Past | None = None
        #: a document was stored by this command
        self.has_new_document = False
        set_division(nodes[0].row.division)

    @classmethod
    def load(cls, services: Services, root_key: int) -> MatterTree:
        """Read the tree of ``root_key``.

        Raises:
            NotFoundError: no such matter.
        """
        services.root_key = root_key
        lock = services.writing and root_key not in services.locked
        services.locked.add(root_key)
        rows = services.store.instances.tree(root_key, lock=lock)
        if not rows:
            raise NotFoundError("事项", "matter", root_key)
        binding = services.binding(rows[0].binding)
        nodes = [Node(row, services.catalog.model(binding.process(row.process_id))) for row in rows]
        return cls(services, binding, nodes)

    @property
    def root(self) -> Node:
        """The root instance."""
        return self.nodes[self._root_key]

    def add(self, node: Node) -> None:
        """Put a called instance into the tree."""
        self.nodes[node.row.key] = node

    def children_at(self, key: int, token_id: str) -> list[Node]:
        """Return the active instances that a call activity's token started."""
        return [
            node
            for node in self.nodes.values()
            if node.row.parent_key == key and node.row.parent_token == token_id and node.is_active
        ]

    def throw(
        self, node: Node, token_id: str, code: str, variables: Mapping[str, Any], now: datetime
    ) -> Node | None:
        """Throw a BPMN error at a wait; what nobody there catches goes on to the callers.

        An error leaves the process through the call activity (BPMN 2.0.2 §10.5.7, propagation to
        the enclosing scope).

        Returns:
            The instance that caught it, ``None`` when nobody does; then nothing has changed.
        """
        if node.throw(token_id, code, variables, now):
            return node
        return self.throw_above(node, code, variables, now)

    def throw_above(
        self, node: Node, code: str, variables: Mapping[str, Any], now: datetime
    ) -> Node | None:
        """Throw an error at the call activities that led to ``node``, nearest first."""
        for caller, token_id in self.callers(node):
            if caller.throw(token_id, code, variables, now):
                return caller
        return None

    def escalate_above(self, node: Node, code: str, now: datetime) -> Node | None:
        """Throw an escalation at the call activities that led to ``node``, nearest first."""
        for caller, token_id in self.callers(node):
            if caller.escalate(token_id, code, now):
                return caller
        return None

    def callers(self, node: Node) -> Iterator[tuple[Node, str]]:
        """Yield (calling instance, token of its call activity), nearest first."""
        while node.row.parent_key is not None and node.row.parent_token is not None:
            token_id = node.row.parent_token
            node = self.nodes[node.row.parent_key]
            yield node, token_id

    def element(self, instance_key: int, element_id: str) -> Element:
        """Return an element of an instance's model.

        Raises:
            NotFoundError: the model has no such element.
        """
        element = self.nodes[instance_key].model.elements.get(element_id)
        if element is None:
            raise NotFoundError("环节", "element", element_id)
        return element

    def step_of(self, process_id: str, element_id: str) -> Element | None:
        """Return an element of any instance of a process in this matter."""
        for node in self.nodes.values():
            if node.row.process_id == process_id:
                return node.model.elements.get(element_id)
        return None

    @property
    def past(self) -> Past:
        """Who decided what so far and who keeps away, read once."""
        if self._past is None:
            root, services = self.root.row, self._services
            self._past = services.store.duties.past(root, services.now)
            # Who had the matter before may get it next: whoever asks for one needs them all.
            services.near.update(login for doing in self._past.doings for login in doing.people)
            services.near.add(root.initiator)
        return self._past

    @property
    def documents(self) -> dict[str, DocumentRow]:
        """The latest business documents by form id, read once."""
        if self._documents is None:
            self._documents = self._services.store.records.documents(self._root_key)
        return self._documents

    def keep_document(self, row: DocumentRow) -> None:
        """Make a document that this command stored visible to the rest of it."""
        if row.form_id in self.documents:
            self.replaced[row.form_id] = self.documents[row.form_id]
        self.documents[row.form_id] = row
        self.has_new_document = True

    @property
    def answers(self) -> Mapping[str, Mapping[str, Any]]:
        """``{form id: latest answers}``; the documents are read when somebody looks into it."""
        return _Answers(self)


class _Answers(Mapping[str, "Mapping[str, Any]"]):
    """The answers of a matter: most handlers never ask, and reading them is a statement."""

    def __init__(self, tree: MatterTree) -> None:
        self._tree = tree

    def __getitem__(self, form_id: str) -> Mapping[str, Any]:
        return self._tree.documents[form_id].answers

    def __iter__(self) -> Iterator[str]:
        return iter(self._tree.documents)

    def __len__(self) -> int:
        return len(self._tree.documents)
