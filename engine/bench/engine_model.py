"""A procedure of 24 shapes with review loops, drawn for our engine and for the plain library."""

from __future__ import annotations

from typing import Final

#: Reviews between filling in and the director's decision; each may send the matter back.
REVIEWS: Final = 8
PROCESS_ID: Final = "bench_review"

_HEAD: Final = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="bench"'
    ' targetNamespace="https://procureflow.example/bench">'
    f'<bpmn:process id="{PROCESS_ID}" name="评审" isExecutable="true">'
)
_TAIL: Final = "</bpmn:process></bpmn:definitions>"


def review_model(*, plain: bool) -> bytes:
    """Return the BPMN file: 24 shapes, with a merge that every return leads to.

    Args:
        plain: conditions in Python, as the plain library reads them; else in FEEL.
    """
    shapes = [
        '<bpmn:startEvent id="begin"/>',
        '<bpmn:exclusiveGateway id="again"/>',
        '<bpmn:userTask id="fill" name="填报"/>',
    ]
    flows = [_flow("begin", "again"), _flow("again", "fill"), _flow("fill", "review_1")]
    for number in range(1, REVIEWS + 1):
        after = f"review_{number + 1}" if number < REVIEWS else "is_large"
        shapes.append(f'<bpmn:userTask id="review_{number}" name="审核 {number}"/>')
        shapes += _decision(f"review_{number}", f"decision_{number}", after, flows, plain=plain)
    shapes.append('<bpmn:exclusiveGateway id="is_large" default="small"/>')
    flows += [
        _flow("is_large", "director", _condition("outcome", "large", plain=plain)),
        _flow("is_large", "filed", flow_id="small"),
    ]
    shapes.append('<bpmn:userTask id="director" name="领导审批"/>')
    shapes += _decision("director", "directed", "end", flows, plain=plain)
    shapes += ['<bpmn:endEvent id="filed"/>', '<bpmn:endEvent id="end"/>']
    return (_HEAD + "".join(shapes + flows) + _TAIL).encode()


def _decision(task: str, gateway: str, after: str, flows: list[str], *, plain: bool) -> list[str]:
    """Draw approve and return behind a user task; the return is the default flow."""
    flows += [
        _flow(task, gateway),
        _flow(gateway, after, _condition("outcome", "approve", plain=plain)),
        _flow(gateway, "again", flow_id=f"{gateway}_back"),
    ]
    return [f'<bpmn:exclusiveGateway id="{gateway}" default="{gateway}_back"/>']


def _condition(name: str, value: str, *, plain: bool) -> str:
    text = f"{name} == '{value}'" if plain else f'={name} = "{value}"'
    return (
        '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
        f"{text}</bpmn:conditionExpression>"
    )


def _flow(source: str, target: str, condition: str = "", *, flow_id: str = "") -> str:
    key = flow_id or f"{source}_{target}"
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<bpmn:sequenceFlow id="{key}" {ends}>{condition}</bpmn:sequenceFlow>'
