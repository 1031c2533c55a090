"""The TOML files of a package are read strictly; each fault is a finding at its key."""

from __future__ import annotations

from datetime import date

import pytest

from engine.catalog.info import read_info
from engine.catalog.texts import read_texts
from engine.catalog.variants import read_variant

GOOD = """
id = "leave"
name = "请假"
category = "人事"
starters = ["clerk"]
regions = ["41"]
title = "reason"
summary = [{label = "天数", value = "days"}]
"""


def test_a_complete_head_is_read() -> None:
    info, findings = read_info(GOOD.encode(), "process.toml", "leave")

    assert findings == []
    assert (info.id, info.starters, info.withdraw) == ("leave", ("clerk",), False)
    assert info.separation_of_duties
    assert info.summary[0].value == "days"
    assert info.covers("410122")
    assert not info.covers("110000")
    assert info.name_in("en") == "请假"


@pytest.mark.parametrize(
    ("old", "new", "rule", "place"),
    [
        ('id = "leave"', 'id = "leaf"', "id-is-folder", "id"),
        ('name = "请假"', "", "missing-key", "name"),
        ('name = "请假"', 'name = ""', "missing-key", "name"),
        ('starters = ["clerk"]', 'starter = ["clerk"]', "unknown-key", "starter"),
        ('starters = ["clerk"]', 'starters = "clerk"', "wrong-type", "starters"),
        ('starters = ["clerk"]', "starters = [1]", "wrong-type", "starters"),
        ('regions = ["41"]', 'regions = ["河南"]', "region-prefix", "regions"),
        ('regions = ["41"]', 'regions = ["410"]', "region-prefix", "regions"),
        ('value = "days"', "val = 3", "unknown-key", "summary[0].val"),
        ('title = "reason"', 'title = "reason"\nwithdraw = "yes"', "wrong-type", "withdraw"),
        ('id = "leave"', 'id = "leave', "toml", ""),
        (
            'summary = [{label = "天数", value = "days"}]',
            "summary = [" + '{label = "天数", value = "days"},' * 4 + "]",
            "summary-length",
            "summary",
        ),
    ],
)
def test_each_fault_is_named_at_its_key(old: str, new: str, rule: str, place: str) -> None:
    assert old in GOOD

    _info, findings = read_info(GOOD.replace(old, new).encode(), "process.toml", "leave")

    assert (rule, place) in [(item.rule, item.element_id) for item in findings]
    assert all(
        item.severity == "error" and item.message_zh and item.message_en for item in findings
    )


def test_an_unknown_key_is_answered_with_the_nearest_known_one() -> None:
    _info, findings = read_info((GOOD + "withdrow = true").encode(), "process.toml", "leave")

    assert "withdraw" in findings[0].message_zh


def test_a_file_that_is_not_utf_8_is_refused_with_one_finding() -> None:
    _info, findings = read_info(GOOD.encode("gbk"), "process.toml", "leave")

    assert [item.rule for item in findings] == ["encoding"]


def test_a_variant_states_reason_source_day_and_owner() -> None:
    text = 'reason = "a"\nlegal_source = "b"\neffective_from = 2026-01-01\nowner = "c"\n'

    variant, findings = read_variant(
        (text + '[base]\n"leave.bpmn" = "ab"').encode(), "variant.toml", "410100"
    )

    assert findings == []
    assert variant.effective_from == date(2026, 1, 1)
    assert variant.base == {"leave.bpmn": "ab"}
    for line in text.splitlines():
        _variant, findings = read_variant(
            text.replace(line, "x_y = 1").encode(), "variant.toml", "410100"
        )
        assert {"missing-key", "unknown-key"} <= {item.rule for item in findings}


def test_texts_are_pairs() -> None:
    texts, findings = read_texts('"请假" = "Leave"\n"天数" = 3'.encode(), "en.toml")

    assert texts == {"请假": "Leave"}
    assert [item.element_id for item in findings] == ["天数"]
