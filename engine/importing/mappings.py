"""Values that go into and out of activities: inputOutput, injected fields, in and out of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.xmlnames import name_of
from engine.importing.juel import JuelError, is_expression, translate
from engine.importing.juel.written import quoted
from engine.importing.report import ChangeKind
from engine.importing.vocabulary import content, extensions, remove, vendor_children, write_mapping

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.importing.draft import Draft


def convert(node: _Element, draft: Draft) -> None:
    """Convert ``inputOutput`` and injected ``field`` elements of one element."""
    for holder in extensions(node, "inputOutput"):
        convert_holder(node, holder, draft)
    for injected in extensions(node, "field"):
        _field(node, injected, draft)


def convert_holder(node: _Element, holder: _Element, draft: Draft) -> None:
    """Convert one ``inputOutput`` of ``node`` (its own or that of its connector)."""
    for parameter in vendor_children(holder, "inputParameter", "outputParameter"):
        kind = "input" if name_of(parameter)[1] == "inputParameter" else "output"
        name = parameter.get("name") or ""
        source = value_of(parameter, node, draft)
        if name and source:
            write_mapping(node, kind, source, name)
            before = f"{kind}Parameter {name}: {written(parameter)}"
            draft.report.change(node, ChangeKind.MAPPING, before, source)
    remove(holder)


def _field(node: _Element, injected: _Element, draft: Draft) -> None:
    name = injected.get("name") or ""
    text = injected.get("stringValue") or injected.get("expression") or ""
    for child in vendor_children(injected, "string", "expression"):
        text = text or content(child)
    source = literal_or_feel(node, text, draft)
    if name and source:
        write_mapping(node, "input", source, name)
        draft.report.change(node, ChangeKind.MAPPING, f"field {name}: {text}", source)
    remove(injected)


def literal_or_feel(node: _Element, text: str, draft: Draft) -> str:
    """Return the source of a mapping: a text literal, or a translated expression."""
    if not draft.is_foreign(text):
        return "=" + quoted(text)
    try:
        return "=" + translate(text)
    except JuelError as error:
        return draft.give_up(node, ChangeKind.MAPPING, text, error, needed=True)


def value_of(parameter: _Element, node: _Element, draft: Draft) -> str:
    """Return the source of a parameter: text, list, map or script."""
    for child in vendor_children(parameter, "script"):
        return _script(child, node, draft)
    structured = list(vendor_children(parameter, "list", "map"))
    if not structured:
        return literal_or_feel(node, content(parameter), draft)
    try:
        return "=" + _structure(structured[0])
    except JuelError as error:
        return draft.give_up(node, ChangeKind.MAPPING, written(parameter), error, needed=True)


def written(node: _Element) -> str:
    """Return all text inside a node, in one line."""
    return " ".join(" ".join(str(text) for text in node.itertext()).split())


def _structure(node: _Element) -> str:
    """Return FEEL for a list, map or value.

    Raises:
        JuelError: an expression in it cannot be translated.
    """
    kind = name_of(node)[1]
    if kind == "list":
        return f"[{', '.join(_structure(child) for child in vendor_children(node))}]"
    if kind == "map":
        entries = [
            f"{quoted(child.get('key') or '')}: {_entry(child)}"
            for child in vendor_children(node, "entry")
        ]
        return "{" + ", ".join(entries) + "}"
    if kind == "script":
        raise JuelError.no_counterpart(content(node))
    return _text(content(node))


def _entry(node: _Element) -> str:
    inner = list(vendor_children(node, "list", "map", "script"))
    return _structure(inner[0]) if inner else _text(content(node))


def _text(text: str) -> str:
    return translate(text) if is_expression(text) else quoted(text)


def _script(script: _Element, node: _Element, draft: Draft) -> str:
    text = content(script) or script.get("resource") or ""
    language = script.get("scriptFormat") or "?"
    error = JuelError(
        f"这是 {language} 脚本，本引擎只执行 FEEL。",
        f"This is a {language} script; only FEEL runs here.",
    )
    return draft.give_up(node, ChangeKind.MAPPING, text, error, needed=True)
