"""The form itself: its components, its places by path, and its texts in another language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engine.forms.components import (
    ChoiceField,
    Component,
    ExpressionField,
    Field,
    FileField,
    Keyed,
)
from engine.forms.layout import Container, Table, TextBlock, name_of

_TRANSLATABLE = frozenset(
    {"label", "description", "text", "prefixAdder", "suffixAdder", "dateLabel", "timeLabel"}
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A component with the path of its value.

    Attributes:
        path: ``plan_name``, ``items.unit_price`` (no row numbers); the id where there is no key.
        component: the component.
    """

    path: str
    component: Component


@dataclass(frozen=True, kw_only=True, eq=False)
class Form:
    """A parsed form, immutable; equal only to itself.

    Attributes:
        id: the id that user tasks name, e.g. ``plan_filing.fill_plan``.
        components: the top-level components in order.
        file: path inside the package, for findings.
        source: the JSON object that it was read from; never change it.
    """

    id: str
    components: tuple[Component, ...]
    file: str = ""
    source: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every component in the order of the form, containers before what they hold."""
        return tuple(_walk(self.components, ""))

    @cached_property
    def _by_path(self) -> Mapping[str, Component]:
        return {place.path: place.component for place in self.places}

    def component(self, path: str) -> Component | None:
        """Return the component at a path, with row numbers (``items.0.name``) or without."""
        return self._by_path.get(".".join(one for one in path.split(".") if not one.isdigit()))

    def label(self, path: str) -> str:
        """Return the label at ``path``, the path itself where there is none."""
        component = self.component(path)
        label = component.label if isinstance(component, Keyed | Container) else ""
        return label or path

    @cached_property
    def lookups(self) -> frozenset[str]:
        """Names of the handler lookups that its choices come from."""
        found = (place.component for place in self.places)
        return frozenset(one.lookup for one in found if isinstance(one, ChoiceField) and one.lookup)

    @cached_property
    def has_files(self) -> bool:
        """Whether files can be uploaded into it."""
        return any(isinstance(place.component, FileField) for place in self.places)

    @cached_property
    def is_live(self) -> bool:
        """Whether an answer can change what else is shown (conditions, formulas, lookups)."""
        return any(_is_live(place.component) for place in self.places)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Every text that a reader sees, each once, in the order of the file."""
        seen: dict[str, None] = {}

        def note(text: str) -> str:
            seen.setdefault(text)
            return text

        _map_texts(self.source, note)
        return tuple(seen)

    def translated(self, texts: Mapping[str, str]) -> Form:
        """Return the same form with ``{text: translation}`` applied; other texts stay.

        Raises:
            DeploymentRefusedError: a translated text has a wrong ``{{ FEEL }}`` in it.
        """
        from engine.forms.reader import read_source

        return read_source(_map_texts(self.source, lambda text: texts.get(text, text)), self.file)


def _walk(components: tuple[Component, ...], scope: str) -> Iterator[Place]:
    for component in components:
        path = f"{scope}{name_of(component)}"
        yield Place(path=path, component=component)
        if isinstance(component, Container):
            inner = f"{scope}{component.path}." if component.path else scope
            yield from _walk(component.components, inner)


def _is_live(component: Component) -> bool:
    if component.hide is not None or isinstance(component, ExpressionField | Table):
        return True
    if isinstance(component, TextBlock):
        return bool(component.template.formulas)
    if isinstance(component, ChoiceField) and (component.lookup or component.values_formula):
        return True
    return isinstance(component, Field) and not isinstance(component.readonly, bool)


def _map_texts(value: Any, say: Any, name: str = "") -> Any:
    if isinstance(value, Mapping):
        return {key: _map_texts(one, say, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_map_texts(one, say) for one in value]
    is_text = isinstance(value, str) and value.strip() and not value.lstrip().startswith("=")
    if is_text and name in _TRANSLATABLE:
        return say(value)
    return value
