"""Writes a drawing as BPMN: in our dialect, or with Python conditions for the stock library."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.engine.bpmn.walks.drawing import Flow, Level, Node

HEADER = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions"'
    ' targetNamespace="http://procureflow.example/walks">'
)
#: Nothing is deployed without somebody who may do it: here whoever started the matter.
WALKER = (
    '<bpmn:extensionElements><zeebe:properties><zeebe:property name="assignee"'
    ' value="initiator"/></zeebe:properties></bpmn:extensionElements>'
)
_TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "error_end": "endEvent",
    "terminate_end": "endEvent",
    "escalate": "intermediateThrowEvent",
    "task": "userTask",
    "call": "callActivity",
    "catch": "intermediateCatchEvent",
    "sub": "subProcess",
    "event_sub": "subProcess",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "boundary": "boundaryEvent",
}


def file_of(level: Level, process_id: str = "p", *, python: bool = False) -> bytes:
    """Return the file of a model."""
    return (
        f'{HEADER}{_definitions(level)}<bpmn:process id="{process_id}" isExecutable="true">'
        f"{_body(level, python=python)}</bpmn:process></bpmn:definitions>"
    ).encode()


def called_file(call_id: str, prefix: str = "called_") -> bytes:
    """Return the process that a call activity starts: one user task, ``<call id>_in``."""
    body = (
        f'<bpmn:startEvent id="s"/><bpmn:userTask id="{call_id}_in">{WALKER}</bpmn:userTask>'
        '<bpmn:endEvent id="e"/>'
        f'<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="{call_id}_in"/>'
        f'<bpmn:sequenceFlow id="f2" sourceRef="{call_id}_in" targetRef="e"/>'
    )
    process = f'<bpmn:process id="{prefix}{call_id}" isExecutable="true">{body}</bpmn:process>'
    return f"{HEADER}{process}</bpmn:definitions>".encode()


def hours_of(node: Node) -> int:
    """Return the duration of a timer; no two elements have the same."""
    return 1 + int("".join(filter(str.isdigit, node.id)))


def _definitions(level: Level) -> str:
    found = []
    codes: dict[tuple[str, str], None] = {}
    for _, node in level.everything():
        if node.event == "message" or node.kind == "catch":
            found.append(f'<bpmn:message id="m_{node.id}" name="{node.id}"/>')
        if node.code:
            codes[(node.event, node.code)] = None
    for event, code in codes:
        found.append(f'<bpmn:{event} id="{event}_{code}" name="{code}" {event}Code="{code}"/>')
    return "".join(found)


def _body(level: Level, *, python: bool) -> str:
    parts = [_element(level, node, python=python) for node in level.nodes.values()]
    return "".join(parts + [_flow(flow, python=python) for flow in level.flows])


def _element(level: Level, node: Node, *, python: bool) -> str:
    tag = _TAGS[node.kind]
    default = next((flow.id for flow in level.out(node.id) if flow.default), "")
    attributes = f' default="{default}"' if default else ""
    if node.kind == "boundary":
        cancel = "true" if node.interrupting else "false"
        attributes += f' attachedToRef="{node.host}" cancelActivity="{cancel}"'
    if node.kind == "event_sub":
        attributes += ' triggeredByEvent="true"'
    if node.kind == "start" and node.event:
        attributes += f' isInterrupting="{"true" if node.interrupting else "false"}"'
    inside = _inside(node, python=python)
    return f'<bpmn:{tag} id="{node.id}"{attributes}>{inside}</bpmn:{tag}>'


def _inside(node: Node, *, python: bool) -> str:
    text = (node.people or WALKER) if node.kind == "task" and not python else ""
    if node.kind == "call":
        text = (
            f'<bpmn:extensionElements><zeebe:calledElement processId="called_{node.id}"'
            ' propagateAllChildVariables="true"/></bpmn:extensionElements>'
        )
    if node.loop:
        text += _loop(node, python=python)
    if node.inside is not None:
        text += _body(node.inside, python=python)
    return text + _event(node)


def _event(node: Node) -> str:
    if node.kind == "terminate_end":
        return "<bpmn:terminateEventDefinition/>"
    event = "message" if node.kind == "catch" else node.event
    if event == "timer":
        return (
            "<bpmn:timerEventDefinition><bpmn:timeDuration>"
            f"PT{hours_of(node)}H</bpmn:timeDuration></bpmn:timerEventDefinition>"
        )
    if event == "message":
        return f'<bpmn:messageEventDefinition messageRef="m_{node.id}"/>'
    if event:
        reference = f' {event}Ref="{event}_{node.code}"' if node.code else ""
        return f"<bpmn:{event}EventDefinition{reference}/>"
    return ""


def _loop(node: Node, *, python: bool) -> str:
    sequential = ' isSequential="true"' if node.loop == "sequential" else ""
    head = f"<bpmn:multiInstanceLoopCharacteristics{sequential}>"
    tail = "</bpmn:multiInstanceLoopCharacteristics>"
    if node.votes:
        return f"{head}{tail}"
    if python:
        return f"{head}<bpmn:loopCardinality>{node.size}</bpmn:loopCardinality>{tail}"
    result = f' outputCollection="out_{node.id}" outputElement="=pick"' * (node.kind == "task")
    items = ", ".join(str(number) for number in range(node.size))
    done = ""
    if node.until < node.size:
        done = (
            f"<bpmn:completionCondition>=nrOfCompletedInstances &gt;= {node.until}"
            "</bpmn:completionCondition>"
        )
    return (
        f'{head}<bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[{items}]"'
        f' inputElement="item_{node.id}"{result}/></bpmn:extensionElements>{done}{tail}'
    )


def _flow(flow: Flow, *, python: bool) -> str:
    condition = ""
    if flow.picks is not None:
        values = ", ".join(str(pick) for pick in sorted(flow.picks))
        text = f"pick in [{values}]" if python else f"=list contains([{values}], pick)"
        condition = f"<bpmn:conditionExpression>{text}</bpmn:conditionExpression>"
    return (
        f'<bpmn:sequenceFlow id="{flow.id}" sourceRef="{flow.source}"'
        f' targetRef="{flow.target}">{condition}</bpmn:sequenceFlow>'
    )
