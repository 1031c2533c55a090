"""Ways through the entrustment of an agency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.runtime import Engine

FILL: Final = "fill_entrustment"
ANSWER: Final = "answer_entrustment"
HANDLER, AGENCY = "pdzx_jb", "ag11"
ENTRUSTMENT: Final[Mapping[str, Any]] = {
    "agency": "AG11",
    "agreement_no": "PDZX-WT-2026-01",
    "signed_on": "2026-06-10",
    "scope": "编制采购文件、起草采购公告、组织评审。",
}


def begin(office: Engine) -> ProcessDriver:
    """Begin an entrustment with its signed agreement."""
    matter = ProcessDriver.start(office, "agency_entrustment", by=HANDLER)
    matter.attach(FILL, "agreement", by=HANDLER, name="xieyi.pdf")
    return matter


def asked(office: Engine, number: str, **changes: Any) -> ProcessDriver:
    """Ask an agency to act in a project."""
    matter = begin(office)
    answers = {**ENTRUSTMENT, "project": number, **changes}
    matter.complete(FILL, by=HANDLER, answers=answers, opinion="")
    return matter


def entrusted(office: Engine, number: str, by: str = AGENCY, **changes: Any) -> ProcessDriver:
    """Entrust an agency, which accepts."""
    matter = asked(office, number, **changes)
    matter.complete(ANSWER, "accept", by=by, opinion="")
    assert matter.state == "completed"
    return matter
