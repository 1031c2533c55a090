"""The demonstration's plans: ready-made answers, and days that are moved to the day played."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

#: The day on which the demonstration data play.
STAGE_DAY: Final = date(2026, 6, 10)
_FOLDER: Final = Path(__file__).parent


def plan_answers(plan_id: str, today: date = STAGE_DAY) -> dict[str, Any]:
    """Return ready-made answers of the filling form, e.g. for ``PL025``.

    Args:
        plan_id: number of a plan of the demonstration data.
        today: the day that plays 2026-06-10.

    Raises:
        KeyError: no such plan.
    """
    answers: dict[str, Any] = dict(_plan(plan_id)["answers"])
    answers["expected_month"] = moved_month(answers["expected_month"], today)
    return answers


def plan_login(plan_id: str) -> str:
    """Return the login of the handler who files the plan.

    Raises:
        KeyError: no such plan.
    """
    return str(_plan(plan_id)["login"])


def _plan(plan_id: str) -> dict[str, Any]:
    return {row["id"]: row for row in demo_rows("plans")}[plan_id]


def demo_rows(name: str) -> list[dict[str, Any]]:
    """Return a file of the demonstration data."""
    found: list[dict[str, Any]] = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    return found


def distance(today: date) -> timedelta:
    """Return how far the day that is played lies from the stage day."""
    return today - STAGE_DAY


def moved_month(month: str, today: date) -> str:
    """Keep the number of months between ``month`` (``YYYY-MM``) and the day that is played."""
    year, number = (int(part) for part in month.split("-"))
    months = (year + today.year - STAGE_DAY.year) * 12 + number - 1 + today.month - STAGE_DAY.month
    return f"{months // 12:04d}-{months % 12 + 1:02d}"
