"""Service and send tasks and message throw events: what runs becomes the type of a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn.xmlnames import bpmn_children, name_of
from engine.importing import mappings
from engine.importing.juel import JuelError, is_expression, parse_template, translate
from engine.importing.juel.feel import ENGINE_OBJECTS, to_feel_text
from engine.importing.juel.tree import Method, Name
from engine.importing.report import ChangeKind
from engine.importing.vocabulary import (
    KEPT,
    content,
    extensions,
    find_zeebe,
    remove,
    rename,
    take,
    vendor_children,
    write,
    write_mapping,
    write_property,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.importing.draft import Draft
    from engine.importing.juel.tree import Node

_KINDS: Final = ("class", "delegateExpression", "expression", "type")
_EXTERNAL: Final = ("external", "external-worker")


def convert(node: _Element, draft: Draft, source: _Element | None = None) -> None:
    """Convert the implementation of ``node``.

    Args:
        node: the task or event.
        draft: the copy.
        source: where the implementation is written, when not on ``node`` itself.
    """
    holder = node if source is None else source
    given = {kind: take(holder, kind) for kind in _KINDS}
    topic, result = take(holder, "topic"), _result(holder)
    retries = retries_of(node, draft)
    written = _job_type(node, draft, given, topic)
    connector = _connector(node, draft)
    written = written or connector
    if not written and given["expression"]:
        if _computes(node, draft, given["expression"], result):
            return
        written = _bean_call(node, draft, given["expression"])
    if not written:
        for text in (topic, result):
            if text:
                draft.report.change(node, ChangeKind.DROPPED, text, "")
        return
    write(node, "taskDefinition", {"type": written, "retries": retries})
    before = " ".join(f"{kind}={value}" for kind, value in given.items() if value)
    draft.report.change(
        node, ChangeKind.HANDLER, f"{before} {topic}".strip() or f"connector {connector}", written
    )
    if result:
        write_mapping(node, "output", "=result", result)
        draft.report.change(node, ChangeKind.MAPPING, f"resultVariable={result}", "=result")


def require(node: _Element, draft: Draft) -> None:
    """Give a task without any implementation a job type of its own."""
    if find_zeebe(node, "taskDefinition") is not None or name_of(node)[1] not in (
        "serviceTask",
        "sendTask",
    ):
        return
    if name_of(node)[1] == "sendTask" and node.get("messageRef"):
        return
    written = own_type(node, draft)
    write(node, "taskDefinition", {"type": written})
    draft.report.change(node, ChangeKind.HANDLER, "", written)
    draft.report.warn(
        "handler-missing",
        node,
        f"任务没有指定实现，暂用处理程序“{written}”，请编写或改名。",
        f"The task names no implementation; it got the handler {written!r}. Write it or rename.",
    )


def own_type(node: _Element, draft: Draft) -> str:
    """Return the job type of a task that names nothing usable itself."""
    return f"{draft.process_id}.{node.get('id')}"


def retries_of(node: _Element, draft: Draft) -> str:
    """Take ``failedJobRetryTimeCycle`` (``R5/PT10M`` or ``PT10M,PT1H``) and return a number."""
    for cycle in extensions(node, "failedJobRetryTimeCycle"):
        text = content(cycle)
        remove(cycle)
        number = text[1:].partition("/")[0] if text.startswith("R") else str(text.count(",") + 1)
        used = number if number.isdigit() else ""
        draft.report.change(node, ChangeKind.RETRIES, text, used)
        return used
    return ""


def _result(holder: _Element) -> str:
    return take(holder, "resultVariable") or take(holder, "resultVariableName")


def _job_type(node: _Element, draft: Draft, given: dict[str, str], topic: str) -> str:
    if given["type"] in _EXTERNAL:
        is_fixed = topic and not is_expression(topic)
        return topic if is_fixed else _own(node, draft, f"topic={topic}")
    if given["type"] or given["class"] or not given["delegateExpression"]:
        return given["type"] or given["class"]
    bean = _parsed(given["delegateExpression"])
    return bean.name if isinstance(bean, Name) else _own(node, draft, given["delegateExpression"])


def _own(node: _Element, draft: Draft, text: str) -> str:
    """Return the task's own job type in place of a name that is computed."""
    write_property(node, KEPT + "handler", text)
    draft.report.warn(
        "handler-renamed",
        node,
        f"“{text}”不是固定的处理程序名，暂用“{own_type(node, draft)}”，请确认。",
        f"{text!r} names no fixed handler; {own_type(node, draft)!r} stands for it. Confirm.",
    )
    return own_type(node, draft)


def _parsed(text: str) -> Node | None:
    try:
        return parse_template(text)
    except JuelError:
        return None


def _connector(node: _Element, draft: Draft) -> str:
    """Convert a Camunda 7 connector: its id is the handler, its parameters are the mappings."""
    name = ""
    for connector in extensions(node, "connector"):
        for child in vendor_children(connector, "connectorId"):
            name = content(child)
        for holder in list(vendor_children(connector, "inputOutput")):
            mappings.convert_holder(node, holder, draft)
        remove(connector)
    return name


def _computes(node: _Element, draft: Draft, text: str, result: str) -> bool:
    """Make a script task of an expression that only computes; tell whether it does."""
    if not result or name_of(node)[1] not in ("serviceTask", "scriptTask"):
        return False
    try:
        written = "=" + translate(text)
    except JuelError:
        return False
    before = name_of(node)[1]
    rename(node, "scriptTask")
    write(node, "script", {"expression": written, "resultVariable": result})
    draft.report.change(node, ChangeKind.TAG, before, "scriptTask")
    draft.report.change(node, ChangeKind.SCRIPT, text, f"{result} {written}")
    return True


def _bean_call(node: _Element, draft: Draft, text: str) -> str:
    """Return ``bean.method`` and write the arguments as inputs."""
    call = _parsed(text)
    if not isinstance(call, Method) or not isinstance(call.of, Name):
        return _own(node, draft, text)
    number = 0
    for argument in call.arguments:
        if isinstance(argument, Name) and argument.name in ENGINE_OBJECTS:
            continue
        number += 1
        name = argument.name if isinstance(argument, Name) else f"argument{number}"
        try:
            source = "=" + to_feel_text(argument).text
        except JuelError as error:
            source = draft.give_up(node, ChangeKind.MAPPING, text, error, needed=True)
        write_mapping(node, "input", source, name)
        draft.report.change(node, ChangeKind.MAPPING, f"argument {number}", f"{name} {source}")
    return f"{call.of.name}.{call.name}"


def convert_throw(node: _Element, draft: Draft) -> None:
    """Convert a message throw or end event: its definition may name an implementation."""
    if name_of(node)[1] not in ("intermediateThrowEvent", "endEvent"):
        return
    for definition in bpmn_children(node, "messageEventDefinition"):
        for injected in extensions(definition, "field"):
            remove(injected)
        convert(node, draft, definition)
