"""Multi-instance and standard loops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn.xmlnames import bpmn_children, first, name_of, text_of
from engine.importing.juel import JuelError, is_expression, translate
from engine.importing.juel.written import simple_name
from engine.importing.report import ChangeKind
from engine.importing.vocabulary import (
    drop_attribute,
    extensions,
    remove,
    take,
    vendor_children,
    write,
    write_mapping,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.importing.draft import Draft

_REFERENCES: Final = ("loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem")


def convert(node: _Element, draft: Draft) -> None:
    """Convert the loop of one activity."""
    for several in bpmn_children(node, "multiInstanceLoopCharacteristics"):
        _multi_instance(node, several, draft)
    for loop in bpmn_children(node, "standardLoopCharacteristics"):
        expression(first(loop, "loopCondition"), ChangeKind.LOOP, draft)


def expression(holder: _Element | None, kind: ChangeKind, draft: Draft) -> None:
    """Translate the text of a BPMN expression in place; a number gets its ``=``."""
    if holder is None:
        return
    text = text_of(holder)
    if text.isdigit():
        holder.text = f"={text}"
        draft.report.change(holder, kind, text, holder.text)
    elif text and draft.is_foreign(text):
        holder.text = draft.feel(holder, kind, text)
    drop_attribute(holder, "language")


def _multi_instance(node: _Element, several: _Element, draft: Draft) -> None:
    collection, item = take(several, "collection"), take(several, "elementVariable")
    index = take(several, "elementIndexVariable")
    references = {name_of(one)[1]: one for one in bpmn_children(several, *_REFERENCES)}
    if (reference := references.get("loopDataInputRef")) is not None:
        collection = collection or text_of(reference)
    if (named := references.get("inputDataItem")) is not None:
        item = item or named.get("name") or ""
    for old in references.values():
        several.remove(old)
    for custom in extensions(several, "collection"):
        collection = collection or _custom(custom)
        remove(custom)
    if collection:
        written = _collection(node, collection, draft)
        values = {"inputCollection": written, "inputElement": item}
        write(several, "loopCharacteristics", values)
        draft.report.change(node, ChangeKind.LOOP, f"{collection} {item}".strip(), written)
    _aggregation(node, several, draft)
    for tag in ("loopCardinality", "completionCondition"):
        expression(first(several, tag), ChangeKind.LOOP, draft)
    if index:
        write_mapping(node, "input", "=loopCounter - 1", index)
        draft.report.change(
            node, ChangeKind.LOOP, f"elementIndexVariable={index}", f"{index} =loopCounter - 1"
        )


def _custom(custom: _Element) -> str:
    """Return Flowable's ``collection`` element: text or an expression."""
    inner = [(child.text or "").strip() for child in vendor_children(custom)]
    return next((text for text in inner if text), (custom.text or "").strip())


def _collection(node: _Element, text: str, draft: Draft) -> str:
    """Return the collection as FEEL; without ``${`` it is the name of a variable."""
    if is_expression(text):
        try:
            return "=" + translate(text)
        except JuelError as error:
            return draft.give_up(node, ChangeKind.LOOP, text, error, needed=True)
    try:
        return "=" + simple_name(text)
    except JuelError as error:
        return draft.give_up(node, ChangeKind.LOOP, text, error, needed=True)


def _source(node: _Element, child: _Element, draft: Draft) -> str:
    name = child.get("source") or child.get("sourceExpression") or ""
    try:
        return translate(name) if is_expression(name) else simple_name(name)
    except JuelError as error:
        return draft.give_up(node, ChangeKind.LOOP, name, error, needed=True)


def _aggregation(node: _Element, several: _Element, draft: Draft) -> None:
    """Convert Flowable's ``variableAggregation``: a list with one context per instance."""
    for aggregation in extensions(several, "variableAggregation"):
        target = aggregation.get("target") or ""
        entries = [
            f"{child.get('target') or child.get('source')}: {_source(node, child, draft)}"
            for child in vendor_children(aggregation, "variable")
        ]
        written = "={" + ", ".join(entries) + "}"
        write(
            several, "loopCharacteristics", {"outputCollection": target, "outputElement": written}
        )
        draft.report.change(node, ChangeKind.LOOP, f"variableAggregation {target}", written)
        remove(aggregation)
