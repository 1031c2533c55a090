"""Over a hundred files, at least twenty per product: recognised, converted, reported, run."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn import read_model
from engine.forms import read_form
from engine.importing import import_model
from engine.xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.importing import Imported

from lxml import etree

BPMN: Final = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI: Final = "{http://www.omg.org/spec/BPMN/20100524/DI}"
VENDOR: Final = re.compile(
    r"\{http://(camunda\.org/schema/1\.0/bpmn|(flowable|activiti)\.org/bpmn)\}"
)
DIALECTS: Final = {"bpmn_io": "bpmn.io"}
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")


def test_there_are_twenty_different_files_of_every_product() -> None:
    from_tables = Counter(one.dialect for one in _all())
    drawings = {_without_names(one.data) for one in _all()}

    assert set(from_tables) == {"activiti", "bpmn_io", "camunda7", "camunda8", "flowable"}
    assert min(from_tables.values()) >= 20
    assert len(drawings) == sum(from_tables.values())


def test_the_product_is_recognised_with_evidence(drawn: Any) -> None:
    imported = drawn.imported()

    assert imported.dialect == DIALECTS.get(drawn.dialect, drawn.dialect)
    assert imported.evidence


def test_every_change_is_the_expected_one(drawn: Any) -> None:
    changes: dict[str, list[str]] = {}
    for change in drawn.imported().changes:
        changes.setdefault(change.element_id, []).append(change.kind)

    assert {key: " ".join(sorted(kinds)) for key, kinds in changes.items()} == drawn.row["changes"]


def test_every_flag_is_the_expected_one(drawn: Any) -> None:
    imported = drawn.imported()

    flags = sorted(f"{found.rule} {found.element_id}".strip() for found in imported.findings)
    assert flags == drawn.row["flags"]
    assert imported.is_runnable


def test_the_copy_is_read_and_runs_to_its_end(drawn: Any, walk: Any) -> None:
    model = read_model(drawn.imported().normalised, drawn.name)

    case = walk(model, drawn.row)
    case.to_the_end()

    assert case.is_completed
    assert [key for key in drawn.row["passed"] if key not in case.passed] == []


def test_ids_and_diagram_are_those_of_the_original(drawn: Any) -> None:
    before, after = parse_xml(drawn.data), parse_xml(drawn.imported().normalised)

    assert _drawing(after) == _drawing(before)
    assert set(_ids(before)) <= set(_ids(after))
    assert drawn.imported().original == drawn.data


def test_nothing_of_another_vocabulary_is_left_or_lost_in_silence(drawn: Any) -> None:
    imported = drawn.imported()
    told = "\n".join(
        [
            *(f"{change.before}" for change in imported.changes),
            *(found.message_en for found in imported.findings),
        ]
    )

    assert not _vendor_texts(parse_xml(imported.normalised))
    unsaid = [text for text in _vendor_texts(parse_xml(drawn.data)) if text not in told]
    assert unsaid == []


def test_generated_forms_can_be_read(drawn: Any) -> None:
    imported = drawn.imported()

    assert sorted(imported.forms) == drawn.row["forms"]
    for name, data in imported.forms.items():
        assert read_form(data, name).id == name.removesuffix(".form").replace("/", ".")


def test_the_report_is_bilingual_json(drawn: Any) -> None:
    report = json.loads(json.dumps(drawn.imported().to_json()))

    for told in [*report["changes"], *report["findings"]]:
        assert CHINESE.search(told["message_zh"])
        assert re.search(r"[a-z]{3}", told["message_en"])


def test_importing_the_copy_again_changes_nothing(drawn: Any) -> None:
    copy = drawn.imported().normalised

    again = import_model(copy, f"{drawn.name}.bpmn")

    assert [change for change in again.changes if change.before or change.after] == []
    assert _canonical(again) == etree.tostring(parse_xml(copy), method="c14n")


def _all() -> list[Any]:
    from tests.engine.importing.conftest import drawn_files

    return drawn_files()


def _canonical(imported: Imported) -> bytes:
    return etree.tostring(parse_xml(imported.normalised), method="c14n")


def _drawing(root: _Element) -> list[tuple[str, dict[str, str]]]:
    return [
        (str(node.tag), {str(key): str(value) for key, value in node.attrib.items()})
        for diagram in root.iter(f"{DI}BPMNDiagram")
        for node in diagram.iter()
    ]


def _ids(root: _Element) -> list[str]:
    return [str(node.get("id")) for node in root.iter(f"{BPMN}*") if node.get("id")]


def _vendor_texts(root: _Element) -> list[str]:
    """Return the values of attributes and the texts of elements in another vocabulary."""
    found = []
    for node in root.iter(etree.Element):
        is_vendor = VENDOR.match(str(node.tag)) is not None
        for key, value in node.attrib.items():
            own = str(key) in ("name", "id", "label", "type", "source", "target")
            if VENDOR.match(str(key)) and str(value).strip():
                found.append(str(value))
            elif is_vendor and own and _is_field_or_value(node):
                continue
            elif is_vendor and str(key) in ("class", "expression", "delegateExpression"):
                found.append(str(value))
        if is_vendor and node.text and node.text.strip() and not _is_part(node):
            found.append(node.text.strip())
    return found


def _is_field_or_value(node: _Element) -> bool:
    return str(node.tag).endswith(("formField", "formProperty", "value"))


def _is_part(node: _Element) -> bool:
    """Tell whether a text is a literal that stands in what the change says it became."""
    return str(node.tag).endswith(("}value", "}entry", "}string", "}inputParameter"))


def _without_names(data: bytes) -> bytes:
    return re.sub(rb'(name|id|sourceRef|targetRef|bpmnElement|[xy])="[^"]*"', b"", data)
