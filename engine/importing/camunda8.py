"""Camunda 8 files pass nearly unchanged; here is what its broker knows and this engine does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from engine.bpmn.xmlnames import ZEEBE, bpmn_children, name_of
from engine.feel import analyse
from engine.importing.draft import owner
from engine.importing.report import ChangeKind
from engine.importing.vocabulary import content, remove

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from engine.importing.draft import Draft

#: Extension elements that only its broker understands.
_UNKNOWN: Final = ("linkedResources", "conditionalFilter", "jobPriorityDefinition")
_PINNED: Final = ("versionTag",)
#: Counters of multi-instance bodies: theirs and ours.
_COUNTERS: Final = {
    "numberOfInstances": "nrOfInstances",
    "numberOfActiveInstances": "nrOfActiveInstances",
    "numberOfCompletedInstances": "nrOfCompletedInstances",
}
_COUNTER: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\b(?:' + "|".join(_COUNTERS) + r")\b")


def convert(draft: Draft) -> None:
    """Convert the extension elements and expressions of the process."""
    for node in draft.nodes():
        for holder in list(bpmn_children(node, "extensionElements")):
            for child in list(holder):
                if name_of(child)[0] == ZEEBE:
                    _extension(node, child, draft)
        for condition in node.iter():
            if name_of(condition)[1] == "completionCondition":
                _counters(node, condition, draft)
    for node, text in _expressions(draft):
        _functions(node, text, draft)


def _extension(node: _Element, child: _Element, draft: Draft) -> None:
    local = name_of(child)[1]
    if local in _UNKNOWN:
        remove(child)
        draft.report.change(node, ChangeKind.DROPPED, f"zeebe:{local}", "")
        draft.report.warn(
            "dropped",
            node,
            f"没有对应写法，已去掉：zeebe:{local}。如有业务作用请人工处理。",
            f"There is nothing like it here, it was left out: zeebe:{local}. See whether it"
            " matters.",
        )
    elif child.get("bindingType") in _PINNED:
        version = child.get("versionTag") or ""
        for name in ("bindingType", "versionTag"):
            if name in child.attrib:
                del child.attrib[name]
        draft.report.change(node, ChangeKind.CALL, f"bindingType=versionTag {version}", "")
        draft.report.warn(
            "version-binding",
            node,
            f"原来固定使用版本“{version}”；本引擎在启动时解析并固定版本，请确认。",
            f"The original uses version {version!r}; here the version is resolved and pinned at"
            " the start. Please confirm.",
        )


def _counters(node: _Element, condition: _Element, draft: Draft) -> None:
    text = content(condition)
    written = _COUNTER.sub(lambda found: _COUNTERS.get(found[0], found[0]), text)
    if written != text:
        condition.text = written
        draft.report.change(node, ChangeKind.LOOP, text, written)


def _expressions(draft: Draft) -> Iterator[tuple[_Element, str]]:
    for node in draft.process.iter():
        texts = [content(node)] if len(node) == 0 and isinstance(node.tag, str) else []
        if name_of(node)[0] == ZEEBE:
            texts = [str(value) for value in node.attrib.values()]
        for text in texts:
            if text.startswith("="):
                yield node, text[1:].strip()


def _functions(node: _Element, text: str, draft: Draft) -> None:
    """Refuse functions that only Camunda's FEEL has; here they would silently be null."""
    for found in analyse(text, ()):
        if found.rule == "unknown-function":
            draft.report.refuse(
                "unknown-function",
                owner(node),
                f"表达式“{text}”使用了本引擎没有的函数：{found.message_zh}",
                f"The expression {text!r} uses a function that does not exist here:"
                f" {found.message_en}",
            )
