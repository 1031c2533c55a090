"""The only place for what FEEL raises and warns about, with line and column."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import WorkflowError


class Position:
    """A place in an expression's text; line and column are computed when asked for."""

    __slots__ = ("offset", "text")

    def __init__(self, text: str, offset: int) -> None:
        """Point to the character ``offset`` (0-based) of ``text``."""
        self.text = text
        self.offset = min(offset, len(text))

    @property
    def line(self) -> int:
        """The 1-based line."""
        return self.text.count("\n", 0, self.offset) + 1

    @property
    def column(self) -> int:
        """The 1-based column, in characters."""
        return self.offset - (self.text.rfind("\n", 0, self.offset) + 1) + 1


#: Used where a value is converted outside any expression.
NOWHERE = Position("", 0)


class FeelError(WorkflowError):
    """An expression that cannot be read, or that was stopped.

    Attributes:
        line: 1-based.
        column: 1-based, in characters.
        reason_zh: the sentence without its place, Chinese.
        reason_en: the same in English.
    """

    code = "ERR_FEEL"

    def __init__(self, message_zh: str, message_en: str, position: Position = NOWHERE) -> None:
        """Put the place in front of both sentences."""
        self.line = position.line
        self.column = position.column
        self.reason_zh = message_zh
        self.reason_en = message_en
        super().__init__(
            f"第{self.line}行第{self.column}列：{message_zh}",
            f"line {self.line}, column {self.column}: {message_en}",
        )


class FeelLimitError(FeelError):
    """An expression needs more steps, memory or depth than it may have."""

    code = "ERR_FEEL_LIMIT"


class NullResultError(Exception):
    """Inside the language only: this operation yields null, with a warning."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        """Keep the reason in both languages."""
        super().__init__(message_en)
        self.message_zh = message_zh
        self.message_en = message_en


class LimitReachedError(Exception):
    """Inside the language only: becomes a ``FeelLimitError`` where the place is known."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        """Keep the reason in both languages."""
        super().__init__(message_en)
        self.message_zh = message_zh
        self.message_en = message_en


@dataclass(frozen=True, slots=True)
class FeelWarning:
    """Why a part of an expression became null.

    Attributes:
        message_zh: Chinese sentence.
        message_en: English sentence.
        line: 1-based.
        column: 1-based, in characters.
    """

    message_zh: str
    message_en: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class FeelFinding:
    """One result of the static analysis of an expression.

    Attributes:
        rule: ``unknown-name``, ``unknown-function``, ``wrong-arguments``, ``type-mismatch``
            or ``syntax``.
        severity: ``error`` or ``warning``.
        message_zh: Chinese sentence.
        message_en: English sentence.
        line: 1-based.
        column: 1-based, in characters.
    """

    rule: str
    severity: str
    message_zh: str
    message_en: str
    line: int
    column: int
