from __future__ import annotations

from pathlib import Path

import pytest

from engine.forms import Form, read_form
from engine.handler import Option

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def plan() -> Form:
    return read_form((HERE / "purchase_plan.form").read_bytes(), "purchase_plan.form")


@pytest.fixture(scope="session")
def options() -> dict[str, list[Option]]:
    return {
        "intention.selectable": [
            Option(
                value="INT01",
                label="教学设备采购",
                hint="2026-04-20 公开，预算 300 万元",
                fills={"plan_name": "教学设备采购意向"},
            )
        ],
        "reference.categories": [
            Option(value="A02010104", label="台式计算机", fills={"unit": "台"}),
            Option(value="A05010301", label="办公椅"),
        ],
    }


@pytest.fixture
def filled() -> dict[str, object]:
    """Complete answers, not linked to an intention; one attachment is needed beside them."""
    return {
        "plan_name": "二〇二六年教学设备",
        "method": "open",
        "linked": "no",
        "unlinked_reason": "上级追加任务，未列入意向",
        "items": [
            {
                "category": "A05010301",
                "name": "办公椅",
                "quantity": "１２",
                "unit": "把",
                "unit_price": "1,280.50",
            }
        ],
        "contact": {"person": "张文", "phone": "１３８００００１１１１", "mail": ""},
        "expected_on": "2026-07-01",
        "policies": ["small", "energy"],
        "confirmed": True,
    }
