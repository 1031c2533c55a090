"""The only place where a file drawn elsewhere becomes a copy that runs here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.bpmn import lint_model
from engine.bpmn.expressions import FeelText, syntax_error
from engine.bpmn.xmlnames import BPMN, ZEEBE, bpmn_children, name_of, text_of
from engine.errors import DeploymentRefusedError, Finding
from engine.importing import (
    calls,
    camunda8,
    decisions,
    events,
    flows,
    forms,
    handlers,
    leftovers,
    listeners,
    loops,
    mappings,
    people,
    scripts,
    structure,
    variables,
)
from engine.importing.dialect import PLATFORM, VENDORS, Dialect, recognise
from engine.importing.draft import Draft
from engine.importing.imported import Imported
from engine.importing.report import ChangeKind, Report
from engine.importing.vocabulary import take, write_mapping
from engine.xml import XmlRefusedError, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from engine.importing.dialect import Recognition


def import_model(data: bytes, file: str = "") -> Imported:
    """Recognise, convert and check a BPMN file of another product.

    Args:
        data: the file as it came; XML in any encoding that it declares.
        file: its name, for the findings and for a process without id.

    Raises:
        DeploymentRefusedError: it is no BPMN file, or holds no process.
    """
    root = _parsed(data, file)
    recognition = recognise(root)
    report = Report(file)
    root = _with_our_namespace(root)
    process = structure.choose_process(root, report)
    if process is None:
        raise _refused(file, "no-process", ("文件中没有流程。", "There is no process in the file."))
    draft = Draft(root=root, process=process, dialect=recognition.dialect, report=report)
    _convert(draft, file)
    return _result(draft, recognition, data)


def _parsed(data: bytes, file: str) -> _Element:
    try:
        root = parse_xml(data)
    except XmlRefusedError as error:
        raise _refused(file, "xml", (error.message_zh, error.message_en), error.line) from error
    if name_of(root) != (BPMN, "definitions"):
        texts = (
            "文件不是 BPMN 2.0 流程图（根元素应为 bpmn:definitions）。",
            "This is no BPMN 2.0 file: the root element must be bpmn:definitions.",
        )
        raise _refused(file, "not-bpmn", texts)
    return root


def _refused(file: str, rule: str, texts: tuple[str, str], line: int = 0) -> DeploymentRefusedError:
    return DeploymentRefusedError(
        [
            Finding(
                rule=rule,
                severity="error",
                file=file,
                element_id="",
                message_zh=texts[0],
                message_en=texts[1],
                line=line,
            )
        ]
    )


def _with_our_namespace(root: _Element) -> _Element:
    """Return a root that declares ``zeebe`` and ``xsi``; children and attributes move over."""
    declared: dict[str | None, str] = dict(root.nsmap)
    wanted = {"zeebe": ZEEBE, "xsi": "http://www.w3.org/2001/XMLSchema-instance"}
    for prefix, namespace in wanted.items():
        if namespace not in declared.values():
            declared[prefix if prefix not in declared else f"{prefix}_"] = namespace
    made = etree.Element(root.tag, attrib=_plain(root), nsmap=declared)  # type: ignore[arg-type]
    made.text = root.text
    made.extend(list(root))
    return made


def _plain(root: _Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in root.attrib.items()}


def _mark_platform(draft: Draft) -> None:
    """Let Camunda Modeler open the copy in the mode that knows its extension elements."""
    before = draft.root.get(PLATFORM)
    if before and before != "Camunda Cloud":
        draft.root.set(PLATFORM, "Camunda Cloud")
        draft.root.set(f"{PLATFORM}Version", "8.6.0")
        draft.report.change(draft.root, ChangeKind.DESIGNER, before, "Camunda Cloud")


def _convert(draft: Draft, file: str) -> None:
    _mark_platform(draft)
    structure.give_ids(draft, file)
    leftovers.convert_process(draft)
    for node in draft.nodes("startEvent"):
        if name := take(node, "initiator"):
            draft.initiators.add(name)
            draft.report.change(node, ChangeKind.STARTERS, f"initiator={name}", "initiator")
        forms.convert_start(node, draft)
    events.convert_roots(draft)
    listeners.convert(draft)
    for node in draft.nodes():
        _node(node, draft)
    flows.convert(draft)
    if draft.dialect is Dialect.CAMUNDA_8:
        camunda8.convert(draft)
    structure.make_ends_explicit(draft)
    variables.set_initial_values(draft)
    leftovers.clean(draft)
    _map_routing_names(draft)


def _node(node: _Element, draft: Draft) -> None:
    leftovers.convert_properties(node, draft)
    _skip(node, draft)
    _kind(node, draft)
    handlers.convert_throw(node, draft)
    mappings.convert(node, draft)
    loops.convert(node, draft)
    events.convert(node, draft)
    for condition in bpmn_children(node, "activationCondition", "completionCondition"):
        loops.expression(condition, ChangeKind.CONDITION, draft)


def _kind(node: _Element, draft: Draft) -> None:
    local = name_of(node)[1]
    if local == "serviceTask" and decisions.convert_flowable(node, draft):
        return
    if local == "userTask":
        people.convert(node, draft)
        forms.convert(node, draft)
    elif local in ("serviceTask", "sendTask"):
        handlers.convert(node, draft)
        if name_of(node)[1] == local:
            handlers.require(node, draft)
    elif local == "businessRuleTask":
        decisions.convert(node, draft)
    elif local == "scriptTask":
        scripts.convert(node, draft)
    elif local == "callActivity":
        calls.convert(node, draft)


def _skip(node: _Element, draft: Draft) -> None:
    text = take(node, "skipExpression")
    if not text:
        return
    draft.report.change(node, ChangeKind.CONDITION, f"skipExpression={text}", "")
    draft.report.warn(
        "skip-expression",
        node,
        f"跳过条件“{text}”没有导入，任务总会执行；请在之前画排他网关。",
        f"The skip expression {text!r} was left out, the task is always done; draw an exclusive"
        " gateway in front of it.",
    )


def _map_routing_names(draft: Draft) -> None:
    """Let forms whose fields are unknown write the variables that the model reads.

    A form's answers reach variables only by output mappings; without them every condition
    behind such a form would find nothing.
    """
    if not draft.opaque_forms:
        return
    names = sorted(_read_names(draft))
    for node in draft.opaque_forms:
        if any(name_of(child)[1] == "output" for child in node.iter(f"{{{ZEEBE}}}output")):
            continue
        for name in names:
            write_mapping(node, "output", f"={name}", name)
            draft.report.change(node, ChangeKind.MAPPING, "", f"output {name}")


def _read_names(draft: Draft) -> Iterable[str]:
    found: set[str] = set()
    for flow in draft.flows():
        for condition in bpmn_children(flow, "conditionExpression"):
            text = text_of(condition)
            if text.startswith("="):
                found |= _names(text[1:])
    return {name for name in found if name.isidentifier()} - {"outcome", "loopCounter"}


def _names(text: str) -> frozenset[str]:
    return FeelText(text, "").names if syntax_error(text) is None else frozenset()


def _result(draft: Draft, recognition: Recognition, original: bytes) -> Imported:
    for node in draft.dynamic_codes:
        draft.root.remove(node)  # what refers to it is refused by the reader as well
    kept = [str(key) for key, value in draft.root.nsmap.items() if key and value not in VENDORS]
    etree.cleanup_namespaces(draft.root, keep_ns_prefixes=kept)
    etree.indent(draft.process, level=1)
    normalised = etree.tostring(
        draft.root, xml_declaration=True, encoding="UTF-8", pretty_print=False
    )
    own = draft.report.all_findings()
    known = {found.element_id for found in own if found.severity == "error"}
    more = [
        found
        for found in lint_model(normalised, draft.report.findings.file)
        if found.severity != "error" or found.element_id not in known or not found.element_id
    ]
    findings = sorted([*own, *more], key=lambda found: found.severity != "error")
    return Imported(
        dialect=recognition.dialect,
        evidence=recognition.evidence,
        original=original,
        normalised=normalised,
        changes=draft.report.changes,
        findings=tuple(findings),
        forms=draft.forms,
    )
