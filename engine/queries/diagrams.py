"""Diagrams with done and current elements marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.queries.views import DiagramView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.matter import MatterTree, Node
    from engine.commands.services import Services
    from engine.model.work import WorkItem
    from engine.queries.language import Translator

_PASSED = frozenset({"completed", "taken"})


class Diagrams:
    """Builds the diagrams of one matter."""

    def __init__(
        self, tree: MatterTree, items: Sequence[WorkItem], words: Translator, services: Services
    ) -> None:
        """Read the history and the names of those who have something open, once."""
        self._tree, self._items = tree, items
        self._words, self._services = words, services
        self._history = services.store.instances.history(tree.root.row.key)
        logins = [item.assignee for item in items if item.is_open and item.assignee]
        people = services.store.identity.people(logins)
        self._names = {login: name for login, (name, _unit, _active) in people.items()}

    def views(self) -> list[DiagramView]:
        """Return the root's diagram first, then those of called processes, newest instance each."""
        newest = {node.row.process_id: node for node in self._tree.nodes.values()}
        return [self._view(node) for node in newest.values()]

    def _view(self, node: Node) -> DiagramView:
        key = node.row.key
        done = [
            event.element_id
            for event in self._history
            if event.instance_key == key and event.event in _PASSED
        ]
        waits = node.interpreter.waits() if node.is_active else ()
        content = self._services.catalog.content(self._tree.binding.process(node.row.process_id))
        return DiagramView(
            process_id=node.row.process_id,
            name=self._words(node.model.name),
            xml=content.decode("utf-8"),
            done=list(dict.fromkeys(done)),
            current=list(dict.fromkeys(wait.element_id for wait in waits)),
            notes=self._notes(key),
            instance_key=str(key),
            called_from=self._caller(node),
        )

    def _notes(self, key: int) -> dict[str, str]:
        return {
            item.element_id: self._names[item.assignee]
            for item in self._items
            if item.is_open and item.instance_key == key and item.assignee in self._names
        }

    def _caller(self, node: Node) -> str:
        if node.row.parent_key is None:
            return ""
        parent = self._tree.nodes[node.row.parent_key]
        for element in parent.model.elements.values():
            if element.called_process == node.row.process_id:
                return element.id
        return ""
