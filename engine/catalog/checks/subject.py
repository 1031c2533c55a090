"""What a check looks at, and how it words what it found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from engine.catalog.resources import BASE, ResourceKind, regions_of, resolve_layers
from engine.errors import Finding, WorkflowError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from engine.bpmn import Element, ProcessModel
    from engine.catalog.package import Package
    from engine.catalog.resources import Resource
    from engine.forms import Form
    from engine.handler import HandlerRegistry


@dataclass(frozen=True)
class Subject:
    """A package with what the installation offers to it.

    Attributes:
        package: what is checked.
        registry: handlers and lookups that exist.
        roles: role keys that exist, ``None`` when nobody knows.
        known: ``kind:id`` of what other packages define.
    """

    package: Package
    registry: HandlerRegistry
    roles: Collection[str] | None
    known: frozenset[str]

    @cached_property
    def models(self) -> tuple[tuple[Resource, ProcessModel], ...]:
        """Every BPMN file that can be read."""
        return tuple(self._readable_models())

    @property
    def elements(self) -> Iterator[tuple[Resource, ProcessModel, Element]]:
        """Every element of every readable BPMN file."""
        for resource, model in self.models:
            for element in model.elements.values():
                yield resource, model, element

    def content(self, resource: Resource) -> bytes:
        """Return a file's bytes."""
        return self.package.contents[resource.sha256]

    def regions_with(self, resource: Resource) -> tuple[str, ...]:
        """Return the rungs on which a matter would get ``resource``, the base first."""
        return tuple(
            region
            for region in regions_of(self.package.resources)
            if resource in self.layers(resource.kind, resource.id, region)
        )

    def layers(self, kind: ResourceKind, name: str, region: str) -> tuple[Resource, ...]:
        """Resolve as a binding would."""
        return resolve_layers(self.package.resources, kind, name, region)

    def form(self, name: str, region: str = BASE) -> Form | None:
        """Return the form of a rung, ``None`` without one that can be read."""
        layers = self.layers(ResourceKind.FORM, name, region)
        if not layers:
            return None
        try:
            return self.package.catalog.form(tuple(layer.sha256 for layer in layers))
        except WorkflowError:
            return None  # the form's own check says what is wrong with it

    def _readable_models(self) -> Iterator[tuple[Resource, ProcessModel]]:
        for resource in self.package.of_kind(ResourceKind.PROCESS):
            try:
                yield resource, self.package.catalog.model(resource.sha256)
            except WorkflowError:
                continue


def fault(
    resource: Resource, rule: str, place: Element | str, message_zh: str, message_en: str
) -> Finding:
    """Return an error at an element (or a key) of a file."""
    return _finding("error", resource.file, rule, place, (message_zh, message_en))


def hint(
    resource: Resource, rule: str, place: Element | str, message_zh: str, message_en: str
) -> Finding:
    """Return a warning at an element (or a key) of a file."""
    return _finding("warning", resource.file, rule, place, (message_zh, message_en))


def _finding(
    severity: str, file: str, rule: str, place: Element | str, texts: tuple[str, str]
) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        file=file,
        element_id=place if isinstance(place, str) else place.id,
        message_zh=texts[0],
        message_en=texts[1],
        line=0 if isinstance(place, str) else place.line,
    )
