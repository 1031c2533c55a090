"""Requirements: hrefs to elements, across imports; missing ones and cycles are refused."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Final

from engine.dmn.model import (
    BusinessKnowledgeModel,
    DecisionElement,
    DecisionService,
    Definitions,
    DrawnElement,
    InputData,
    drawn_elements,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.dmn.findings import FindingLog


@dataclass(frozen=True)
class Requirement:
    """An element that another one needs.

    Attributes:
        qualifier: name of the import it comes through, ``""`` for the own model.
        namespace: namespace of its model.
        element: what is needed.
    """

    qualifier: str
    namespace: str
    element: DrawnElement

    @property
    def key(self) -> tuple[str, str]:
        """Return what identifies the element among all models."""
        return self.namespace, self.element.place.id

    @property
    def name(self) -> str:
        """Return the name expressions use for it, without the import's."""
        return self.element.variable.name

    @property
    def full_name(self) -> str:
        """Return the name expressions use for it."""
        return f"{self.qualifier}.{self.name}" if self.qualifier else self.name


class Graph:
    """The elements of one model and of those it imports."""

    def __init__(
        self, definitions: Definitions, imported: Mapping[str, Definitions], log: FindingLog
    ) -> None:
        """Index the elements and check every reference.

        A reference that leads nowhere, an imported model that is not there and elements that
        need each other in a circle are errors in ``log``.
        """
        self._definitions = definitions
        self._log = log
        self._elements: dict[tuple[str, str], Requirement] = {}
        self._add("", definitions)
        for found in definitions.imports:
            if found.namespace in imported:
                self._add(found.name, imported[found.namespace])
        self._check(imported)

    def requirement(self, href: str) -> Requirement:
        """Return what ``href`` points at; only for references of a checked model."""
        return self._elements[self._key(href)]

    def requirements(self, element: DrawnElement) -> tuple[Requirement, ...]:
        """Return everything that ``element`` points at, in the order of the file."""
        found = (self._elements.get(self._key(href)) for href in references(element))
        return tuple(requirement for requirement in found if requirement is not None)

    def _add(self, qualifier: str, definitions: Definitions) -> None:
        for element in drawn_elements(definitions):
            key = (definitions.namespace, element.place.id)
            self._elements[key] = Requirement(qualifier, definitions.namespace, element)

    def _key(self, href: str) -> tuple[str, str]:
        namespace, _, element_id = href.rpartition("#")
        return namespace or self._definitions.namespace, element_id

    def _own_elements(self) -> Iterable[DrawnElement]:
        return (
            requirement.element
            for requirement in list(self._elements.values())
            if requirement.namespace == self._definitions.namespace
        )

    def _check(self, imported: Mapping[str, Definitions]) -> None:
        self._check_imports(imported)
        for element in self._own_elements():
            for kinds, hrefs in _references_by_kind(element):
                for href in hrefs:
                    self._check_reference(element, href, kinds)
        self._check_cycles()

    def _check_reference(
        self, element: DrawnElement, href: str, kinds: tuple[type[DrawnElement], ...]
    ) -> None:
        found = self._elements.get(self._key(href))
        if found is None:
            self._report_missing(element, href)
        elif not isinstance(found.element, kinds):
            self._log.refuse(
                "wrong-reference",
                element.place,
                f"“{element.name}”不能这样引用“{found.element.name}”：元素种类不符，请重新连线。",
                f"{element.name!r} cannot refer to {found.element.name!r} like this: it is of the "
                "wrong kind; draw the line again.",
            )

    def _check_imports(self, imported: Mapping[str, Definitions]) -> None:
        for found in self._definitions.imports:
            if found.is_model and found.namespace not in imported:
                self._log.refuse(
                    "missing-import",
                    found.place,
                    f"引入的模型“{found.name}”（{found.namespace}）不在部署包中，请一并上传。",
                    f"The imported model {found.name!r} ({found.namespace}) is not in the package; "
                    "add it.",
                )

    def _report_missing(self, element: DrawnElement, href: str) -> None:
        self._log.refuse(
            "dangling-reference",
            element.place,
            f"“{element.name}”引用的“{href}”不存在，请重新连线或删除该引用。",
            f"{element.name!r} refers to {href!r}, which does not exist; draw the line again or "
            "delete it.",
        )

    def _check_cycles(self) -> None:
        by_id = {element.place.id: element for element in self._own_elements()}
        needs = {
            element_id: [found.place.id for found in self._needed(element)]
            for element_id, element in by_id.items()
        }
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1]
            self._report_cycle([by_id[element_id] for element_id in reversed(circle)])

    def _needed(self, element: DrawnElement) -> Iterable[DrawnElement]:
        hrefs = inner_references(element)
        for href in hrefs:
            found = self._elements.get(self._key(href))
            if found is not None and found.namespace == self._definitions.namespace:
                yield found.element

    def _report_cycle(self, circle: list[DrawnElement]) -> None:
        names = " → ".join(found.name for found in circle)
        self._log.refuse(
            "requirement-cycle",
            circle[0].place,
            f"决策互相依赖成环：{names}。请删除其中一条连线。",
            f"The elements need each other in a circle: {names}; delete one of the lines.",
        )


def references(element: DrawnElement) -> tuple[str, ...]:
    """Return the hrefs of ``element`` in the order of the file."""
    return tuple(href for _, hrefs in _references_by_kind(element) for href in hrefs)


def inner_references(element: DrawnElement) -> tuple[str, ...]:
    """Return the hrefs that are evaluated; the input decisions of a service are given instead."""
    if isinstance(element, DecisionService):
        return element.outputs
    return references(element)


def _references_by_kind(
    element: DrawnElement,
) -> list[tuple[tuple[type[DrawnElement], ...], tuple[str, ...]]]:
    """Return the hrefs of each sort with the kinds of elements that they may point at."""
    match element:
        case DecisionElement():
            return [(_VALUES, element.requires), (_FUNCTIONS, element.knows)]
        case BusinessKnowledgeModel():
            return [(_FUNCTIONS, element.knows)]
        case DecisionService():
            decisions = element.outputs + element.encapsulated + element.input_decisions
            return [((DecisionElement,), decisions), ((InputData,), element.input_data)]
        case InputData():
            return []


_VALUES: Final[tuple[type[DrawnElement], ...]] = (InputData, DecisionElement)
_FUNCTIONS: Final[tuple[type[DrawnElement], ...]] = (BusinessKnowledgeModel, DecisionService)
