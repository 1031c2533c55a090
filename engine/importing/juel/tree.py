"""What a JUEL expression consists of (Unified EL 2.2): frozen nodes without behaviour."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Literal:
    """A number (as written), text, boolean or null."""

    value: str | bool | None
    is_number: bool = False


@dataclass(frozen=True)
class Name:
    """A variable or bean."""

    name: str


@dataclass(frozen=True)
class Index:
    """``of[key]``; ``of.name`` is the same with a literal key."""

    of: Node
    key: Node


@dataclass(frozen=True)
class Method:
    """``of.name(arguments)``."""

    of: Node
    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Function:
    """``prefix:name(arguments)`` or ``name(arguments)``."""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Unary:
    """``not``, ``empty`` or ``-``."""

    operator: str
    operand: Node


@dataclass(frozen=True)
class Binary:
    """Two operands; the operator is the sign, never its word (``&&``, not ``and``)."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Ternary:
    """``condition ? then : otherwise``."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True)
class Template:
    """Text with expressions in it: ``PT${hours}H``."""

    parts: tuple[Node, ...]


Node = Literal | Name | Index | Method | Function | Unary | Binary | Ternary | Template
