"""Begin a contract: what the published results say, and the accounts for migrants' wages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.handler import record_handler
from handlers.contract.answers import CHOICE_FORM
from handlers.notice.chosen import chosen_project
from handlers.notice.gate import not_now
from handlers.records.contracts import contractable_lots
from handlers.records.organisations import AccountKind, account_of, suppliers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.handler import RecordContext
    from handlers.records.contracts import AwardedLot
    from handlers.records.projects import Project

#: Class of works; their suppliers pay migrants' wages from an account of its own.
WORKS: Final = "B"
_NONE: Final = "未登记"


@record_handler("contract.open_draft")
def open_draft(context: RecordContext) -> dict[str, Any]:
    """Write what the form shows and begins with.

    For works that includes the suppliers' accounts for migrants' wages; one that is missing is a
    warning here and stops the payment only (seed 003, catalogue 57).

    Raises:
        ValidationFailedError: the project is unknown, or no lot of a published result waits.
    """
    item = chosen_project(context, CHOICE_FORM)
    lots = contractable_lots(context.session, item.key, int(context.matter.instance_key))
    if not lots:
        raise not_now(
            "该项目没有已公告结果、还没有备案合同的标段，请先发布结果公告。",
            "No lot of a published result waits for its contract; publish the result first.",
        )
    names = {one.code: one.name for one in suppliers(context.session)}
    is_works = item.category_class == WORKS
    accounts = _accounts(context, item, lots, names) if is_works else []
    return {
        "project_number": item.number,
        "project_name": item.name,
        "method": item.method,
        "is_works": is_works,
        "migrant_accounts": accounts,
        "account_missing": any(row["number"] == _NONE for row in accounts),
        "suggested_name": f"{item.name}采购合同",
    }


def _accounts(
    context: RecordContext, item: Project, lots: Sequence[AwardedLot], names: Mapping[str, str]
) -> list[dict[str, str]]:
    rows = []
    for code in dict.fromkeys(lot.supplier for lot in lots):
        account = account_of(context.session, code, AccountKind.MIGRANT_WAGE, item.key)
        rows.append(
            {
                "supplier": names.get(code, code),
                "name": account.account_name if account else _NONE,
                "bank": account.bank if account else _NONE,
                "number": grouped(account.account_number) if account else _NONE,
            }
        )
    return rows


def grouped(number: str) -> str:
    """Return an account number in groups of four, as it is printed."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
