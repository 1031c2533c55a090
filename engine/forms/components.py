"""The nouns of the form language: one frozen dataclass per kind of field; no logic."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.forms.expressions import Formula, Template
    from engine.handler import Option

#: Largest amount of money (yuan) that a field takes (catalogue 0.10).
MONEY_LIMIT = Decimal("9999999999999.99")


class TextKind(StrEnum):
    """What a one-line text must look like."""

    PLAIN = "plain"
    EMAIL = "email"
    PHONE = "phone"


class ChoiceKind(StrEnum):
    """How choices are offered; a checklist takes several."""

    RADIO = "radio"
    SELECT = "select"
    CHECKLIST = "checklist"


class DateKind(StrEnum):
    """What a date field holds: a day, a time of day, or a moment in the office's zone."""

    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"


@dataclass(frozen=True, kw_only=True, eq=False)
class Component:
    """Anything in a form.

    Attributes:
        id: form-js id, unique in the form.
        hide: hidden, and its answers dropped, when this is true.
        row: form-js layout row; components of one row stand side by side.
        width: in sixteenths of the row (1–16), ``None`` = an equal share.
        properties: form-js custom properties.
        prefill: value of a form that nobody has filled in yet, from the context.
    """

    kind: ClassVar[str] = ""

    id: str
    hide: Formula | None = None
    prefill: Formula | None = None
    row: str = ""
    width: int | None = None
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Keyed(Component):
    """A component with a value of its own.

    Attributes:
        key: name of the value in its scope (the form, a group with a path, a row).
        label: what stands beside it.
        description: help text, may hold ``{{ FEEL }}``.
    """

    key: str
    label: str
    description: Template | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Field(Keyed):
    """A component that a person fills in.

    Attributes:
        required: must be answered at completion (drafts may be incomplete).
        required_code: error code of a missing answer, usually ``ERR_REQUIRED``.
        default: value of a form that was never filled in (form-js ``defaultValue``).
        readonly: ``True`` = the server sets it (choice, context or default), what the browser
            sends is ignored; a formula = the person may not change it while it is true.
        disabled: shown, never part of the answers (as in form-js).
        readonly_when_filled: read-only as soon as the context has a value of this key.
    """

    required: bool = False
    required_code: str = "ERR_REQUIRED"
    default: object = None
    readonly: bool | Formula = False
    disabled: bool = False
    readonly_when_filled: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class TextField(Field):
    """One line of text (form-js ``textfield``); lengths in characters, 0 = no limit."""

    kind: ClassVar[str] = "textfield"

    text_kind: TextKind = TextKind.PLAIN
    min_length: int = 0
    max_length: int = 0
    pattern: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class TextArea(Field):
    """Several lines of text (form-js ``textarea``); lengths in characters, 0 = no limit."""

    kind: ClassVar[str] = "textarea"

    min_length: int = 0
    max_length: int = 0


@dataclass(frozen=True, kw_only=True, eq=False)
class NumberField(Field):
    """An exact decimal number (form-js ``number``).

    Attributes:
        digits: decimal places that are taken, ``None`` = any; extra digits are refused.
        minimum: smallest value that is taken.
        maximum: largest value that is taken.
        increment: step of the buttons in the browser.
        money: yuan with 2 places, > 0 and at most ``MONEY_LIMIT``.
        prefix: shown before the input, e.g. ``¥``.
        suffix: shown after the input, e.g. ``元``.
    """

    kind: ClassVar[str] = "number"

    digits: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    increment: Decimal | None = None
    money: bool = False
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Checkbox(Field):
    """A tick; required means that it must be ticked."""

    kind: ClassVar[str] = "checkbox"


@dataclass(frozen=True, kw_only=True, eq=False)
class ChoiceField(Field):
    """Choices (form-js ``radio``, ``select``, ``checklist``).

    Attributes:
        choice_kind: how they are offered.
        options: the choices written in the form.
        values_key: name in the context that holds ``[{label, value}]``.
        values_formula: FEEL list of ``{label, value}`` or of texts.
        lookup: handler lookup that offers them, empty when the form itself does.
        checked_by_process: a choice that the lookup does not offer is let through, because the
            process refuses it with reasons of its own.
    """

    kind: ClassVar[str] = "choice"

    choice_kind: ChoiceKind
    options: tuple[Option, ...] = ()
    values_key: str = ""
    values_formula: Formula | None = None
    lookup: str = ""
    checked_by_process: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class DateField(Field):
    """A day, time or moment (form-js ``datetime``).

    Attributes:
        date_kind: which of the three.
        refuse_past: days before the context's ``today`` are refused.
    """

    kind: ClassVar[str] = "datetime"

    date_kind: DateKind = DateKind.DATE
    refuse_past: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class FileField(Keyed):
    """Uploaded files (form-js ``filepicker``); the files are attachments, not answers.

    Attributes:
        required: at least one file at completion.
        minimum: files at least, at completion.
        maximum: files at most.
        accept: extensions with dot, lower case; empty = what the installation takes.
    """

    kind: ClassVar[str] = "filepicker"

    required: bool = False
    minimum: int = 0
    maximum: int = 20
    accept: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class ExpressionField(Keyed):
    """A value computed by the server (form-js ``expression``); shown when it has a label.

    Attributes:
        formula: what computes it.
        money: rounded half up to 2 places (catalogue 0.10).
        suffix: shown after the value, e.g. ``元``.
    """

    kind: ClassVar[str] = "expression"

    formula: Formula
    money: bool = False
    suffix: str = ""
