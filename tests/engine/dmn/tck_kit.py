"""Reads test cases in the format of the OMG DMN TCK (testCases.xsd) and runs them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from lxml import etree

from engine import feel
from engine.dmn import DmnModel, read_model
from engine.dmn.reader import read_definitions
from engine.errors import WorkflowError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.etree import _Element

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
READERS = {
    "date": "date(text)",
    "time": "time(text)",
    "dateTime": "date and time(text)",
    "duration": "duration(text)",
}


@dataclass(frozen=True)
class Outcome:
    """One expected result and what came out instead, ``""`` when it is right."""

    name: str
    difference: str


def run_file(path: Path) -> Iterator[Outcome]:
    """Run every test case of a file; names are ``folder#case/result``."""
    root = etree.parse(path).getroot()
    model_name = (root.findtext("{*}modelName") or "").strip()
    models = _load(path.parent, model_name)
    for case in root.iterchildren("{*}testCase"):
        facts = {
            node.get("name") or "": read_value(node) for node in case.iterchildren("{*}inputNode")
        }
        for number, node in enumerate(case.iterchildren("{*}resultNode")):
            name = f"{path.parent.name}#{case.get('id')}/{node.get('name') or number}"
            yield Outcome(name, _difference(models, case, node, facts))


def _load(folder: Path, model_name: str) -> DmnModel:
    """Read the model of that file name and, first, the models it imports."""
    by_namespace = {}
    for file in sorted(folder.glob("*.dmn")):
        definitions = read_definitions(file.read_bytes(), file.name)
        by_namespace[definitions.namespace] = (file, definitions)

    def load(file: Path) -> DmnModel:
        definitions = read_definitions(file.read_bytes(), file.name)
        imports = {
            found.namespace: load(by_namespace[found.namespace][0])
            for found in definitions.imports
            if found.namespace in by_namespace
        }
        return read_model(file.read_bytes(), file.name, imports, lenient=True)

    return load(folder / model_name)


def _difference(model: DmnModel, case: _Element, node: _Element, facts: dict[str, object]) -> str:
    expected = next(iter(node.iterchildren("{*}expected")), None)
    wanted = None if expected is None else read_value(expected)
    try:
        got = _evaluate(model, case, node.get("name") or "", facts)
    except WorkflowError as error:
        got = None
        if wanted is not None:
            return f"wanted {wanted!r}, got the error {error.message_en}"
    if same(wanted, got):
        return ""
    return f"wanted {wanted!r}, got {got!r}"


def _evaluate(model: DmnModel, case: _Element, result: str, facts: dict[str, object]) -> object:
    if case.get("type") != "decisionService":
        return model.evaluate(result, facts).value
    service = case.get("invocableName") or ""
    value = model.evaluate_service(service, facts).value
    outputs = next(found.outputs for found in model.definitions.services if found.name == service)
    return value[result] if len(outputs) > 1 and isinstance(value, dict) else value


def read_value(node: _Element) -> object:
    """Return the FEEL value below a node of type ``valueType``."""
    components = {
        part.get("name") or "": read_value(part) for part in node.iterchildren("{*}component")
    }
    if components:
        return components
    for child in node.iterchildren("{*}list", "{*}value"):
        if child.get(f"{XSI}nil") == "true":
            return None
        if etree.QName(child).localname == "list":
            return [read_value(item) for item in child.iterchildren("{*}item")]
        return _scalar(child.text or "", (child.get(f"{XSI}type") or "").rpartition(":")[2])
    return None


def _scalar(text: str, kind: str) -> object:
    if kind == "boolean":
        return text.strip() == "true"
    if kind in {"decimal", "double", "integer", "float", "int", "long"}:
        return Decimal(text.strip())
    if kind in READERS:
        return feel.compile_expression(READERS[kind]).evaluate({"text": text.strip()})
    return text


def same(wanted: object, got: object) -> bool:
    """Compare as the kit's own runners do: numbers to eight places, the rest exactly."""
    if isinstance(wanted, Decimal) and isinstance(got, Decimal):
        return abs(wanted - got) <= Decimal("1e-8") * max(Decimal(1), abs(wanted))
    if isinstance(wanted, dict) and isinstance(got, dict):
        return wanted.keys() == got.keys() and all(same(wanted[key], got[key]) for key in wanted)
    if isinstance(wanted, list) and isinstance(got, list):
        return len(wanted) == len(got) and all(map(same, wanted, got))
    return type(wanted) is type(got) and bool(wanted == got)
