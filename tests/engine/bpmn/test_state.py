"""The state document: old ones load, unknown ones are refused; size, depth, threads."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.bpmn import EndlessLoopError, Interpreter, StateCodecError, read_model
from tests.engine.bpmn.conftest import ELEMENTS, START, Run, bpmn

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = Path(__file__).parent / "states"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.json")), ids=lambda path: path.stem)
def test_documents_of_every_version_load(path: Path) -> None:
    kept = json.loads(path.read_text(encoding="utf-8"))
    model = read_model((ELEMENTS / f"{kept['model']}.bpmn").read_bytes())

    interpreter = Interpreter.load(model, kept["state"])

    assert sorted(wait.element_id for wait in interpreter.waits()) == kept["waiting_at"]
    assert interpreter.dump() == kept["state"] or kept["version"] < 1


@pytest.mark.parametrize(
    "state",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"v":2,"n":1,"t":[]}',
        '{"v":1}',
        '{"v":1,"n":1,"t":[]}',
        '{"v":1,"n":1,"t":[["1","","#process",32],["2","9","review",32]]}',
        '{"v":1,"n":1,"t":[["1","","#process",32],["2","1","gone",32]]}',
    ],
)
def test_unknown_documents_are_refused(run: Callable[..., Run], state: str) -> None:
    model = run("none_events").model

    with pytest.raises(StateCodecError):
        Interpreter.load(model, state)


def test_state_is_small(run: Callable[..., Run]) -> None:
    case = run("jump_parallel")
    case.complete("fill")

    assert len(case.state.encode()) < 200


def test_eight_threads_share_one_model(run: Callable[..., Run]) -> None:
    model = run("parallel_in_loop").model

    def walk(number: int) -> tuple[str, ...]:
        case = Run(model, {"number": number})
        for _ in range(number % 5):
            for element_id in ("left", "right"):
                case.complete(element_id)
            case.complete("review", outcome="return")
        case.complete("right")
        case.complete("left")
        case.complete("review", outcome="done")
        assert case.variables["number"] == number
        return case.end_events

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(walk, range(240))) == {("done",)}


def test_ten_sub_processes_inside_each_other() -> None:
    body = '<bpmn:userTask id="inside"/>'
    for depth in range(10):
        body = (
            f'<bpmn:startEvent id="s{depth}"/><bpmn:subProcess id="level{depth}">{body}'
            f'</bpmn:subProcess><bpmn:endEvent id="e{depth}"/>'
            f'<bpmn:sequenceFlow id="a{depth}" sourceRef="s{depth}" targetRef="level{depth}"/>'
            f'<bpmn:sequenceFlow id="b{depth}" sourceRef="level{depth}" targetRef="e{depth}"/>'
        )
    case = Run(read_model(bpmn(body)), {})
    assert case.waiting_at == ["inside"]

    case.complete("inside")

    assert case.end_events == ("e9",)


def test_five_hundred_elements() -> None:
    parts = ['<bpmn:startEvent id="n0"/>']
    for number in range(1, 500):
        parts.append(f'<bpmn:userTask id="n{number}"/>')
        parts.append(
            f'<bpmn:sequenceFlow id="f{number}" sourceRef="n{number - 1}" targetRef="n{number}"/>'
        )
    case = Run(read_model(bpmn("".join(parts))), {})

    for number in range(1, 500):
        case.complete(f"n{number}")

    assert case.is_completed
    assert len(case.passed) == 500


def test_a_circle_without_a_wait_is_an_error(start: Callable[..., Run]) -> None:
    with pytest.raises(EndlessLoopError):
        start(
            '<bpmn:startEvent id="s"/><bpmn:task id="a"/><bpmn:task id="b"/>'
            '<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="a"/>'
            '<bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="b"/>'
            '<bpmn:sequenceFlow id="f3" sourceRef="b" targetRef="a"/>'
        )


def test_a_thousand_rounds_through_a_parallel_block(run: Callable[..., Run]) -> None:
    case = run("parallel_in_loop")
    size = len(case.state)

    for _ in range(1000):
        case.complete("left")
        case.complete("right")
        case.complete("review", outcome="return")

    assert len(case.state) < size + 60


def test_element_ids_of_the_library_are_free(start: Callable[..., Run]) -> None:
    case = start(
        '<bpmn:startEvent id="Start"/><bpmn:userTask id="Root"/><bpmn:endEvent id="End"/>'
        '<bpmn:sequenceFlow id="f1" sourceRef="Start" targetRef="Root"/>'
        '<bpmn:sequenceFlow id="f2" sourceRef="Root" targetRef="End"/>'
    )

    case.complete("Root")

    assert case.end_events == ("End",)


def test_start_is_deterministic(run: Callable[..., Run]) -> None:
    model = run("multi_instance_parallel", signers=["a", "b"]).model

    documents = {
        Interpreter.start(model, {"signers": ["a", "b"]}, now=START).dump() for _ in range(3)
    }

    assert len(documents) == 1
