"""Decision tables and boxed expressions as a file says them; nothing here is evaluated.

Names of fields follow the metamodel of the standard (DMN 1.5 §8 decision tables, §10.2
boxed expressions) so that a reader who knows DMN finds everything at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class HitPolicy(StrEnum):
    """DMN 1.5 §8.2.8; the values are those of the XML attribute."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    ANY = "ANY"
    COLLECT = "COLLECT"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"


class Aggregation(StrEnum):
    """What COLLECT does with the hits: ``+ < > #`` in the corner of a drawn table."""

    LIST = ""
    SUM = "SUM"
    MIN = "MIN"
    MAX = "MAX"
    COUNT = "COUNT"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something stands in the file.

    Attributes:
        id: XML id, or the nearest one above.
        line: 1-based line of the element.
    """

    id: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Variable:
    """A name with a type, e.g. of an input, a parameter or a column."""

    name: str
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class LiteralExpression:
    """One FEEL text."""

    place: Place
    text: str
    type_ref: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class InputClause:
    """A condition column: what is looked at and which values it may have."""

    place: Place
    label: str
    expression: LiteralExpression
    values: LiteralExpression | None


@dataclass(frozen=True, kw_only=True)
class OutputClause:
    """A result column; ``values`` in their order of priority."""

    place: Place
    name: str
    type_ref: str
    values: LiteralExpression | None
    default: LiteralExpression | None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row (or column) of a decision table, cells in the order of the clauses."""

    place: Place
    number: int
    conditions: tuple[LiteralExpression, ...]
    outputs: tuple[LiteralExpression, ...]
    annotations: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DecisionTable:
    """DMN 1.5 §8; the orientation is drawing only, the XML is the same."""

    place: Place
    hit_policy: HitPolicy
    aggregation: Aggregation
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]
    type_ref: str = ""
    label: str = ""
    orientation: str = ""


@dataclass(frozen=True, kw_only=True)
class ContextEntry:
    """One line of a boxed context; without a variable it is the result of the whole."""

    variable: Variable | None
    expression: BoxedExpression


@dataclass(frozen=True, kw_only=True)
class BoxedContext:
    """DMN 1.5 §10.2.1.4."""

    place: Place
    entries: tuple[ContextEntry, ...]
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class BoxedList:
    """DMN 1.5 §10.2.1.5."""

    place: Place
    items: tuple[BoxedExpression, ...]
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A table of values: DMN 1.5 §10.2.1.6."""

    place: Place
    columns: tuple[Variable, ...]
    rows: tuple[tuple[BoxedExpression, ...], ...]
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class FunctionDefinition:
    """DMN 1.5 §10.2.1.7; ``kind`` is ``FEEL``, ``Java`` or ``PMML``."""

    place: Place
    parameters: tuple[Variable, ...]
    body: BoxedExpression | None
    kind: str = "FEEL"
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Binding:
    """One argument of an invocation, by the name of the parameter."""

    parameter: str
    expression: BoxedExpression | None


@dataclass(frozen=True, kw_only=True)
class Invocation:
    """DMN 1.5 §10.2.1.3."""

    place: Place
    callee: BoxedExpression
    bindings: tuple[Binding, ...]
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Conditional:
    """Boxed if: DMN 1.5 §10.2.1.8."""

    place: Place
    condition: BoxedExpression
    then: BoxedExpression
    otherwise: BoxedExpression
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Boxed filter: DMN 1.5 §10.2.1.9; ``match`` sees ``item`` and its entries."""

    place: Place
    source: BoxedExpression
    match: BoxedExpression
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Iterator:
    """Boxed ``for``, ``some`` or ``every``: DMN 1.5 §10.2.1.10."""

    place: Place
    kind: str
    variable: Variable
    source: BoxedExpression
    body: BoxedExpression
    type_ref: str = ""


BoxedExpression = (
    LiteralExpression
    | DecisionTable
    | BoxedContext
    | BoxedList
    | Relation
    | FunctionDefinition
    | Invocation
    | Conditional
    | Filter
    | Iterator
)
