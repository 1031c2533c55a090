"""What a DMN 1.1 to 1.5 file says: types, requirements and services (DMN 1.5 §6 and §7).

Expressions are in ``engine.dmn.boxed``; nothing here is evaluated. Requirements are kept as the
hrefs of the file (``#id`` or ``namespace#id``); ``engine.dmn.graph`` resolves them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.dmn.boxed import (
        BoxedExpression,
        FunctionDefinition,
        LiteralExpression,
        Place,
        Variable,
    )


@dataclass(frozen=True, kw_only=True)
class ItemDefinition:
    """A named type: DMN 1.5 §7.3.2.

    Attributes:
        type_ref: the type it is made of, ``""`` for a structure or a function.
        allowed_values: unary tests for each value (of each element, when a collection).
        type_constraint: unary tests for the value as a whole (DMN 1.5).
        components: the entries of a structure.
        function: parameters and, as the last one, the result of a function type.
    """

    place: Place
    name: str
    type_ref: str = ""
    is_collection: bool = False
    allowed_values: LiteralExpression | None = None
    type_constraint: LiteralExpression | None = None
    components: tuple[ItemDefinition, ...] = ()
    function: tuple[Variable, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class InputData:
    """A fact that comes from outside."""

    place: Place
    name: str
    variable: Variable


@dataclass(frozen=True, kw_only=True)
class DecisionElement:
    """A decision as drawn; ``requires`` and ``knows`` are hrefs."""

    place: Place
    name: str
    variable: Variable
    requires: tuple[str, ...]
    knows: tuple[str, ...]
    expression: BoxedExpression | None
    question: str = ""


@dataclass(frozen=True, kw_only=True)
class BusinessKnowledgeModel:
    """A named function: DMN 1.5 §6.3.9."""

    place: Place
    name: str
    variable: Variable
    knows: tuple[str, ...]
    function: FunctionDefinition | None


@dataclass(frozen=True, kw_only=True)
class DecisionService:
    """A part of the graph with a border, callable as a function: DMN 1.5 §6.3.10; hrefs."""

    place: Place
    name: str
    variable: Variable
    outputs: tuple[str, ...]
    encapsulated: tuple[str, ...] = ()
    input_decisions: tuple[str, ...] = ()
    input_data: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Import:
    """Another model, seen under a name (``""``: in this model's own names).

    Attributes:
        is_model: another DMN model; ``False`` for XSD types and PMML.
    """

    place: Place
    name: str
    namespace: str
    is_model: bool


@dataclass(frozen=True, kw_only=True)
class Definitions:
    """One file."""

    file: str
    name: str
    namespace: str
    imports: tuple[Import, ...] = ()
    items: tuple[ItemDefinition, ...] = ()
    inputs: tuple[InputData, ...] = ()
    decisions: tuple[DecisionElement, ...] = ()
    knowledge: tuple[BusinessKnowledgeModel, ...] = ()
    services: tuple[DecisionService, ...] = ()
    other_ids: frozenset[str] = field(default_factory=frozenset)


DrawnElement = InputData | DecisionElement | BusinessKnowledgeModel | DecisionService


def drawn_elements(definitions: Definitions) -> tuple[DrawnElement, ...]:
    """Return everything that can be required, inputs first."""
    return (
        *definitions.inputs,
        *definitions.decisions,
        *definitions.knowledge,
        *definitions.services,
    )
