from __future__ import annotations

from pathlib import Path

import pytest

from engine.forms import Form, read_form
from engine.handler import Option
from tests.webui.forms.form_desk import Desk

PLAN = Path(__file__).parents[2] / "engine" / "forms" / "purchase_plan.form"


@pytest.fixture(scope="session")
def plan() -> Form:
    return read_form(PLAN.read_bytes(), PLAN.name)


@pytest.fixture
def desk(plan: Form) -> Desk:
    intentions = [
        Option(
            value="INT01",
            label="教学设备",
            hint="2026-04-20 公开",
            fills={"plan_name": "教学设备采购意向"},
        )
    ]
    categories = [
        Option(value=f"A{number:04}", label=f"品目 {number}", hint="货物", fills={"unit": "台"})
        for number in range(80)
    ]
    options = {"intention.selectable": intentions, "reference.categories": categories}
    return Desk(plan, options)


@pytest.fixture
def typed() -> dict[str, str]:
    return {
        "plan_name": "二〇二六年教学设备",
        "method": "open",
        "linked": "yes",
        "intention": "INT01",
        "items-0-_row": "1",
        "items-0-category": "A0007",
        "items-0-name": "投影机 <script>",
        "items-0-quantity": "２",
        "items-0-unit_price": "12,800.50",
        "contact-person": "张文",
        "contact-phone": "13800001111",
        "expected_on": "2026-07-01",
        "policies": "small",
        "confirmed": "true",
    }
