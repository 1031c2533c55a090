"""What is still to come, computed from real models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.bpmn import read_model
from engine.queries.outlook import coming_steps

if TYPE_CHECKING:
    from engine.bpmn import ProcessModel

PROCESSES = Path(__file__).resolve().parents[3] / "processes"
ZHENGZHOU = PROCESSES / "plan_filing" / "regions" / "410100"


def model(path: Path) -> ProcessModel:
    return read_model(path.read_bytes(), path.name)


def zhengzhou(process_id: str) -> ProcessModel | None:
    found = [model(path) for path in sorted(ZHENGZHOU.glob("*.bpmn"))]
    return next((item for item in found if item.process_id == process_id), None)


def ahead(model_: ProcessModel, element_id: str) -> dict[str, bool]:
    """``{step name: conditional}`` in order."""
    steps = coming_steps(model_, element_id, zhengzhou)
    return {step.element.name: step.conditional for step in steps}


def test_both_routes_of_zhengzhou_share_their_steps() -> None:
    steps = ahead(model(ZHENGZHOU / "plan_filing.bpmn"), "fill_plan")

    assert steps["主管单位审核"] is False
    assert steps["业务处室初审"] is False
    assert steps["业务处室复核"] is False
    assert steps["监管单位初审"] is True
    assert steps["监管单位复核"] is True
    assert len(steps) == 5


def test_steps_already_passed_are_not_ahead() -> None:
    linked = zhengzhou("zz_plan_filing_linked")
    assert linked is not None

    steps = ahead(linked, "biz_first")

    assert "主管单位审核" not in steps
    assert steps["业务处室复核"] is False


def test_after_the_called_approval_nothing_is_to_be_filled_in_again() -> None:
    root = model(ZHENGZHOU / "plan_filing.bpmn")
    calls = [key for key, element in root.elements.items() if element.called_process]

    assert len(calls) == 2
    for call in calls:
        assert ahead(root, call) == {}


def test_a_step_of_one_route_stands_before_what_follows_on_both() -> None:
    calls = model(PROCESSES / "notice_publication" / "notice_publication.bpmn")

    steps = ahead(calls, "choose_project")

    assert list(steps.items()) == [
        ("起草公告", True),
        ("代理机构起草公告", True),
        ("预览并发布", False),
    ]
