"""The plan as the person filled it in, read from the stored answers of the filling form."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from engine.errors import WorkflowError
from handlers.records.plans import PlanItem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.handler import Matter

#: Form whose latest answers are the plan.
PLAN_FORM: Final = "plan_filing.fill_plan"
OPEN_TENDER: Final = "公开招标"
#: Works are class B of the classification.
WORKS: Final = "B"
_CLASSES: Final = ("A", WORKS, "C")
_FEN: Final = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class PlanAnswers:
    """A complete submission.

    Attributes:
        linked: answer to 是否关联采购意向, ``None`` when it was not asked or not answered.
        intention: code of the chosen intention, empty when not linked.
        items: lines with recomputed amounts; a posted amount is ignored (catalogue 9.1).
        expected_month: ``YYYY-MM``.
        platform: code of the trading platform, ``None`` = not interconnected.
    """

    name: str
    linked: bool | None
    intention: str
    unlinked_reason: str
    channel: str
    method: str
    organisation_form: str
    budget_source: str
    import_product: bool
    contact: str
    contact_phone: str
    expected_month: str
    items: tuple[PlanItem, ...]
    platform: str | None = None

    @property
    def amount(self) -> Decimal:
        """Σ of the lines, yuan."""
        return sum((item.amount for item in self.items), Decimal(0))

    @property
    def category_class(self) -> str:
        """``A`` goods, ``B`` works or ``C`` services: what most of the amount is."""
        amounts = {letter: Decimal(0) for letter in _CLASSES}
        for item in self.items:
            amounts[item.category_code[:1]] += item.amount
        return max(_CLASSES, key=lambda letter: amounts[letter])

    @property
    def is_works(self) -> bool:
        """Whether every line is class B; a mixed plan is judged by the goods thresholds."""
        return all(item.category_code.startswith(WORKS) for item in self.items)


def read_answers(matter: Matter) -> PlanAnswers:
    """Return the plan of ``matter``.

    Raises:
        WorkflowError: the filling form was never submitted in this matter.
    """
    raw = matter.answers.get(PLAN_FORM)
    if raw is None:
        raise WorkflowError(
            "本事项还没有填报采购计划。", f"The matter has no answers of {PLAN_FORM}."
        )
    linked = {"yes": True, "no": False}.get(str(raw.get("intention_linked")))
    return PlanAnswers(
        name=_text(raw, "plan_name"),
        linked=linked,
        intention=_text(raw, "intention_id"),
        unlinked_reason=_text(raw, "unlinked_reason"),
        channel=_text(raw, "channel"),
        method=_text(raw, "method"),
        organisation_form=_text(raw, "organisation_form"),
        budget_source=_text(raw, "budget_source"),
        import_product=raw.get("import_product") == "yes",
        contact=_text(raw, "contact"),
        contact_phone=_text(raw, "contact_phone"),
        expected_month=_text(raw, "expected_month"),
        items=tuple(_item(line) for line in raw.get("items") or ()),
        platform=_text(raw, "platform") or None,
    )


def _text(raw: Mapping[str, Any], key: str) -> str:
    return str(raw.get(key) or "")


def _item(line: Mapping[str, Any]) -> PlanItem:
    quantity = Decimal(str(line["quantity"]))
    unit_price = Decimal(str(line["unit_price"]))
    return PlanItem(
        category_code=_text(line, "category_code"),
        name=_text(line, "item_name"),
        quantity=quantity,
        unit=_text(line, "unit"),
        unit_price=unit_price,
        amount=(quantity * unit_price).quantize(_FEN, ROUND_HALF_UP),
    )
