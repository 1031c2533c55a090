"""Suppliers and agencies are asked for nothing that is not theirs, whoever searches for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.commands import CirculateInstance, ConsultPeople
from engine.errors import ValidationFailedError
from engine.model.participants import Actor
from engine.queries import EligiblePeople
from tests.processes.plan_filing import file_plan

if TYPE_CHECKING:
    from engine.runtime import Engine

REVIEWER = Actor(login="zzjy_sh")


@pytest.mark.parametrize("outsider", ["su01", "ag11"])
def test_a_matter_of_the_office_is_shown_to_nobody_outside(office: Engine, outsider: str) -> None:
    plan = file_plan(office, "PL025")
    task = plan.key_at("dept_review")

    page = office.ask(
        EligiblePeople(work_item_key=task, purpose="consult", search=outsider), REVIEWER
    )

    assert [(one.login, one.allowed) for one in page.people] == [(outsider, False)]
    for command in (
        CirculateInstance(instance_key=plan.instance_key, people=[outsider]),
        ConsultPeople(work_item_key=task, people=[outsider], request="是否可行？"),
    ):
        with pytest.raises(ValidationFailedError, match="outside unit"):
            office.execute(command, REVIEWER)
    office.execute(CirculateInstance(instance_key=plan.instance_key, people=["zzyw2_cs"]), REVIEWER)
