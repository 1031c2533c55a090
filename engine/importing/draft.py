"""The normalised copy while it is made: the tree, its process, and what is known about both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from engine.bpmn.xmlnames import BPMN, NODE_TAGS, name_of
from engine.importing.dialect import Dialect
from engine.importing.juel import JuelError, is_expression, translate
from engine.importing.vocabulary import KEPT, write_property

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from engine.importing.report import ChangeKind, Report

#: Products whose expressions are FEEL with a leading ``=``.
_FEEL: Final = frozenset({Dialect.CAMUNDA_8})


@dataclass
class Draft:
    """One import.

    Attributes:
        root: ``bpmn:definitions`` of the copy.
        process: the process that will run.
        dialect: of the original.
        report: what was changed and flagged.
        forms: form-js JSON by ``<process id>/<element id>.form``.
        initiators: names of the variables in which the original keeps who started.
        opaque_forms: user tasks whose form names its fields elsewhere.
        dynamic_codes: errors and escalations whose code is an expression.
    """

    root: _Element
    process: _Element
    dialect: Dialect
    report: Report
    forms: dict[str, bytes] = field(default_factory=dict)
    initiators: set[str] = field(default_factory=set)
    opaque_forms: list[_Element] = field(default_factory=list)
    dynamic_codes: list[_Element] = field(default_factory=list)

    @property
    def process_id(self) -> str:
        """Id of the process that will run."""
        return self.process.get("id") or ""

    @property
    def is_drawing(self) -> bool:
        """Whether the file comes from a plain drawing tool and no engine gave it a meaning."""
        return self.dialect in (Dialect.BPMN_IO, Dialect.PLAIN)

    def nodes(self, *tags: str) -> Iterator[_Element]:
        """Yield the flow nodes of the process at every depth, only ``tags`` when given."""
        for node in list(self.process.iter(f"{{{BPMN}}}*")):
            local = name_of(node)[1]
            if local in NODE_TAGS and (not tags or local in tags):
                yield node

    def flows(self) -> Iterator[_Element]:
        """Yield the sequence flows of the process at every depth."""
        yield from list(self.process.iter(f"{{{BPMN}}}sequenceFlow"))

    def is_foreign(self, text: str) -> bool:
        """Tell whether a value holds an expression that is not ours."""
        return is_expression(text) and self.dialect not in _FEEL and not text.startswith("=")

    def feel(self, node: _Element, kind: ChangeKind, text: str, *, needed: bool = True) -> str:
        """Return a value for the copy: plain text as it is, an expression as FEEL with ``=``.

        What cannot be translated is kept as a property and flagged; when the value is
        ``needed`` the copy holds the original text as if it were FEEL, so that it is refused.
        """
        if not self.is_foreign(text):
            return text
        try:
            written = "=" + translate(text)
        except JuelError as error:
            return self.give_up(node, kind, text, error, needed=needed)
        self.report.change(node, kind, text, written)
        return written

    def give_up(
        self, node: _Element, kind: ChangeKind, text: str, error: JuelError, *, needed: bool
    ) -> str:
        """Flag and keep a text that nobody could translate; see ``feel``."""
        write_property(owner(node), KEPT + kind, text)
        flag = self.report.refuse if needed else self.report.warn
        flag(
            "expression-not-translated",
            node,
            f"表达式“{text}”无法转换为 FEEL，请人工改写。{error.message_zh}",
            f"The expression {text!r} cannot become FEEL; a person must rewrite it."
            f" {error.message_en}",
        )
        if not needed:
            return ""
        return "=" + (text if is_expression(text) else f"${{{text}}}")


def owner(node: _Element) -> _Element:
    """Return the node that can carry properties: itself, or what it is a part of."""
    place = node
    while True:
        local = name_of(place)[1]
        if local in NODE_TAGS or local in ("sequenceFlow", "process"):
            return place
        parent = place.getparent()
        if parent is None:
            return place
        place = parent
