"""The one strict XML parser, and the writer; XML is read and written here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from engine.errors import WorkflowError

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Limits, checked before and while the tree is built (a flat 30 MB file needs 1.1 GB as a tree).
MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 200
MAX_ELEMENTS: Final = 10_000


class XmlRefusedError(WorkflowError):
    """The text is not XML that we read: broken, too large, too deep or with a DOCTYPE.

    Attributes:
        line: 1-based line of the fault, 0 when it concerns the whole file.
    """

    code = "ERR_XML"

    def __init__(self, message_zh: str, message_en: str, line: int = 0) -> None:
        """Keep the line of the fault beside the two sentences."""
        super().__init__(message_zh, message_en)
        self.line = line


class _Limits:
    """A parser target that counts only; the tree is built when the counts are in order."""

    def __init__(self, max_elements: int) -> None:
        self._max_elements = max_elements
        self._depth = 0
        self._elements = 0

    def start(self, tag: str | bytes, attrib: Any) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH:
            raise XmlRefusedError(
                f"XML 嵌套超过 {MAX_DEPTH} 层，请简化文件。",
                f"XML is nested deeper than {MAX_DEPTH} levels; simplify the file.",
            )
        if self._elements > self._max_elements:
            raise XmlRefusedError(
                f"XML 元素超过 {self._max_elements} 个，请拆分文件。",
                f"XML has more than {self._max_elements} elements; split the file.",
            )

    def end(self, tag: str | bytes) -> None:
        self._depth -= 1

    def data(self, data: str | bytes) -> None:
        """Text does not count."""

    def comment(self, text: str | bytes) -> None:
        """Comments do not count."""

    def doctype(self, _name: str, _pubid: str | None, _system: str | None) -> None:
        raise XmlRefusedError(
            "XML 不允许包含 DOCTYPE 声明，请删除后重试。",
            "XML with a DOCTYPE is not accepted; remove the declaration.",
        )

    def close(self) -> None:
        return None


def _parser(target: _Limits | None = None) -> etree.XMLParser:
    return etree.XMLParser(
        target=target,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_pis=True,
    )


def parse_xml(data: bytes, *, max_elements: int = MAX_ELEMENTS) -> _Element:
    """Return the root element of ``data``.

    Args:
        data: the file.
        max_elements: how many elements it may have; a decision table of 1,000 rules needs 40,000.

    Raises:
        XmlRefusedError: broken, over ``MAX_BYTES`` / ``MAX_DEPTH`` / ``max_elements``, or with a
            DOCTYPE (external entities, entity bombs).
    """
    if len(data) > MAX_BYTES:
        raise XmlRefusedError(
            f"文件超过 {MAX_BYTES // 1_000_000} MB，请拆分。",
            f"The file is larger than {MAX_BYTES // 1_000_000} MB; split it.",
        )
    if b"<!DOCTYPE" in data:
        _Limits(max_elements).doctype("", None, None)
    try:
        etree.fromstring(data, _parser(_Limits(max_elements)))
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise XmlRefusedError(
            f"第 {line} 行不是合法的 XML：{error.msg}",
            f"Line {line} is not well-formed XML: {error.msg}",
            line,
        ) from error


#: What is written: name, attributes, and a text or what stands inside.
Branch = tuple[str, Mapping[str, str], "str | Sequence[Branch]"]


def written(root: Branch, namespace: str) -> bytes:
    """Return a document in UTF-8 whose elements are all of one namespace."""
    nsmap: Any = {None: namespace}  # lxml's stubs know no default namespace
    top = etree.Element(f"{{{namespace}}}{root[0]}", dict(root[1]), nsmap)
    _fill(top, root[2], namespace)
    return etree.tostring(top, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _fill(element: _Element, inside: str | Sequence[Branch], namespace: str) -> None:
    if isinstance(inside, str):
        element.text = inside
        return
    for name, attributes, more in inside:
        child = etree.SubElement(element, f"{{{namespace}}}{name}", dict(attributes))
        _fill(child, more, namespace)
