"""Reads the XML of a DMN file into ``engine.dmn.model``; refuses what it cannot understand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from engine.dmn import model, xml_access
from engine.dmn.boxed import FunctionDefinition, Place, Variable
from engine.dmn.boxed_reader import find_expression, read_function
from engine.dmn.errors import BoxedReadError
from engine.dmn.findings import FindingLog
from engine.dmn.xml_access import (
    MODEL_NAMESPACES,
    child,
    children,
    hrefs,
    line_of,
    name_of,
    optional_literal,
    place_of,
    text_of,
    type_ref_of,
    variable_of,
)
from engine.errors import DeploymentRefusedError, Finding
from engine.xml import XmlRefusedError, parse_xml

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

Drawn = TypeVar("Drawn")

#: Elements of a file; 1,000 rules with seven columns have about 15,000 cells of two elements each.
MAX_ELEMENTS: Final = 60_000

#: Modellers write the namespace with and without the closing slash.
_MODEL_IMPORT_TYPES = frozenset(
    spelling for name in MODEL_NAMESPACES for spelling in (name, name.rstrip("/"))
)


def read_definitions(data: bytes, file: str = "") -> model.Definitions:
    """Read one file.

    Raises:
        DeploymentRefusedError: not XML, not DMN 1.1 to 1.5, or elements that are incomplete,
            contradictory or named twice; with one finding for each.
    """
    try:
        root = parse_xml(data, max_elements=MAX_ELEMENTS)
    except XmlRefusedError as error:
        finding = Finding(
            rule="xml",
            severity="error",
            file=file,
            element_id="",
            message_zh=error.message_zh,
            message_en=error.message_en,
            line=error.line,
        )
        raise DeploymentRefusedError([finding]) from error
    return _DefinitionsReader(root, file).read()


class _DefinitionsReader:
    """Reads every child of ``definitions`` and keeps what is wrong until the end."""

    def __init__(self, root: _Element, file: str) -> None:
        self._root = root
        self._log = FindingLog(file)

    def read(self) -> model.Definitions:
        """Return the model or raise with all findings."""
        self._check_root()
        definitions = model.Definitions(
            file=self._log.file,
            name=name_of(self._root),
            namespace=self._root.get("namespace") or "",
            imports=self._all("import", _import),
            items=self._all("itemDefinition", _item),
            inputs=self._all("inputData", _input_data),
            decisions=self._all("decision", _decision),
            knowledge=self._all("businessKnowledgeModel", _knowledge),
            services=self._all("decisionService", _service),
            other_ids=frozenset(
                found.get("id") or ""
                for found in children(
                    self._root, "knowledgeSource", "organizationUnit", "performanceIndicator"
                )
            ),
        )
        self._check_names(definitions)
        if self._log.findings:
            raise DeploymentRefusedError(self._log.findings)
        return definitions

    def _check_root(self) -> None:
        namespace, name = xml_access.tag(self._root)
        if name == "definitions" and namespace in MODEL_NAMESPACES:
            return
        self._log.refuse(
            "dmn-version",
            place_of(self._root),
            f"文件根元素是“{name}”（命名空间 {namespace or '无'}），"
            "不是 DMN 1.1 至 1.5 的 definitions，请用 DMN 建模器另存。",
            f"The root element is {name!r} in namespace {namespace or 'none'}, not definitions of "
            "DMN 1.1 to 1.5; save it again with a DMN modeller.",
        )
        raise DeploymentRefusedError(self._log.findings)

    def _all(self, name: str, read: Callable[[_Element], Drawn]) -> tuple[Drawn, ...]:
        found: list[Drawn] = []
        for element in children(self._root, name):
            try:
                found.append(read(element))
            except BoxedReadError as error:
                self._log.refuse("incomplete", error.place, error.message_zh, error.message_en)
        return tuple(found)

    def _check_names(self, definitions: model.Definitions) -> None:
        names: set[str] = set()
        ids: set[str] = set()
        for element in model.drawn_elements(definitions):
            if not element.name or element.name in names:
                self._log.refuse(
                    "duplicate-name",
                    element.place,
                    f"名称“{element.name}”为空或重复，请为每个决策、输入和函数取唯一的名称。",
                    f"The name {element.name!r} is empty or used twice; every decision, input and "
                    "function needs a name of its own.",
                )
            if element.place.id in ids:
                self._log.refuse(
                    "duplicate-id",
                    element.place,
                    f"标识“{element.place.id}”重复，请修改其中一个。",
                    f"The id {element.place.id!r} is used twice; change one.",
                )
            names.add(element.name)
            ids.add(element.place.id)


def _import(element: _Element) -> model.Import:
    return model.Import(
        place=place_of(element),
        name=name_of(element),
        namespace=element.get("namespace") or "",
        is_model=(element.get("importType") or MODEL_NAMESPACES[-1]) in _MODEL_IMPORT_TYPES,
    )


def _item(element: _Element) -> model.ItemDefinition:
    function = child(element, "functionItem")
    return model.ItemDefinition(
        place=place_of(element),
        name=name_of(element),
        type_ref=type_ref_of(element),
        is_collection=element.get("isCollection") in {"true", "1"},
        allowed_values=optional_literal(element, "allowedValues"),
        type_constraint=optional_literal(element, "typeConstraint"),
        components=tuple(_item(found) for found in children(element, "itemComponent")),
        function=None if function is None else _function_type(function),
    )


def _function_type(element: _Element) -> tuple[Variable, ...]:
    parameters = tuple(variable_of(found) for found in children(element, "parameters"))
    return (*parameters, Variable(name="", type_ref=element.get("outputTypeRef") or ""))


def _own_place(element: _Element) -> Place:
    """Return the place under the element's own id, its name when it has none."""
    return Place(id=element.get("id") or name_of(element), line=line_of(element))


def _own_variable(element: _Element) -> Variable:
    """Return the variable, named like its owner when the file leaves it out."""
    found = child(element, "variable")
    name = name_of(element)
    if found is None:
        return Variable(name=name)
    return Variable(name=name_of(found) or name, type_ref=type_ref_of(found))


def _input_data(element: _Element) -> model.InputData:
    return model.InputData(
        place=_own_place(element), name=name_of(element), variable=_own_variable(element)
    )


def _required(element: _Element, requirement: str, *targets: str) -> tuple[str, ...]:
    return tuple(
        href for found in children(element, requirement) for href in hrefs(found, *targets)
    )


def _decision(element: _Element) -> model.DecisionElement:
    return model.DecisionElement(
        place=_own_place(element),
        name=name_of(element),
        variable=_own_variable(element),
        requires=_required(element, "informationRequirement", "requiredInput", "requiredDecision"),
        knows=_required(element, "knowledgeRequirement", "requiredKnowledge"),
        expression=find_expression(element),
        question=text_of(element, "question"),
    )


def _knowledge(element: _Element) -> model.BusinessKnowledgeModel:
    logic = child(element, "encapsulatedLogic")
    function: FunctionDefinition | None = None if logic is None else read_function(logic)
    return model.BusinessKnowledgeModel(
        place=_own_place(element),
        name=name_of(element),
        variable=_own_variable(element),
        knows=_required(element, "knowledgeRequirement", "requiredKnowledge"),
        function=function,
    )


def _service(element: _Element) -> model.DecisionService:
    return model.DecisionService(
        place=_own_place(element),
        name=name_of(element),
        variable=_own_variable(element),
        outputs=hrefs(element, "outputDecision"),
        encapsulated=hrefs(element, "encapsulatedDecision"),
        input_decisions=hrefs(element, "inputDecision"),
        input_data=hrefs(element, "inputData"),
    )
