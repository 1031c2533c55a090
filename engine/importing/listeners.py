"""Listeners: reported, never run; what they do has to be drawn or written as a handler."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn.xmlnames import ZEEBE, bpmn_children, name_of
from engine.importing.report import ChangeKind
from engine.importing.vocabulary import content, extensions, remove, vendor_children

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from engine.importing.draft import Draft

_TAGS: Final = ("executionListener", "taskListener", "eventListener", "validation")
_KINDS: Final = ("class", "delegateExpression", "expression", "type")


def convert(draft: Draft) -> None:
    """Take the listeners out of the process, its elements and its flows."""
    for node in [draft.process, *draft.nodes(), *draft.flows()]:
        for listener in extensions(node, *_TAGS):
            _drop(node, listener, _does(listener), draft)
        for listener in list(_zeebe_listeners(node)):
            _drop(node, listener, listener.get("type") or "", draft)


def _zeebe_listeners(node: _Element) -> Iterator[_Element]:
    for holder in list(bpmn_children(node, "extensionElements")):
        for group in list(holder):
            if name_of(group) in ((ZEEBE, "executionListeners"), (ZEEBE, "taskListeners")):
                yield from list(group)
                remove(group)


def _does(listener: _Element) -> str:
    for kind in _KINDS:
        if value := listener.get(kind):
            return value
    for script in vendor_children(listener, "script"):
        return f"{script.get('scriptFormat') or 'script'}: {content(script)}"
    return listener.get("entityType") or "-"


def _drop(node: _Element, listener: _Element, does: str, draft: Draft) -> None:
    event = listener.get("event") or listener.get("eventType") or listener.get("events") or "*"
    kind = name_of(listener)[1]
    draft.report.change(node, ChangeKind.LISTENER, f"{kind} {event}: {does}", "")
    draft.report.warn(
        "listener-dropped",
        node,
        f"监听器（{kind}，{event}）不会执行：{does}。如有业务作用，请画成服务任务。",
        f"The listener ({kind}, {event}) does not run: {does}. If it matters, draw a service task.",
    )
    parent = listener.getparent()
    if parent is not None:
        remove(listener)
