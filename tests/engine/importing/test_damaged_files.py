"""Whatever is missing or doubled in a file, the import answers: a copy or a refusal."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from lxml import etree

from engine.bpmn import read_model
from engine.errors import DeploymentRefusedError
from engine.importing import import_model
from engine.xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

ROUNDS = 12
TEXTS = ("", "${", "${a.b(}", "=", "#{}", "R/", "甲 乙", "${" * 50, "\u3000", "0 0 ? * *", "-1")


def test_a_damaged_file_is_answered(drawn: Any) -> None:
    chance = random.Random(drawn.name)  # noqa: S311 (no secret: the same damage every time)

    for _ in range(ROUNDS):
        root = parse_xml(drawn.data)
        for _ in range(chance.randint(1, 4)):
            _damage(root, chance)
        data = etree.tostring(root)

        try:
            imported = import_model(data, "damaged.bpmn")
        except DeploymentRefusedError as refused:
            assert refused.findings  # noqa: PT017 (either answer is right)
        else:
            assert not imported.is_runnable or read_model(imported.normalised)


def _damage(root: _Element, chance: random.Random) -> None:
    nodes = [node for node in root.iter(etree.Element) if node.getparent() is not None]
    if not nodes:
        return
    node = chance.choice(nodes)
    chance.choice((_remove, _remove_attribute, _change_attribute, _change_text, _double))(
        node, chance
    )


def _remove(node: _Element, _chance: random.Random) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _remove_attribute(node: _Element, chance: random.Random) -> None:
    if node.attrib:
        del node.attrib[chance.choice(sorted(str(key) for key in node.attrib))]


def _change_attribute(node: _Element, chance: random.Random) -> None:
    if node.attrib:
        node.set(chance.choice(sorted(str(key) for key in node.attrib)), chance.choice(TEXTS))


def _change_text(node: _Element, chance: random.Random) -> None:
    node.text = chance.choice(TEXTS)


def _double(node: _Element, _chance: random.Random) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.append(parse_xml(etree.tostring(node, with_tail=False)))
