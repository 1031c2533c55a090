from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask_babel import Babel

from webui.formats import Deadline, deadline, file_size, office_date, office_time

#: 2026-06-10 09:00 in Beijing.
NOW = datetime(2026, 6, 10, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _chinese() -> object:
    app = Flask(__name__)
    Babel(app, default_locale="zh")
    with app.test_request_context():
        yield


def test_moments_are_written_in_the_offices_zone() -> None:
    late_evening_utc = datetime(2026, 6, 10, 16, 30, tzinfo=UTC)

    assert office_time(late_evening_utc) == "2026-06-11 00:30"
    assert office_date(late_evening_utc) == "2026-06-11"
    assert office_time(None) == ""


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (NOW - timedelta(days=2), Deadline("逾期 2 天", "late")),
        (NOW - timedelta(minutes=1), Deadline("今天已逾期", "late")),
        (NOW + timedelta(hours=8), Deadline("今天到期", "near")),
        (NOW + timedelta(days=2), Deadline("剩 2 天", "near")),
        (NOW + timedelta(days=3), Deadline("剩 3 天", "far")),
        # 23:00 UTC is already the next morning in Beijing: one calendar day left, not none.
        (datetime(2026, 6, 10, 23, 0, tzinfo=UTC), Deadline("剩 1 天", "near")),
    ],
)
def test_deadlines_count_calendar_days(due: datetime, expected: Deadline) -> None:
    assert deadline(due, NOW) == expected


def test_no_deadline_is_no_deadline() -> None:
    assert deadline(None, NOW) is None


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (1023, "1023 B"), (1024, "1 KB"), (1_572_864, "1.5 MB")]
)
def test_sizes_have_units(size: int, text: str) -> None:
    assert file_size(size) == text
