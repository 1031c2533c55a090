"""The demonstration data as tests need it: passwords by login, plans with their answers."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from tests.support.databases import ROOT

_DEMO: Final = ROOT / "handlers" / "records" / "demo"


@cache
def password_of(login: str) -> str:
    """Return the initial password of a demonstration user, supplier or agency."""
    everybody = (row for name in ("users", "suppliers", "agencies") for row in _rows(name))
    return str(next(row for row in everybody if row["login"] == login)["initial_password"])


def name_of(login: str) -> str:
    """Return the name of a demonstration user."""
    return str(_row("users", "login", login)["name"])


def answers_of(plan: str) -> dict[str, Any]:
    """Return what is filled in for a plan such as ``PL025``."""
    return dict(_row("plans", "id", plan)["answers"])


@cache
def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((_DEMO / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def _row(name: str, key: str, value: str) -> dict[str, Any]:
    return next(row for row in _rows(name) if row[key] == value)
