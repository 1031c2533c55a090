"""One answer at a time: what was typed to a typed value, the typed value to JSON.

Numbers are ``Decimal`` and are never rounded; days are ``date``, moments ``datetime`` in the
office's zone. Nothing here knows of required fields, conditions or other fields.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from functools import singledispatch
from typing import TYPE_CHECKING, Any

import re2

from engine.clock import OFFICE_ZONE
from engine.forms import problems
from engine.forms.components import (
    MONEY_LIMIT,
    Checkbox,
    ChoiceField,
    ChoiceKind,
    DateField,
    DateKind,
    Field,
    NumberField,
    TextArea,
    TextField,
    TextKind,
)
from engine.forms.normalise import clean_text, numerals, one_line
from engine.forms.problems import Problem, ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_MAX_NUMBER_LENGTH = 40
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"0\d{2,3}-\d{7,8}", re.ASCII)
_YEARS = range(1900, 2201)
CENT = Decimal("0.01")


def is_blank(raw: Any) -> bool:
    """Whether nothing was answered: none, white space only, no choice; ``False`` is an answer."""
    if isinstance(raw, str):
        return not clean_text(raw)
    return raw is None or (isinstance(raw, list | tuple | dict) and not raw)


def lenient(field: Field, raw: Any) -> Any:
    """Return the typed value, ``None`` for blank and unreadable answers."""
    if is_blank(raw):
        return None
    try:
        return read_value(field, raw)
    except ProblemError:
        return None


@singledispatch
def read_value(field: Field, raw: Any) -> Any:
    """Return the typed value of a non-blank answer.

    Raises:
        ProblemError: with the sentence for the person.
    """
    raise TypeError(type(field).__name__)


@read_value.register
def _(field: TextField, raw: Any) -> str:
    text = one_line(_text(raw))
    if field.text_kind is TextKind.PHONE:
        return _phone(text)
    _check_length(field, text)
    if field.text_kind is TextKind.EMAIL and not _EMAIL.fullmatch(text):
        raise ProblemError(problems.bad_email())
    return _matching(field.pattern, text)


def _matching(pattern: str, text: str) -> str:
    """Return the text that matches: as typed, else with what an input method made full-width."""
    for one in (text, numerals(text)):
        if not pattern or re2.search(pattern, one):
            return one
    raise ProblemError(problems.bad_pattern())


@read_value.register
def _(field: TextArea, raw: Any) -> str:
    text = clean_text(_text(raw))
    _check_length(field, text)
    return text


@read_value.register
def _(field: NumberField, raw: Any) -> Decimal:
    number = _number(raw)
    digits = 2 if field.money else field.digits
    if digits is not None:
        padded = _with_places(number, digits)
        number = padded if field.money else min(number, padded, key=_places)
    minimum, maximum = field.minimum, field.maximum
    if field.money:
        maximum = MONEY_LIMIT if maximum is None else min(maximum, MONEY_LIMIT)
        if number <= 0:
            raise ProblemError(problems.too_small("0", exclusive=True))
    if minimum is not None and number < minimum:
        raise ProblemError(problems.too_small(number_text(minimum)))
    if maximum is not None and number > maximum:
        raise ProblemError(problems.too_large(number_text(maximum)))
    return number


@read_value.register
def _(field: Checkbox, raw: Any) -> bool:
    ticks = {True: True, False: False, "true": True, "on": True, "false": False}
    if isinstance(raw, bool | str) and raw in ticks:
        return ticks[raw]
    raise ProblemError(problems.bad_structure())


@read_value.register
def _(field: ChoiceField, raw: Any) -> str | list[str]:
    if field.choice_kind is not ChoiceKind.CHECKLIST:
        return one_line(_text(raw))
    if not isinstance(raw, list | tuple) or not all(isinstance(one, str) for one in raw):
        raise ProblemError(problems.bad_structure())
    return list(dict.fromkeys(raw))


@read_value.register
def _(field: DateField, raw: Any) -> date | datetime | time:
    if isinstance(raw, datetime | date | time):
        raw = raw.isoformat()
    text = numerals(_text(raw))
    return _DATE_READERS[field.date_kind](text)


def _text(raw: Any) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        return str(raw)
    raise ProblemError(problems.bad_structure())


def _check_length(field: TextField | TextArea, text: str) -> None:
    if len(text) < field.min_length:
        raise ProblemError(problems.too_short(field.min_length, len(text)))
    if field.max_length and len(text) > field.max_length:
        raise ProblemError(problems.too_long(field.max_length, len(text)))


def _phone(text: str) -> str:
    digits = numerals(text).replace(" ", "")
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return digits
    raise ProblemError(problems.bad_phone())


def _number(raw: Any) -> Decimal:
    if isinstance(raw, float):
        raw = repr(raw)
    text = numerals(_text(raw))
    if len(text) > _MAX_NUMBER_LENGTH or not text.isascii() or not _NUMBER.fullmatch(text):
        raise ProblemError(problems.bad_number())
    return Decimal(text.replace(",", ""))


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _with_places(number: Decimal, digits: int) -> Decimal:
    places = Decimal(1).scaleb(-digits)
    with localcontext() as exact:
        exact.prec = 2 * _MAX_NUMBER_LENGTH
        padded = number.quantize(places)
    if padded != number:
        raise ProblemError(problems.too_many_digits(digits))
    return padded


def _day(text: str) -> date:
    match = _DAY.fullmatch(text)
    try:
        year, month, day = (int(one) for one in match.groups() if one) if match else (0, 0, 0)
        found = date(year, month, day)
    except ValueError:
        raise ProblemError(problems.bad_date()) from None
    if found.year not in _YEARS:
        raise ProblemError(problems.bad_date())
    return found


def _time(text: str) -> time:
    try:
        found = time.fromisoformat(text)
    except ValueError:
        raise ProblemError(problems.bad_time()) from None
    if found.tzinfo is not None:
        raise ProblemError(problems.bad_time())
    return found.replace(microsecond=0)


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError:
        raise ProblemError(problems.bad_date()) from None
    if found.year not in _YEARS:
        raise ProblemError(problems.bad_date())
    if found.tzinfo is None:
        return found.replace(tzinfo=OFFICE_ZONE)
    return found.astimezone(OFFICE_ZONE)


_DATE_READERS: dict[DateKind, Callable[[str], date | datetime | time]] = {
    DateKind.DATE: _day,
    DateKind.TIME: _time,
    DateKind.DATETIME: _moment,
}


def round_money(number: Decimal) -> Decimal:
    """Round a computed amount half up to 2 places (catalogue 0.10).

    Raises:
        ProblemError: the amount is too large to be one.
    """
    try:
        return number.quantize(CENT, ROUND_HALF_UP)
    except InvalidOperation:
        raise ProblemError(problems.too_large(number_text(MONEY_LIMIT))) from None


def number_text(number: Decimal) -> str:
    """Return a number as plain digits, no exponent."""
    return format(number, "f")


def to_json(value: Any) -> Any:
    """Return a typed value as stored: numbers and days as texts, so that nothing is lost."""
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): to_json(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(one) for one in value]
    if value is None or isinstance(value, bool | str | int):
        return value
    return str(value)


def check_past(field: Field, value: Any, today: Any) -> Problem | None:
    """Refuse a day before ``today`` where the form says so; ``None`` = nothing to say."""
    if not isinstance(field, DateField) or not field.refuse_past or not isinstance(today, date):
        return None
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(day, date) and day < today:
        return problems.past_date(today.isoformat())
    return None
