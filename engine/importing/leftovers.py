"""What is left of other vocabularies at the end: nothing stays unnoticed in the copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn.xmlnames import BPMN, DECORATION, ZEEBE, bpmn_children, name_of
from engine.importing.dialect import VENDORS
from engine.importing.report import ChangeKind
from engine.importing.vocabulary import (
    content,
    extensions,
    remove,
    take,
    vendor_children,
    write,
    write_property,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.importing.draft import Draft

_ASYNC: Final = (
    "async", "asyncBefore", "asyncAfter", "asyncLeave", "asyncLeaveExclusive", "exclusive",
    "jobPriority", "triggerable", "isExclusive",
)  # fmt: skip
_STARTERS: Final = ("candidateStarterGroups", "candidateStarterUsers")
#: Attributes and elements that concern other products' pages, archives and designers only.
_HARMLESS: Final = frozenset(
    {
        "modelerTemplate",
        "modelerTemplateVersion",
        "modelerTemplateIcon",
        "historyTimeToLive",
        "category",
        "owner",
        "isStartableInTasklist",
        "tenantId",
        "taskPriority",
        "errorEventDefinition",
        "diagramRelationId",
        "localScope",
        "useLocalScopeForResultVariable",
        "storeResultVariableAsTransient",
        "iconUrl",
        "formFieldValidation",
        "isEagerExecutionFetching",
        "potentialStarter",
        "autoStoreVariables",
        "terminateAll",
        "parallelInSameTransaction",
        "idVariableName",
        "processInstanceName",
        "includeInHistory",
        "enabled",
        "businessKey",
        "inheritBusinessKey",
        "sameDeployment",
        "fallbackToDefaultTenant",
        "completeAsync",
        "doNotIncludeVariables",
    }
)
_KNOWN: Final = DECORATION | {BPMN, ZEEBE, ""}


def convert_process(draft: Draft) -> None:
    """Convert what stands on the process itself, and the initial values of data objects."""
    process, report = draft.process, draft.report
    for name in _STARTERS:
        if value := take(process, name):
            report.change(process, ChangeKind.STARTERS, f"{name}={value}", f"process.toml: {value}")
            report.warn(
                "starters",
                process,
                f"可发起人“{value}”请填写到 process.toml 的 starters。",
                f"Put the starters {value!r} into process.toml.",
            )
    if tag := take(process, "versionTag"):
        write(process, "versionTag", {"value": tag})
        report.change(process, ChangeKind.PROPERTY, f"versionTag={tag}", tag)


def convert_properties(node: _Element, draft: Draft) -> None:
    """Convert ``camunda:properties``."""
    for holder in extensions(node, "properties"):
        for child in vendor_children(holder, "property"):
            name, value = child.get("name") or child.get("id") or "", child.get("value") or ""
            if name:
                write_property(node, name, value)
                draft.report.change(node, ChangeKind.PROPERTY, f"{name}={value}", value or "-")
        remove(holder)


def clean(draft: Draft) -> None:
    """Remove every word of another vocabulary from the process and the root elements."""
    places = [draft.process, *bpmn_children(draft.root, "message", "signal", "error", "escalation")]
    for place in places:
        for node in list(place.iter(f"{{{BPMN}}}*")):
            _attributes(node, draft)
            for holder in bpmn_children(node, "extensionElements"):
                for child in list(holder):
                    _extension(node, child, draft)
            for child in list(node):
                if name_of(child)[0] in VENDORS:
                    _extension(node, child, draft)
    _unknown_children(draft)


def _attributes(node: _Element, draft: Draft) -> None:
    for key in list(node.attrib):
        namespace, _, local = str(key).rpartition("}")
        namespace = namespace.lstrip("{")
        if namespace in _KNOWN:
            continue
        value = str(node.attrib.pop(str(key)))
        shown = f"{VENDORS.get(namespace, namespace)}:{local}={value}"
        if local in _ASYNC:
            draft.report.change(node, ChangeKind.ASYNC, shown, "")
        elif local in _HARMLESS or namespace not in VENDORS:
            draft.report.change(node, ChangeKind.DESIGNER, shown, "")
        else:
            draft.report.change(node, ChangeKind.DROPPED, shown, "")
            _warn(node, shown, draft)


def _extension(node: _Element, child: _Element, draft: Draft) -> None:
    namespace, local = name_of(child)
    if not local or namespace in _KNOWN:
        return
    shown = f"{VENDORS.get(namespace, namespace)}:{local} {content(child)}".strip()
    if local in _HARMLESS or namespace not in VENDORS:
        draft.report.change(node, ChangeKind.DESIGNER, shown, "")
    elif local == "failedJobRetryTimeCycle":
        draft.report.change(node, ChangeKind.RETRIES, content(child), "")
    else:
        draft.report.change(node, ChangeKind.DROPPED, shown, "")
        _warn(node, shown, draft)
    remove(child)


def _warn(node: _Element, shown: str, draft: Draft) -> None:
    draft.report.warn(
        "dropped",
        node,
        f"没有对应写法，已去掉：{shown}。如有业务作用请人工处理。",
        f"There is nothing like it here, it was left out: {shown}. See whether it matters.",
    )


def _unknown_children(draft: Draft) -> None:
    """Remove resource roles on other elements than user tasks; nobody reads them."""
    for node in [draft.process, *draft.nodes()]:
        for child in list(
            bpmn_children(
                node,
                "potentialOwner",
                "humanPerformer",
                "performer",
                "resourceRole",
                "supports",
                "correlationSubscription",
            )
        ):
            draft.report.change(node, ChangeKind.DROPPED, name_of(child)[1], "")
            _warn(node, name_of(child)[1], draft)
            remove(child)
