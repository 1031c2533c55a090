from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.forms.components import NumberField, TextField
from engine.forms.normalise import clean_text, numerals
from engine.forms.problems import ProblemError
from engine.forms.values import lenient, number_text, read_value, to_json

MONEY = NumberField(id="m", key="m", label="金额", money=True)
COUNT = NumberField(id="n", key="n", label="数量", digits=3)
FULL_WIDTH = str.maketrans("0123456789.-,", "０１２３４５６７８９．－，")


@given(st.decimals(min_value="0.01", max_value="9999999999999.99", places=2))
def test_every_amount_survives_typing_and_storing(amount: Decimal) -> None:
    typed = format(amount, ",f").translate(FULL_WIDTH)

    read = read_value(MONEY, typed)

    assert read == amount
    assert to_json(read) == number_text(amount)
    assert read_value(MONEY, to_json(read)) == amount


@given(st.decimals(min_value="-1e9", max_value="1e9", places=6))
def test_numbers_are_kept_exactly_or_refused(number: Decimal) -> None:
    exact = number == round(number, 3)

    if exact:
        assert read_value(COUNT, str(number.quantize(Decimal("0.001")))) == number
    else:
        with pytest.raises(ProblemError):
            read_value(COUNT, format(number, "f"))


@given(st.text())
def test_any_text_is_cleaned_to_something_storable(text: str) -> None:
    cleaned = clean_text(text)

    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert "\r" not in cleaned
    assert clean_text(cleaned) == cleaned


@given(st.text())
def test_any_text_is_a_number_or_refused(text: str) -> None:
    read = lenient(MONEY, text)

    assert read is None or read == Decimal(numerals(text).replace(",", ""))


def test_a_quantity_keeps_the_places_that_were_typed() -> None:
    assert to_json(read_value(COUNT, "3")) == "3"
    assert to_json(read_value(COUNT, "3.50")) == "3.50"
    assert to_json(read_value(COUNT, "3.5000")) == "3.500"


def test_a_number_from_a_program_is_taken_as_it_prints() -> None:
    assert read_value(MONEY, 59.99) == Decimal("59.99")
    assert read_value(MONEY, 3) == Decimal("3.00")


def test_a_pattern_takes_what_an_input_method_made_full_width() -> None:
    month = TextField(id="t", key="t", label="月份", pattern="^[0-9]{4}-[0-9]{2}$")

    assert read_value(month, "２０２６－１２") == "2026-12"
    with pytest.raises(ProblemError):
        read_value(month, "２０２６年１２月")
