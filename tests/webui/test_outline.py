"""The outline says everything that the diagram shows, each element once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask_babel import Babel

from engine.bpmn import read_model
from engine.queries.views import DiagramView
from tests.support.databases import ROOT
from webui.diagrams import diagram_data
from webui.outline import OutlineItem, outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MODELS = sorted((ROOT / "processes").rglob("*.bpmn"))


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app, default_locale="zh")
    with app.test_request_context():
        yield


def _diagram(xml: str, *, done: Iterable[str] = (), current: Iterable[str] = ()) -> DiagramView:
    return DiagramView(
        process_id="p",
        name="流程",
        xml=xml,
        done=tuple(done),
        current=tuple(current),
        notes=dict.fromkeys(current, "张三"),
        instance_key="1",
    )


def _all(items: Iterable[OutlineItem]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _all(item.children)


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_every_named_element_stands_in_the_outline_once(path: object) -> None:
    data = (ROOT / str(path)).read_bytes()
    model = read_model(data, "")
    named = sorted(element.name for element in model.elements.values() if element.name)

    items = list(_all(outline(_diagram(data.decode()))))

    written = sorted(item.name for item in items if not item.is_reference)
    assert [name for name in written if name in set(named)] == named


def test_states_and_names_of_people_are_told() -> None:
    path = ROOT / "processes/plan_filing/regions/410100/plan_filing.bpmn"
    diagram = _diagram(
        path.read_text(encoding="utf-8"), done=["plan_requested"], current=["fill_plan"]
    )

    first, second, third, *_rest = outline(diagram)

    assert (first.name, first.state) == ("新增采购计划", "done")
    assert (second.name, second.state, second.note) == ("填报采购计划", "current", "张三")
    assert (third.state, third.kind) == ("", "自动处理")


def test_a_way_back_is_a_reference_not_an_endless_outline() -> None:
    path = ROOT / "processes/plan_filing/regions/410100/plan_filing.bpmn"

    items = list(_all(outline(_diagram(path.read_text(encoding="utf-8")))))

    back = [item for item in items if item.is_reference and item.name == "填报采购计划"]
    assert [item.flow for item in back] == ["退回采购人"]


def test_the_readers_own_diagram_is_shown_first() -> None:
    diagrams = [_diagram("<a/>", current=["call"]), _diagram("<b/>", current=["review"])]

    assert diagram_data(diagrams, "review")["first"] == 1
    assert diagram_data(diagrams, "")["first"] == 1
    assert diagram_data([_diagram("<a/>")], "")["first"] == 0
