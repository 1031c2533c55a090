"""How an answer reads in a document, a difference and an audit line; both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine.clock import OFFICE_ZONE
from engine.forms.choices import label_key
from engine.forms.components import (
    Checkbox,
    ChoiceField,
    DateField,
    DateKind,
    ExpressionField,
    Keyed,
    NumberField,
    TextField,
)
from engine.forms.expressions import plain_text
from engine.forms.values import is_blank, lenient, number_text
from engine.handler import Option


def display_text(
    component: Keyed,
    value: Any,
    *,
    options: Sequence[Option] = (),
    language: str = "zh",
    units: bool = True,
) -> str:
    """Return a typed or stored answer as a reader sees it, ``""`` for none.

    Args:
        component: the field.
        value: typed, stored or as typed by the person; unreadable text stays as it is.
        options: choices known beside the ones written in the form (lookups).
        language: ``zh`` or ``en``.
        units: with the field's prefix and suffix.
    """
    if is_blank(value):
        return ""
    if isinstance(component, ChoiceField):
        return _labels(component, value, options)
    if isinstance(component, NumberField | ExpressionField):
        return _number(component, value, units, language)
    if isinstance(component, DateField):
        return _moment(component, value)
    if isinstance(component, Checkbox):
        return _yes_no(value, language)
    if isinstance(component, TextField) and units:
        value = f"{component.prefix}{value}{component.suffix}"
    return str(value)


def stored_text(field: Keyed, answers: Any, language: str = "zh") -> str:
    """Return how a field of stored answers reads; a lookup's choice by its label of that time."""
    if not isinstance(answers, Mapping):
        return ""
    value = answers.get(field.key)
    label = answers.get(label_key(field.key))
    named = isinstance(label, str) and isinstance(value, str)
    options = [Option(value=str(value), label=str(label))] if named else []
    return display_text(field, value, options=options, language=language)


def grouped(number: Decimal) -> str:
    """Return a number with thousands separators and all its places: ``3,000,000.00``."""
    return format(number, ",f")


def _yes_no(value: Any, language: str) -> str:
    words = ("是", "否") if language != "en" else ("Yes", "No")
    return words[0] if value in (True, "true", "on") else words[1]


def _labels(choice: ChoiceField, value: Any, options: Sequence[Option]) -> str:
    known = {option.value: option.label for option in (*choice.options, *options)}
    values = value if isinstance(value, list | tuple) else [value]
    return "、".join(known.get(str(one), str(one)) for one in values)


def _number(field: NumberField | ExpressionField, value: Any, units: bool, language: str) -> str:
    number = value
    if isinstance(field, NumberField):
        number = lenient(field, value)
    elif field.money and isinstance(value, str):
        number = _decimal(value)
    if isinstance(number, bool):
        return _yes_no(number, language)
    if not isinstance(number, Decimal):
        return plain_text(value)
    is_amount = field.money or field.suffix.endswith("元")
    text = grouped(number) if is_amount else number_text(number)
    if not units:
        return text
    prefix = field.prefix if isinstance(field, NumberField) else ""
    return f"{prefix}{text}{_unit(field.suffix)}"


def _unit(suffix: str) -> str:
    return f" {suffix}" if suffix else ""


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None


def _moment(field: DateField, value: Any) -> str:
    read = lenient(field, value)
    if isinstance(read, datetime):
        return read.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M")
    if read is None:
        return str(value)
    if field.date_kind is DateKind.TIME:
        return str(read.strftime("%H:%M"))
    return str(read.isoformat())


def row_text(values: Any) -> str:
    """Return a whole row in short, for differences: its first answers."""
    if not isinstance(values, Mapping):
        return ""
    texts = [
        str(one) for one in values.values() if isinstance(one, str | int) and not is_blank(one)
    ]
    return "，".join(texts[:4])
