"""What an import changed, element by element, and what a person has to look at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from engine.bpmn.findings import Findings
from engine.bpmn.xmlnames import BPMN, name_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.errors import Finding


class ChangeKind(StrEnum):
    """What a change is about."""

    ASSIGNMENT = "assignment"
    TIME = "time"
    PRIORITY = "priority"
    FORM = "form"
    FIELD = "field"
    HANDLER = "handler"
    MAPPING = "mapping"
    CALL = "call"
    DECISION = "decision"
    LOOP = "loop"
    CONDITION = "condition"
    DEFAULT = "default"
    SCRIPT = "script"
    EVENT = "event"
    LISTENER = "listener"
    ASYNC = "async"
    RETRIES = "retries"
    PROPERTY = "property"
    STARTERS = "starters"
    VARIABLE = "variable"
    ID = "id"
    START = "start"
    END = "end"
    EXECUTABLE = "executable"
    TAG = "tag"
    DESIGNER = "designer"
    DROPPED = "dropped"


_LABELS: Final = {
    ChangeKind.ASSIGNMENT: ("办理人", "assignment"),
    ChangeKind.TIME: ("时间", "time"),
    ChangeKind.PRIORITY: ("优先级", "priority"),
    ChangeKind.FORM: ("表单", "form"),
    ChangeKind.FIELD: ("表单字段", "form field"),
    ChangeKind.HANDLER: ("处理程序", "handler"),
    ChangeKind.MAPPING: ("变量映射", "variable mapping"),
    ChangeKind.CALL: ("被调用流程", "called process"),
    ChangeKind.DECISION: ("决策", "decision"),
    ChangeKind.LOOP: ("多实例或循环", "loop"),
    ChangeKind.CONDITION: ("条件", "condition"),
    ChangeKind.DEFAULT: ("默认流向", "default flow"),
    ChangeKind.SCRIPT: ("脚本", "script"),
    ChangeKind.EVENT: ("事件", "event"),
    ChangeKind.LISTENER: ("监听器", "listener"),
    ChangeKind.ASYNC: ("异步标记", "asynchronous flag"),
    ChangeKind.RETRIES: ("重试次数", "retries"),
    ChangeKind.PROPERTY: ("扩展属性", "property"),
    ChangeKind.STARTERS: ("发起人", "starters"),
    ChangeKind.VARIABLE: ("变量初值", "initial value"),
    ChangeKind.ID: ("编号", "id"),
    ChangeKind.START: ("开始", "start"),
    ChangeKind.END: ("结束", "end"),
    ChangeKind.EXECUTABLE: ("可执行标记", "executable flag"),
    ChangeKind.TAG: ("元素类型", "element type"),
    ChangeKind.DESIGNER: ("设计器信息", "designer's data"),
    ChangeKind.DROPPED: ("扩展内容", "extension"),
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference between the original and the normalised copy.

    Attributes:
        element_id: BPMN id, of the nearest element that has one; ``""`` for the file.
        kind: what it is about.
        before: as written in the original, ``""`` when it was missing.
        after: as written in the copy, ``""`` when it was removed.
        message_zh: the same as a Chinese sentence.
        message_en: the same in English.
    """

    element_id: str
    kind: ChangeKind
    before: str
    after: str
    message_zh: str
    message_en: str


class Report:
    """Collects changes and findings in the order in which they are met."""

    def __init__(self, file: str) -> None:
        """Start empty."""
        self.findings = Findings(file)
        self._changes: list[Change] = []

    def change(self, node: _Element, kind: ChangeKind, before: str, after: str) -> None:
        """Note a change of ``node``; an empty ``before`` was added, an empty ``after`` removed."""
        zh, en = _LABELS[kind]
        old, new = _short(before), _short(after)
        if not after:
            texts = (f"{zh}：去掉了“{old}”。", f"{en}: removed {old!r}.")
        elif not before:
            texts = (f"{zh}：补上了“{new}”。", f"{en}: added {new!r}.")
        else:
            texts = (f"{zh}：“{old}”改为“{new}”。", f"{en}: {old!r} became {new!r}.")
        self._changes.append(
            Change(
                element_id=element_id(node),
                kind=kind,
                before=before,
                after=after,
                message_zh=texts[0],
                message_en=texts[1],
            )
        )

    def note(self, node: _Element, kind: ChangeKind, zh: str, en: str) -> None:
        """Note something that the drawing leaves open and that the copy leaves open as well."""
        self._changes.append(
            Change(
                element_id=element_id(node),
                kind=kind,
                before="",
                after="",
                message_zh=zh,
                message_en=en,
            )
        )

    def warn(self, rule: str, node: _Element, zh: str, en: str) -> None:
        """Flag something that a person should look at; the copy runs without it."""
        self.findings.warning(rule, (element_id(node), 0), zh, en)

    def refuse(self, rule: str, node: _Element, zh: str, en: str) -> None:
        """Flag something without which the copy would run wrongly."""
        self.findings.error(rule, (element_id(node), 0), zh, en)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change so far."""
        return tuple(self._changes)

    def all_findings(self) -> tuple[Finding, ...]:
        """Every finding so far, errors first."""
        return tuple(sorted(self.findings.all(), key=lambda found: found.severity != "error"))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 120 else line[:119] + "…"


def element_id(node: _Element) -> str:
    """Return the id of a node, or of what it stands in when it is only a part of that."""
    place: _Element | None = node
    while place is not None:
        namespace, local = name_of(place)
        is_part = local.endswith(("EventDefinition", "Characteristics", "Expression"))
        if namespace == BPMN and place.get("id") and not is_part:
            return place.get("id") or ""
        place = place.getparent()
    return ""
