"""The laws of the fuzzer with random pieces of the language, and with every known attack."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.feel.attacks import ATTACKS
from tests.fuzz.fuzz_feel import check


@given(st.binary(max_size=40).map(lambda data: b"\x80" + data))
@settings(max_examples=600, deadline=None)
def test_pieces_of_the_language(data: bytes) -> None:
    check(data)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text(text: str) -> None:
    check(b"\x00" + text.encode())


@pytest.mark.parametrize("name", ATTACKS)
def test_attacks(name: str) -> None:
    check(b"\x00" + ATTACKS[name].encode())
