"""The only place for functions of Chinese offices: working days, amounts in words, divisions.

They are no part of the standard library; callers take ``CHINESE_OFFICE`` as their library.
"""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from engine.calendar import current_calendar
from engine.feel.arithmetic import shift_date
from engine.feel.errors import NOWHERE, NullResultError
from engine.feel.library import Definitions, FunctionLibrary, define_all
from engine.feel.standard import STANDARD
from engine.feel.strings import whole
from engine.feel.temporal import Date, DateTime
from engine.feel.temporal_functions import date_from

if TYPE_CHECKING:
    from engine.feel.scope import Run
    from engine.feel.values import FeelFunction

#: Working days that one call may count.
_MOST_DAYS = 2_000
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_LARGEST_AMOUNT = Decimal(10) ** 16


def _is_working_day(run: Run, date: Date) -> bool:
    """Tell whether people work; a year without data counts Monday to Friday, with a warning."""
    try:
        day = datetime.date(date.year, date.month, date.day)
    except ValueError:  # FEEL's years go further than any calendar
        _warn_no_data(run, date.year)
        return (date.number + 3) % 7 < 5
    calendar = current_calendar()
    if not calendar.is_published(day.year):
        _warn_no_data(run, day.year)
    return calendar.works(day)


def _warn_no_data(run: Run, year: int) -> None:
    zh = f"{year} 年的放假安排尚未公布，暂按周一至周五计算。"
    en = f"The public holidays of {year} are not known; Monday to Friday are counted."
    if all(warning.message_zh != zh for warning in run.warnings):
        run.warn(NOWHERE, zh, en)


def _count_of(days: Decimal) -> int:
    count = whole(days, "days")
    if abs(count) > _MOST_DAYS or days != count:
        raise NullResultError(
            f"工作日数须为不超过 {_MOST_DAYS} 的整数。",
            f"The working days must be a whole number up to {_MOST_DAYS}.",
        )
    return count


def _add(run: Run, value: Date | DateTime, days: Decimal) -> Date:
    """Return the date ``days`` working days later (earlier when negative); day 0 never counts."""
    date, count = date_from(value), _count_of(days)
    step = 1 if count > 0 else -1
    while count:
        run.charge(1, NOWHERE)
        date = shift_date(date, step)
        if _is_working_day(run, date):
            count -= step
    return date


def _between(run: Run, start: Date | DateTime, end: Date | DateTime) -> Decimal:
    """Return the working days after ``start`` up to and including ``end``; negative backwards."""
    first, last = sorted((date_from(start).number, date_from(end).number))
    if last - first > _MOST_DAYS * 2:
        raise NullResultError("两个日期相隔过远。", "The dates are too far apart.")
    run.charge(last - first, NOWHERE)
    days = sum(_is_working_day(run, Date.from_number(day)) for day in range(first + 1, last + 1))
    return Decimal(days if date_from(start).number == first else -days)


def _is(run: Run, value: Date | DateTime) -> bool:
    return _is_working_day(run, date_from(value))


def _group_words(number: int) -> str:
    """Return the words of 1 to 9999, with one 零 for inner zeros."""
    words, zero = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            words += ("零" if zero and words else "") + _DIGITS[digit] + _UNITS[power]
            zero = False
        else:
            zero = True
    return words


def _integer_words(number: int) -> str:
    words, gap = "", False
    for power in (3, 2, 1, 0):
        group = number // 10_000**power % 10_000
        if group == 0:
            gap = bool(words)
            continue
        words += "零" if words and (gap or group < 1_000) else ""
        words += _group_words(group) + _GROUPS[power]
        gap = False
    return words


def amount_in_words(amount: Decimal) -> str:
    """Return ``壹仟肆佰零玖元伍角`` for 1409.50, rounded half up to 分.

    The rule is 正确填写票据和结算凭证的基本规定.

    Raises:
        NullResultError: negative, or 10^16 and more.
    """
    cents = amount.quantize(Decimal("0.01"), ROUND_HALF_UP) if amount < _LARGEST_AMOUNT else amount
    if not 0 <= cents < _LARGEST_AMOUNT:
        raise NullResultError("金额须大于等于零且小于一亿亿元。", "The amount is out of range.")
    whole_part, rest = divmod(int(cents * 100), 100)
    tens, ones = divmod(rest, 10)
    words = f"{_integer_words(whole_part)}元" if whole_part else ""
    if not rest:
        return f"{words or '零元'}整"
    if tens:
        words += ("零" if whole_part and whole_part % 10 == 0 else "") + _DIGITS[tens] + "角"
    elif words:
        words += "零"
    return words + (f"{_DIGITS[ones]}分" if ones else "")


def division_prefix(code: str, prefix: str) -> bool:
    """Tell whether a division (GB/T 2260, six digits or more) lies in another one.

    Trailing zeros of ``prefix`` are its open places: ``410100`` holds ``410122``.

    Raises:
        NullResultError: a code does not consist of digits.
    """
    if not (code.isdecimal() and prefix.isdecimal()):
        raise NullResultError("行政区划代码只能由数字组成。", "A division code has digits only.")
    return code.startswith(_significant(prefix))


def _significant(prefix: str) -> str:
    """Cut the pairs of zeros at the end; provinces, cities and counties have two digits each."""
    while len(prefix) > 2 and len(prefix) % 2 == 0 and prefix.endswith("00"):
        prefix = prefix[:-2]
    return prefix


def functions() -> list[FeelFunction]:
    """Return the functions under their Chinese and English names."""
    dates: Definitions = {
        "工作日.加": ("date: date, days: number", _add),
        "工作日.间隔": ("start: date, end: date", _between),
        "工作日.是否": ("date: date", _is),
        "cn.add working days": ("date: date, days: number", _add),
        "cn.working days between": ("start: date, end: date", _between),
        "cn.is working day": ("date: date", _is),
    }
    plain: Definitions = {
        "大写金额": ("amount: number", amount_in_words),
        "行政区划前缀": ("code: string, prefix: string", division_prefix),
        "cn.amount in words": ("amount: number", amount_in_words),
        "cn.division prefix": ("code: string, prefix: string", division_prefix),
    }
    return [*define_all(dates, with_run=True), *define_all(plain)]


def chinese_office_library(standard: FunctionLibrary = STANDARD) -> FunctionLibrary:
    """Return ``standard`` with the functions of this module."""
    return standard.extended(functions())


#: The standard library with the functions of this module.
CHINESE_OFFICE = chinese_office_library()
