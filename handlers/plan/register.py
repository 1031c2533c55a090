"""Write a submitted plan into the register of plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.errors import field_error
from engine.handler import record_handler
from handlers.plan.answers import read_answers
from handlers.records.plans import Plan, put_plan

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.plan.answers import PlanAnswers

#: How R01 writes a refusal in its column 流程.
_REFUSAL: Final = "REJECT:"


@record_handler("plan.register")
def register(
    context: RecordContext,
    *,
    variant: str,
    nonstandard_method: bool,
    intention_required: bool | None = None,
) -> None:
    """Store the plan and its lines with recomputed amounts.

    Raises:
        ValidationFailedError: R01 refuses the plan; its code is shown at the question.
    """
    if variant.startswith(_REFUSAL):
        raise field_error(
            "intention_linked",
            variant.removeprefix(_REFUSAL),
            "请选择是否关联采购意向。",
            "Say whether the plan is linked to a procurement intention.",
        )
    matter = context.matter
    answers = read_answers(matter)
    plan = Plan(
        **_from_answers(answers),
        instance_key=int(matter.instance_key),
        unit=matter.unit,
        division=matter.division,
        variant=variant,
        nonstandard_method=nonstandard_method,
        intention_required=intention_required,
        submitted_at=matter.now,
        submitted_by=matter.actor,
    )
    put_plan(context.session, plan, answers.items, matter.today)


def _from_answers(answers: PlanAnswers) -> dict[str, Any]:
    """Return the columns that repeat what the person filled in."""
    return {
        "name": answers.name,
        "channel": answers.channel,
        "method": answers.method,
        "organisation_form": answers.organisation_form,
        "budget_source": answers.budget_source,
        "amount": answers.amount,
        "category_class": answers.category_class,
        "import_product": answers.import_product,
        "unlinked_reason": "" if answers.linked else answers.unlinked_reason,
        "contact": answers.contact,
        "contact_phone": answers.contact_phone,
        "expected_month": answers.expected_month,
        "platform": answers.platform,
    }
