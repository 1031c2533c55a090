"""Laws that hold for all values, checked against second implementations."""

from __future__ import annotations

import calendar
import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine.feel import (
    Date,
    DateTime,
    FeelError,
    compile_expression,
    compile_unary_tests,
    feel_repr,
    from_feel,
    is_same,
    to_feel,
    to_text,
)
from engine.feel.parser import member_table, parse_expression
from engine.feel.scanner import name_table
from tests.engine.feel.trees import NAMES, trees

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.tree import Node

TABLE = name_table([*NAMES, "b c", "单价 含税"])
MEMBERS = member_table(["b c", "单价 含税"])
numbers = st.decimals(min_value=-(10**15), max_value=10**15, places=4)
dates = st.dates()
moments = st.datetimes(
    min_value=datetime.datetime(1902, 1, 1),  # noqa: DTZ001 - the zone is added by the strategy
    max_value=datetime.datetime(2036, 1, 1),  # noqa: DTZ001 - the zone is added by the strategy
    timezones=st.sampled_from(
        [ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")]
    ),
    allow_imaginary=False,
)
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, st.text(max_size=10), dates),
    lambda parts: st.one_of(
        st.lists(parts, max_size=4), st.dictionaries(st.text(max_size=6), parts, max_size=4)
    ),
    max_leaves=10,
)


def evaluate(text: str, **context: object) -> object:
    return from_feel(compile_expression(text, context).evaluate(context))


def refusal(read: Callable[[str], object], text: str) -> FeelError | None:
    try:
        read(text)
    except FeelError as error:
        return error
    return None


def exact_value(number: object) -> Fraction:
    assert isinstance(number, Decimal)
    return Fraction(number)


@given(trees)
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_printed_tree_reads_as_the_same_tree(tree: Node) -> None:
    text = to_text(tree)

    assert parse_expression(text, TABLE, MEMBERS) == tree


@given(json_values)
def test_a_literal_reads_as_its_value(value: object) -> None:
    feel_value = to_feel(value)

    again = compile_expression(feel_repr(feel_value)).evaluate({})

    assert feel_repr(again) == feel_repr(feel_value)
    assert is_same(again, feel_value)


@given(numbers, numbers)
@example(Decimal("0.1"), Decimal("0.2"))
def test_sums_differences_and_products_are_exact(one: Decimal, other: Decimal) -> None:
    assert exact_value(evaluate("a + b", a=one, b=other)) == Fraction(one) + Fraction(other)
    assert exact_value(evaluate("a - b", a=one, b=other)) == Fraction(one) - Fraction(other)
    product = exact_value(evaluate("a * b", a=one, b=other))
    exact = Fraction(one) * Fraction(other)
    assert abs(product - exact) <= abs(exact) / 10**33


@given(numbers, numbers.filter(bool))
def test_quotients_have_34_digits(one: Decimal, other: Decimal) -> None:
    exact = Fraction(one) / Fraction(other)

    found = exact_value(evaluate("a / b", a=one, b=other))

    assert abs(found - exact) <= abs(exact) / 10**33


@given(numbers, numbers.filter(bool))
def test_modulo_is_the_rest_of_floor(one: Decimal, other: Decimal) -> None:
    exact = Fraction(one) - Fraction(other) * (Fraction(one) // Fraction(other))

    found = exact_value(evaluate("modulo(a, b)", a=one, b=other))

    assert found == exact


@given(numbers, st.integers(-3, 3))
def test_roundings_enclose_the_number(number: Decimal, scale: int) -> None:
    low, up, half = (
        exact_value(evaluate(f"{name}(n, s)", n=number, s=scale))
        for name in ("floor", "ceiling", "round half up")
    )

    assert low <= Fraction(number) <= up
    assert up - low in (0, Fraction(10) ** -scale)
    assert abs(half - Fraction(number)) * 2 <= Fraction(10) ** -scale


@given(numbers, numbers)
def test_order_is_pythons_order(one: Decimal, other: Decimal) -> None:
    context = {"a": one, "b": other}

    found = [evaluate(f"a {sign} b", **context) for sign in ("<", "<=", ">", ">=", "=", "!=")]

    assert found == [
        one < other,
        one <= other,
        one > other,
        one >= other,
        one == other,
        one != other,
    ]
    assert compile_unary_tests("< b", ["b"]).matches(one, context) is (one < other)


@given(dates, st.integers(-20_000, 20_000))
def test_days_are_added_as_datetime_does(day: datetime.date, count: int) -> None:
    try:
        expected: object = day + datetime.timedelta(days=count)
    except OverflowError:
        return

    found = evaluate('d + duration("P1D") * n', d=day, n=count)

    assert found == expected


@given(dates, dates)
def test_dates_differ_as_datetime_says(one: datetime.date, other: datetime.date) -> None:
    assert evaluate("a - b", a=one, b=other) == one - other
    assert evaluate("a < b", a=one, b=other) == (one < other)


@given(dates)
def test_calendar_properties_are_those_of_the_standard_library(day: datetime.date) -> None:
    found = evaluate("[d.weekday, week of year(d), day of year(d), day of week(d)]", d=day)

    year, week, weekday = day.isocalendar()
    assert year
    assert found == [weekday, week, day.timetuple().tm_yday, calendar.day_name[weekday - 1]]


@given(st.integers(-999_999_999, 999_999_999), st.integers(1, 12), st.integers(1, 31))
def test_day_numbers_lead_back_to_the_date_in_every_year(year: int, month: int, day: int) -> None:
    found = compile_expression("date(y, m, d)").evaluate({"y": year, "m": month, "d": day})

    if isinstance(found, Date):
        assert Date.from_number(found.number) == found
        assert Date.from_number(found.number + 1).number == found.number + 1
        assert evaluate(f'string(date("{found}"))') == str(found)
    else:
        assert day > 28


@given(dates, st.integers(-5_000, 5_000))
def test_months_keep_the_day_or_end_the_month(day: datetime.date, months: int) -> None:
    found = compile_expression('d + duration("P1M") * n').evaluate({"d": day, "n": months})

    assert isinstance(found, Date)
    total = day.year * 12 + day.month - 1 + months
    assert (found.year, found.month) == (total // 12, total % 12 + 1)
    assert found.day == day.day or found.day < day.day


@given(moments, st.integers(-10_000_000, 10_000_000))
@settings(deadline=None)
def test_seconds_are_added_on_the_time_line(moment: datetime.datetime, seconds: int) -> None:
    expected = moment.astimezone(datetime.UTC) + datetime.timedelta(seconds=seconds)

    found = compile_expression('t + duration("PT1S") * n').evaluate({"t": moment, "n": seconds})

    assert isinstance(found, DateTime)
    plain = from_feel(found)
    assert isinstance(plain, datetime.datetime)
    assert plain.astimezone(datetime.UTC) == expected
    assert found.time.zone == getattr(moment.tzinfo, "key", "")


@given(moments, moments)
@settings(deadline=None)
def test_moments_differ_on_the_time_line(one: datetime.datetime, other: datetime.datetime) -> None:
    expected = one.astimezone(datetime.UTC) - other.astimezone(datetime.UTC)

    assert evaluate("a - b", a=one, b=other) == expected


@given(st.timedeltas())
def test_durations_read_as_they_are_written(duration: datetime.timedelta) -> None:
    text = str(to_feel(duration))

    assert evaluate("duration(t)", t=text) == duration


@given(st.lists(st.integers(-50, 50), max_size=12))
def test_list_functions_agree_with_python(values: list[int]) -> None:
    context = {"v": values}

    assert evaluate("sort(v)", **context) == sorted(values)
    assert evaluate("sort(v, function(x, y) x > y)", **context) == sorted(values, reverse=True)
    assert evaluate("count(v)", **context) == len(values)
    assert evaluate("distinct values(v)", **context) == list(dict.fromkeys(values))
    assert evaluate("v[item > 0]", **context) == [value for value in values if value > 0]
    assert evaluate("sum(v)", **context) == (sum(values) if values else None)
    assert evaluate("reverse(v)", **context) == values[::-1]


@given(st.text(max_size=30), st.text(max_size=3))
def test_string_functions_agree_with_python(text: str, part: str) -> None:
    context = {"t": text, "p": part}

    assert evaluate("string length(t)", **context) == len(text)
    assert evaluate("contains(t, p)", **context) is (part in text)
    assert evaluate("starts with(t, p)", **context) is text.startswith(part)
    assert evaluate("substring after(t, p)", **context) == text.partition(part or "\0")[2] or (
        not part
    )


@given(st.text(max_size=40))
@example("[1..a[1..a[")
@example("not(not(not(")
@settings(max_examples=500)
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (compile_expression, compile_unary_tests):
        refused = refusal(read, text)
        assert refused is None or (refused.line >= 1 and refused.column >= 1)


@given(st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=5))
def test_logic_has_three_values(values: list[bool | None]) -> None:
    names = {f"v{index}": value for index, value in enumerate(values)}

    conjunction = evaluate(" and ".join(names), **names)
    disjunction = evaluate(" or ".join(names), **names)

    assert conjunction == (False if False in values else None if None in values else True)
    assert disjunction == (True if True in values else None if None in values else False)
