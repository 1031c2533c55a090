"""Small questions to an XML element of a DMN file, namespaces of all versions alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from lxml import etree

from engine.dmn.boxed import LiteralExpression, Place, Variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

#: Model namespaces of DMN 1.1 to 1.5 (OMG dtc/15-11, 18-05, 19-11, 21-11, 23-03).
MODEL_NAMESPACES: Final = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
)


def tag(element: _Element) -> tuple[str, str]:
    """Return namespace and local name."""
    name = etree.QName(element)
    return name.namespace or "", name.localname


def line_of(element: _Element) -> int:
    """Return the 1-based line of the element's start, 0 when unknown."""
    return cast("int | None", element.sourceline) or 0


def children(element: _Element, *names: str) -> Iterator[_Element]:
    """Yield the child elements of the model's own namespace, all or only those of ``names``."""
    for candidate in element.iterchildren(f"{{{tag(element)[0]}}}*"):
        if not names or tag(candidate)[1] in names:
            yield candidate


def child(element: _Element, name: str) -> _Element | None:
    """Return the first child of that name."""
    return next(children(element, name), None)


def text_of(element: _Element, name: str) -> str:
    """Return the text of the child ``name``, stripped, ``""`` without one."""
    found = child(element, name)
    return "" if found is None else str(found.xpath("string()")).strip()


def place_of(element: _Element) -> Place:
    """Return where ``element`` stands, with the nearest id at or above it."""
    owner: _Element | None = element
    while owner is not None and not owner.get("id"):
        owner = owner.getparent()
    return Place(
        id=(owner.get("id") or "") if owner is not None else "",
        line=line_of(element),
    )


def type_ref_of(element: _Element) -> str:
    """Return the type named by ``element``; DMN 1.1 wrote it as a qualified name."""
    name = element.get("typeRef") or text_of(element, "typeRef")
    prefix, colon, local = name.partition(":")
    namespace = element.nsmap.get(prefix) if colon else None
    if namespace is None:
        return name
    owner = element.getroottree().getroot().get("namespace")
    if "FEEL" in namespace or namespace == owner:
        return local
    return f"{_import_name(element, namespace)}.{local}"


def _import_name(element: _Element, namespace: str) -> str:
    for found in children(element.getroottree().getroot(), "import"):
        if found.get("namespace") == namespace:
            return found.get("name") or namespace
    return namespace


def variable_of(element: _Element) -> Variable:
    """Read a variable, parameter or column; names are kept with single spaces."""
    return Variable(name=name_of(element), type_ref=type_ref_of(element))


def name_of(element: _Element) -> str:
    """Return the name with its white space normalised, as FEEL compares names."""
    return " ".join((element.get("name") or "").split())


def literal_of(element: _Element) -> LiteralExpression:
    """Read any element that holds a ``text``: literal expression, cell, allowed values.

    Its place has the line on which the text itself begins.
    """
    holder = child(element, "text")
    raw = "" if holder is None else str(holder.xpath("string()"))
    text = raw.strip()
    skipped = raw[: len(raw) - len(raw.lstrip())].count("\n")
    place = place_of(element)
    line = place.line if holder is None else line_of(holder) + skipped
    return LiteralExpression(
        place=Place(id=place.id, line=line),
        text=text,
        type_ref=type_ref_of(element),
        language=element.get("expressionLanguage") or "",
    )


def optional_literal(element: _Element, name: str) -> LiteralExpression | None:
    """Read the child ``name`` as a text, ``None`` when it is missing or empty."""
    found = child(element, name)
    if found is None:
        return None
    literal = literal_of(found)
    return literal if literal.text else None


def hrefs(element: _Element, *names: str) -> tuple[str, ...]:
    """Return the ``href`` of each child ``names`` in order."""
    return tuple(found.get("href") or "" for found in children(element, *names))
