"""Row keys."""

from __future__ import annotations

from engine.model.keys import KeyGenerator, parse_key


def test_keys_grow_and_fit_into_63_bits() -> None:
    generator = KeyGenerator(node=7)

    keys = [generator.next() for _ in range(5_000)]

    assert keys == sorted(set(keys))
    assert max(keys) < 1 << 63


def test_two_nodes_never_meet() -> None:
    first, second = KeyGenerator(node=1), KeyGenerator(node=2)

    assert not {first.next() for _ in range(500)} & {second.next() for _ in range(500)}


def test_what_is_no_key_is_none() -> None:
    assert parse_key("12") == 12
    for text in ("", "x", "-1", "1.0", "９", "99999999999999999999"):
        assert parse_key(text) is None
