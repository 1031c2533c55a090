"""Ways through the plan filing that several tests take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.model.participants import Actor
from engine.queries import FieldOptions
from handlers.records.demo import plan_answers, plan_login
from tests.processes.refusals import refused as refused_at
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.runtime import Engine

FILL: Final = "fill_plan"


def start_plan(office: Engine, by: str) -> ProcessDriver:
    """Open a new plan."""
    return ProcessDriver.start(office, "plan_filing", by=by)


def submit(plan: ProcessDriver, answers: Mapping[str, Any]) -> None:
    """Submit the filling form as its initiator."""
    plan.complete(FILL, by=plan.initiator, answers=answers, opinion="")


def file_plan(office: Engine, plan_id: str, **changes: Any) -> ProcessDriver:
    """Fill in and submit a plan of the demonstration data; ``None`` takes an answer away."""
    plan = start_plan(office, plan_login(plan_id))
    answers = {**plan_answers(plan_id), **changes}
    if answers.get("intention_linked") == "no":
        plan.attach(FILL, "unlinked_file", by=plan.initiator)
    submit(plan, {key: value for key, value in answers.items() if value is not None})
    return plan


def approve(plan: ProcessDriver, *steps: tuple[str, str], **answers: str) -> None:
    """Let each (element, login) agree in turn; answers go to the first."""
    for element_id, login in steps:
        plan.complete(element_id, "approve", by=login, answers=answers, opinion="同意。")
        answers = {}


def send_back(plan: ProcessDriver, element_id: str, login: str) -> None:
    """Return from a step with a reason."""
    plan.complete(element_id, "return", by=login, opinion="请核对后重新提交。")


def selectable(office: Engine, plan: ProcessDriver) -> list[str]:
    """Return the intentions that the filling form offers, as the initiator sees them."""
    query = FieldOptions(work_item_key=plan.key_at(FILL), lookup="intention.selectable")
    return [option.value for option in office.ask(query, Actor(login=plan.initiator))]


def refused(plan: ProcessDriver, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Submit, expect that nothing happens and return the (field, code) pairs."""
    return refused_at(plan, FILL, answers, opinion="")
