"""Filing a procurement plan in the browser, as several tests need it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.support.people import answers_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.support.browser import Person

PLAN_FILING: Final = "采购计划备案"
#: Asked first: the answers decide what else the form asks.
_FIRST: Final = ("intention_linked", "intention_id", "unlinked_reason")


def fill_plan(handler: Person, plan: Mapping[str, Any]) -> None:
    """Fill in the open form in the order in which it asks."""
    handler.fill_in({key: plan[key] for key in _FIRST if key in plan})
    handler.fill_in({key: value for key, value in plan.items() if key not in _FIRST})


def file_plan(handler: Person, plan: Mapping[str, Any], **files: Path) -> None:
    """Fill in the open form, attach ``files`` by field, and submit."""
    fill_plan(handler, plan)
    for name, file in files.items():
        handler.attach(name, file)
    handler.press("提交")
    handler.expect_done()


def filed_plan(handler: Person, plan: str = "PL025") -> str:
    """Start and submit a linked plan; return its title."""
    answers = answers_of(plan)
    handler.start(PLAN_FILING)
    file_plan(handler, answers)
    return str(answers["plan_name"])
