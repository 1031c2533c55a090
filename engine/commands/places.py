"""Where a step stands in its matter: through called processes and sub-processes, outermost first.

Two runs of one step have the same path, whatever instances and tokens they had; so history and
structure can be compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bpmn import after, are_beside

if TYPE_CHECKING:
    from engine.bpmn import ProcessModel
    from engine.commands.matter import MatterTree, Node


@dataclass(frozen=True)
class Place:
    """An element of one process.

    Attributes:
        process_id: of its definition.
        element_id: BPMN id.
        run: key of the called instance where a repeated activity calls, 0 elsewhere.
    """

    process_id: str
    element_id: str
    run: int = 0


Path = tuple[Place, ...]


def path_text(path: Path) -> str:
    """Return the path as people's browsers send it: ``approve/check/look``."""
    return "/".join(place.element_id for place in path)


class Places:
    """Finds the paths of one matter."""

    def __init__(self, tree: MatterTree) -> None:
        """Look into ``tree``."""
        self._tree = tree
        self._models = {node.row.process_id: node.model for node in tree.nodes.values()}
        self._calls: dict[int, Path] = {}

    def model(self, process_id: str) -> ProcessModel:
        """Return the definition of a process of this matter."""
        return self._models[process_id]

    def of(self, instance_key: int, element_id: str) -> Path:
        """Return the path of an element of an instance."""
        node = self._tree.nodes[instance_key]
        return (*self.around(node), *self._inside(node, element_id))

    def around(self, node: Node) -> Path:
        """Return the path of the call activity that an instance belongs to, ``()`` for the root."""
        key = node.row.key
        found = self._calls.get(key)
        if found is None:
            found = self._calls[key] = self._caller(node)
        return found

    def _caller(self, node: Node) -> Path:
        if node.row.parent_key is None:
            return ()
        parent = self._tree.nodes[node.row.parent_key]
        element_id = node.row.parent_element or _drawn_call(parent.model, node.row.process_id)
        inside = self._inside(parent, element_id)
        if any(self.is_repeated(place) for place in inside):
            last = inside[-1]
            inside = (*inside[:-1], Place(last.process_id, last.element_id, node.row.key))
        return (*self.around(parent), *inside)

    def _inside(self, node: Node, element_id: str) -> Path:
        elements, found = node.model.elements, []
        place: str | None = element_id
        while place is not None:
            found.append(Place(node.row.process_id, place))
            place = elements[place].parent if place in elements else None
        return tuple(reversed(found))

    def is_repeated(self, place: Place) -> bool:
        """Tell whether an element is a loop or multi-instance."""
        element = self._models[place.process_id].elements.get(place.element_id)
        return element is not None and element.loop is not None

    def is_undone(self, done: Path, target: Path) -> bool:
        """Tell whether going back to ``target`` makes ``done`` a thing of the past.

        That is the target itself, what is inside it, and everything drawn after it on its own
        level and on the levels around it.
        """
        for one, other in zip(done, target, strict=False):
            if one == other:
                continue
            if one.process_id != other.process_id or one.element_id == other.element_id:
                return False
            return one.element_id in after(self._models[other.process_id], other.element_id)
        return len(done) >= len(target)

    def is_beside(self, one: Path, other: Path) -> bool:
        """Tell whether two steps are in different branches of the same concurrent block."""
        for here, there in zip(one, other, strict=False):
            if here != there:
                model = self._models[here.process_id]
                same = here.process_id == there.process_id
                return same and are_beside(model, here.element_id, there.element_id)
        return False


def _drawn_call(model: ProcessModel, process_id: str) -> str:
    """Return the call activity that names a process: for instances begun before it was kept."""
    for element in model.elements.values():
        if element.called_process == process_id:
            return element.id
    return ""
