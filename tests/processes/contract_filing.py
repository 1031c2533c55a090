"""Ways through the filing of a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.processes.outside import work_off
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.runtime import Engine

CHOOSE: Final = "choose_project"
FILL: Final = "fill_contract"
REVIEW: Final = "internal_review"
HANDLER, REVIEWER = "pdzx_jb", "pdzx_sh"
CONTRACT: Final[Mapping[str, Any]] = {
    "contract_no": "PDZX-HT-2026-01",
    "contract_name": "职校实训电脑采购合同",
    "amount": "788000",
    "signed_on": "2026-06-10",
    "term_from": "2026-06-10",
    "term_to": "2026-07-10",
    "place": "平顶山市示例职业学校",
    "prepayment": "no",
    "goods": "台式计算机 260 台，单价 3,030.77 元。",
    "instalments": [
        {"condition": "验收合格后", "share": "95"},
        {"condition": "质保期满后", "share": "5"},
    ],
    "contact": "示例联系人",
    "contact_phone": "0375-55550001",
}


def begin(office: Engine, number: str) -> ProcessDriver:
    """Choose a project whose result is published."""
    matter = ProcessDriver.start(office, "contract_filing", by=HANDLER)
    matter.complete(CHOOSE, by=HANDLER, answers={"project": number}, opinion="")
    return matter


def submitted(office: Engine, number: str, *lots: str, **changes: Any) -> ProcessDriver:
    """Submit a contract about lots of a project."""
    matter = begin(office, number)
    matter.attach(FILL, "signed_file", by=HANDLER, name="hetong.pdf")
    submit(matter, *lots, **changes)
    return matter


def submit(matter: ProcessDriver, *lots: str, **changes: Any) -> None:
    """Fill in and submit, again after a return."""
    answers = {**CONTRACT, "lots": list(lots), **changes}
    matter.complete(FILL, by=HANDLER, answers=answers, opinion="")


def filed(office: Engine, number: str, *lots: str, **changes: Any) -> ProcessDriver:
    """File and publish a contract."""
    matter = submitted(office, number, *lots, **changes)
    matter.complete(REVIEW, "approve", by=REVIEWER)
    work_off(office)
    assert matter.state == "completed"
    return matter
