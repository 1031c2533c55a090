"""Script tasks: JUEL becomes FEEL; other languages become a job that a person has to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn.xmlnames import first, text_of
from engine.importing import handlers
from engine.importing.juel import JuelError, is_expression, translate
from engine.importing.report import ChangeKind
from engine.importing.vocabulary import (
    KEPT,
    drop_attribute,
    find_zeebe,
    rename,
    take,
    write,
    write_mapping,
    write_property,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.importing.draft import Draft

_JUEL: Final = ("juel", "")
_FEEL: Final = "feel"


def convert(node: _Element, draft: Draft) -> None:
    """Convert one script task."""
    result = take(node, "resultVariable") or take(node, "resultVariableName")
    resource, language = take(node, "resource"), (node.get("scriptFormat") or "").lower()
    if stored := take(node, "autoStoreVariables"):
        draft.report.change(node, ChangeKind.DESIGNER, f"autoStoreVariables={stored}", "")
    if find_zeebe(node, "script") is not None or find_zeebe(node, "taskDefinition") is not None:
        _as_job(node, draft)
        return
    script = first(node, "script")
    text = text_of(script) or resource
    written = "" if resource else _translated(node, draft, text, language)
    if script is not None:
        node.remove(script)
    drop_attribute(node, "scriptFormat")
    if written:
        write(node, "script", {"expression": "=" + written, "resultVariable": result})
        draft.report.change(node, ChangeKind.SCRIPT, text, f"{result} ={written}".strip())
    else:
        _rewrite(node, draft, (text, language), result)


def _translated(node: _Element, draft: Draft, text: str, language: str) -> str:
    if language == _FEEL:
        return text.removeprefix("=").strip()
    if language not in _JUEL or not is_expression(text):
        return ""
    try:
        return translate(text)
    except JuelError as error:
        draft.give_up(node, ChangeKind.SCRIPT, text, error, needed=False)
        return ""


def _rewrite(node: _Element, draft: Draft, script: tuple[str, str], result: str) -> None:
    text, language = script
    written = handlers.own_type(node, draft)
    rename(node, "serviceTask")
    draft.report.change(node, ChangeKind.TAG, "scriptTask", "serviceTask")
    write_property(node, KEPT + "script", text)
    write_property(node, KEPT + "scriptFormat", language)
    write(
        node,
        "taskDefinition",
        {"type": written, "retries": handlers.retries_of(node, draft)},
    )
    if result:
        write_mapping(node, "output", "=result", result)
        draft.report.change(node, ChangeKind.MAPPING, f"resultVariable={result}", "=result")
    draft.report.change(node, ChangeKind.SCRIPT, text or language or "-", written)
    draft.report.warn(
        "script-to-rewrite",
        node,
        f"{language or '未注明语言的'} 脚本不能执行，任务改为处理程序“{written}”；"
        "请改写为 FEEL、决策表或处理程序。",
        f"The {language or 'unnamed'} script cannot run; the task became the handler"
        f" {written!r}. Write it as FEEL, a decision or a handler.",
    )


def _as_job(node: _Element, draft: Draft) -> None:
    """Make a service task of a Camunda 8 script task that a worker does."""
    if find_zeebe(node, "taskDefinition") is not None and find_zeebe(node, "script") is None:
        rename(node, "serviceTask")
        draft.report.change(node, ChangeKind.TAG, "scriptTask", "serviceTask")
