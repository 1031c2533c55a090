"""The facts of a plan: thresholds at the amount, class of works, catalogue, refused input."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from engine.errors import ValidationFailedError, WorkflowError
from engine.handler import Matter, RecordContext
from handlers.plan.answers import PLAN_FORM, read_answers
from handlers.plan.derive_facts import derive_facts
from handlers.records.demo import plan_answers

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def context(
    session: Session, answers: dict[str, Any] | None, *, division: str = "410100"
) -> RecordContext:
    matter = Matter(
        instance_key="1",
        process_id="plan_filing",
        element_id="derive_facts",
        initiator="zzyz_jb",
        unit="410100-JY01",
        division=division,
        now=datetime(2026, 6, 10, 1, 0, tzinfo=UTC),
        answers={} if answers is None else {PLAN_FORM: answers},
    )

    def decide(decision_id: str, _facts: object) -> None:
        raise AssertionError(f"the facts need no decision, asked for {decision_id}")

    return RecordContext(matter=matter, session=session, decide=decide)


def priced(plan_id: str, amount: str, **changes: Any) -> dict[str, Any]:
    answers = plan_answers(plan_id)
    answers["items"] = [{**answers["items"][0], "quantity": "1", "unit_price": amount}]
    return {**answers, **changes}


@pytest.mark.parametrize(
    ("amount", "at_limit"),
    [("499999.99", False), ("500000.00", True), ("500000.01", True)],
)
def test_the_limit_includes_the_number_itself(
    session: Session, amount: str, at_limit: bool
) -> None:
    facts = derive_facts(context(session, priced("PL027", amount)))

    assert facts["amount_ge_limit"] is at_limit


@pytest.mark.parametrize(
    ("amount", "method", "nonstandard"),
    [
        ("3999999.99", "竞争性磋商", False),
        ("4000000.00", "竞争性磋商", True),
        ("4000000.00", "公开招标", False),
    ],
)
def test_another_method_above_the_open_tender_threshold_is_nonstandard(
    session: Session, amount: str, method: str, nonstandard: bool
) -> None:
    facts = derive_facts(context(session, priced("PL032", amount, method=method)))

    assert facts["nonstandard_method"] is nonstandard


def test_a_county_has_the_thresholds_of_its_own(session: Session) -> None:
    facts = derive_facts(
        context(session, priced("PL035", "2000000.00", method="询价"), division="410122")
    )

    assert facts["nonstandard_method"] is True


def test_works_are_judged_by_the_limit_of_works(session: Session) -> None:
    works = priced("PL028", "599999.99")
    mixed = priced("PL028", "599999.98")
    mixed["items"].append({**mixed["items"][0], "category_code": "A05", "unit_price": "0.01"})

    assert derive_facts(context(session, works))["amount_ge_limit"] is False
    assert derive_facts(context(session, mixed))["amount_ge_limit"] is True


def test_each_line_is_rounded_half_up(session: Session) -> None:
    answers = priced("PL027", "0.05")
    line = {**answers["items"][0], "quantity": "0.1"}
    answers["items"] = [line] * 3

    facts = derive_facts(context(session, answers))

    assert facts["amount_ge_limit"] is False
    assert str(read_answers(context(session, answers).matter).amount) == "0.03"


@pytest.mark.parametrize(("answer", "switch"), [("yes", True), ("no", False), (None, None)])
def test_the_question_is_true_false_or_unanswered(
    session: Session, answer: str | None, switch: bool | None
) -> None:
    facts = derive_facts(context(session, {**plan_answers("PL025"), "intention_linked": answer}))

    assert facts["intention_link_switch"] is switch
    assert facts["in_catalogue"] is True
    assert facts["purchaser_division_code"] == "410100"


def test_a_month_in_the_past_is_refused_at_its_field(session: Session) -> None:
    with pytest.raises(ValidationFailedError) as refusal:
        derive_facts(context(session, priced("PL025", "1.00", expected_month="2026-05")))

    assert [(error.field, error.code) for error in refusal.value.errors] == [
        ("expected_month", "ERR_DATE")
    ]


def test_a_matter_without_a_filled_form_is_an_error(session: Session) -> None:
    with pytest.raises(WorkflowError):
        derive_facts(context(session, None))
