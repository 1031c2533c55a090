"""Ways through the publication of an intention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.runtime import Engine

CHOOSE: Final = "choose_intention"
FILL: Final = "fill_intention"
INTENTION: Final[Mapping[str, Any]] = {
    "project_name": "校园网络改造",
    "overview": "更换核心交换机两台，无线覆盖教学楼。",
    "budget": "860000",
    "expected_month": "2026-09",
    "sme_only": "yes",
    "remark": "",
}


def begin(office: Engine, by: str = "zzyz_jb", corrected: str = "") -> ProcessDriver:
    """Start and say whether a published intention is corrected."""
    matter = ProcessDriver.start(office, "procurement_intention", by=by)
    choice = {"purpose": "correct", "corrected": corrected} if corrected else {"purpose": "new"}
    matter.complete(CHOOSE, by=by, answers=choice, opinion="")
    return matter


def submit(matter: ProcessDriver, **changes: Any) -> None:
    """Submit the filled in intention."""
    matter.complete(FILL, by=matter.initiator, answers={**INTENTION, **changes}, opinion="")


def approve(matter: ProcessDriver, by: str = "zzyz_sh") -> None:
    """Approve, which publishes."""
    matter.complete("internal_review", "approve", by=by)


def published(office: Engine, corrected: str = "", **changes: Any) -> ProcessDriver:
    """Publish an intention, or a correction of one."""
    matter = begin(office, corrected=corrected)
    submit(matter, **changes)
    approve(matter)
    return matter
