"""Whose file it is: recognised by what is used in it, then by who says to have written it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from engine.bpmn.xmlnames import ZEEBE, name_of

if TYPE_CHECKING:
    from lxml.etree import _Element


class Dialect(StrEnum):
    """The product for which a file was drawn."""

    CAMUNDA_7 = "camunda7"
    CAMUNDA_8 = "camunda8"
    FLOWABLE = "flowable"
    ACTIVITI = "activiti"
    BPMN_IO = "bpmn.io"
    PLAIN = "bpmn"


#: Engines' vocabularies by namespace, with the prefix that everybody uses.
VENDORS: Final = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://operaton.org/schema/1.0/bpmn": "operaton",
    "http://flowable.org/bpmn": "flowable",
    "http://activiti.org/bpmn": "activiti",
}
_BY_NAMESPACE: Final = {
    "http://camunda.org/schema/1.0/bpmn": Dialect.CAMUNDA_7,
    "http://operaton.org/schema/1.0/bpmn": Dialect.CAMUNDA_7,
    "http://flowable.org/bpmn": Dialect.FLOWABLE,
    "http://activiti.org/bpmn": Dialect.ACTIVITI,
    ZEEBE: Dialect.CAMUNDA_8,
}
#: Attribute in which Camunda Modeler remembers its mode.
PLATFORM: Final = "{http://camunda.org/schema/modeler/1.0}executionPlatform"
#: (text in ``exporter`` or ``targetNamespace`` in lower case, dialect, weight).
_HEADS: Final = (
    ("flowable", Dialect.FLOWABLE, 20),
    ("activiti", Dialect.ACTIVITI, 20),
    ("bpmn.io", Dialect.BPMN_IO, 1),
    ("bpmn-js", Dialect.BPMN_IO, 2),
)
_PLATFORMS: Final = {
    "Camunda Cloud": Dialect.CAMUNDA_8,
    "Camunda Platform": Dialect.CAMUNDA_7,
    "Operaton": Dialect.CAMUNDA_7,
}


@dataclass(frozen=True)
class Recognition:
    """What a file was taken for.

    Attributes:
        dialect: the product.
        evidence: facts that speak for any product, strongest first, as written in the file.
    """

    dialect: Dialect
    evidence: tuple[str, ...]


def recognise(root: _Element) -> Recognition:
    """Return the dialect with the most evidence; plain BPMN without any."""
    facts = [*_head(root), *_vocabulary(root)]
    scores: Counter[Dialect] = Counter()
    for dialect, weight, _ in facts:
        scores[dialect] += weight
    told = sorted(facts, key=lambda fact: -fact[1])
    best = max(scores, key=lambda dialect: scores[dialect]) if scores else Dialect.PLAIN
    return Recognition(best, tuple(dict.fromkeys(text for _, _, text in told)))


def _vocabulary(root: _Element) -> list[tuple[Dialect, int, str]]:
    """Count names used from each vocabulary; one that is only declared counts little."""
    used: Counter[str] = Counter()
    for node in root.iter():
        used[name_of(node)[0]] += 1
        used.update(str(key).rpartition("}")[0].lstrip("{") for key in node.attrib)
    facts = []
    for prefix, namespace in root.nsmap.items():
        dialect = _BY_NAMESPACE.get(namespace)
        if dialect is not None:
            facts.append((dialect, 3, f'xmlns:{prefix or ""}="{namespace}"'))
    for namespace, dialect in _BY_NAMESPACE.items():
        if used[namespace]:
            prefix = VENDORS.get(namespace, "zeebe")
            facts.append((dialect, 50 + used[namespace], f"{used[namespace]} × {prefix}:…"))
    return facts


def _head(root: _Element) -> list[tuple[Dialect, int, str]]:
    facts = []
    platform = root.get(PLATFORM) or ""
    if platform in _PLATFORMS:
        text = f'modeler:executionPlatform="{platform}"'
        facts.append((_PLATFORMS[platform], 40, text))
    for attribute in ("exporter", "targetNamespace"):
        value = root.get(attribute) or ""
        for part, dialect, weight in _HEADS:
            if part in value.lower():
                facts.append((dialect, weight, f'{attribute}="{value}"'))
    if root.get("exporter") == "Camunda Modeler" and platform not in _PLATFORMS:
        text = f'exporter="Camunda Modeler" exporterVersion="{root.get("exporterVersion")}"'
        facts.append((Dialect.CAMUNDA_7, 10, text))
    return facts
