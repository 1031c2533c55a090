"""A model that was read and compiled, ready to be asked."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from engine import feel
from engine.dmn.assembly import Assembler, Assembly
from engine.dmn.compiler import Compiler, Owner
from engine.dmn.errors import RecursionLimitError, UnknownDecisionError
from engine.dmn.facts import to_facts
from engine.dmn.findings import FindingLog
from engine.dmn.formula import FormulaReader
from engine.dmn.functions import call_with
from engine.dmn.graph import Graph
from engine.dmn.model import (
    BusinessKnowledgeModel,
    DecisionElement,
    DecisionService,
    InputData,
    drawn_elements,
)
from engine.dmn.reader import read_definitions
from engine.dmn.run import Run
from engine.dmn.trace import DecisionResult
from engine.dmn.type_table import TypeTable
from engine.errors import DeploymentRefusedError
from engine.feel.scope import Run as Budget
from engine.feel.scope import current_run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from engine.dmn.model import Definitions, DrawnElement
    from engine.errors import Finding


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the outside needs to know of a decision.

    Attributes:
        id: XML id, what a business rule task calls.
        name: as drawn.
        question: the question it answers, ``""`` when not written.
        inputs: names of the input data that it needs, directly or through other decisions.
        line: 1-based line in the file.
    """

    id: str
    name: str
    question: str
    inputs: tuple[str, ...]
    line: int


class DmnModel:
    """One DMN file with what it imports; immutable, may be used by several threads."""

    def __init__(
        self,
        definitions: Definitions,
        imports: Mapping[str, DmnModel],
        log: FindingLog,
        library: feel.FunctionLibrary | None = None,
    ) -> None:
        """Compile ``definitions``; what is wrong goes to ``log``. Use ``read_model``."""
        self.definitions = definitions
        self.imports = dict(imports)
        self.graph = Graph(
            definitions, {name: model.definitions for name, model in imports.items()}, log
        )
        formulas = FormulaReader(log, library)
        self.types = TypeTable(definitions.items, self._imported_types(), formulas, log)
        formulas.members = self.types.component_names() | self._imported_names()
        formulas.types = self.types.for_feel()
        self.compiler = Compiler(
            formulas=formulas, types=self.types, log=log, owner=Owner(id="", name="")
        )
        self._assembly = Assembly()
        for model in imports.values():
            self._assembly.include(model._assembly)
        if all(finding.rule in TOLERABLE for finding in log.errors):
            Assembler(definitions, self.graph, self.compiler, self._assembly).assemble()
        self.findings: tuple[Finding, ...] = tuple(log.findings)
        self.decisions: Mapping[str, Decision] = {
            element.place.id: self._describe(element) for element in definitions.decisions
        }

    def evaluate(
        self, decision: str, context: Mapping[str, object], *, require_match: bool = False
    ) -> DecisionResult:
        """Evaluate a decision, by id or name, on plain Python, JSON or FEEL values.

        Names in ``context`` that are no input data of the model are visible to its decisions
        too, because tables are often drawn without their inputs.

        Raises:
            UnknownDecisionError: there is no such decision.
            RuleNoMatchError: with ``require_match``, a table on the way has no matching rule.
            RuleOverlapError: rules match together that the hit policy forbids.
            RecursionLimitError: functions call each other too deeply.
            FeelError: an expression exceeds the limits of the language.
        """
        element = self._find(decision, self.definitions.decisions, "决策", "decision")
        run = Run(to_facts(context), require_match=require_match)
        source = self._assembly.values[self.definitions.namespace, element.place.id]
        return _answer(run, lambda: source(run))

    def evaluate_service(
        self, service: str, context: Mapping[str, object], *, require_match: bool = False
    ) -> DecisionResult:
        """Evaluate a decision service, by id or name; its parameters are taken from ``context``.

        Several output decisions answer with a context by their names.

        Raises:
            UnknownDecisionError: there is no such service.
            WorkflowError: as ``evaluate``.
        """
        element = self._find(service, self.definitions.services, "决策服务", "decision service")
        run = Run(to_facts(context), require_match=require_match)
        code = self._assembly.services[self.definitions.namespace, element.place.id]
        return _answer(run, lambda: code.evaluate_with(run, run.facts))

    def evaluate_knowledge(
        self, knowledge: str, context: Mapping[str, object], *, require_match: bool = False
    ) -> DecisionResult:
        """Call a business knowledge model, by id or name, with parameters from ``context``.

        Raises:
            UnknownDecisionError: there is none of that id or name.
            WorkflowError: as ``evaluate``.
        """
        element = self._find(knowledge, self.definitions.knowledge, "业务知识", "knowledge model")
        run = Run(to_facts(context), require_match=require_match)
        make = self._assembly.functions[self.definitions.namespace, element.place.id]
        return _answer(run, lambda: _call(make(run), run))

    def _find(self, key: str, elements: Sequence[Found], kind_zh: str, kind_en: str) -> Found:
        for element in elements:
            if element.place.id == key:
                return element
        name = " ".join(key.split())
        for element in elements:
            if element.name == name:
                return element
        raise UnknownDecisionError(
            kind_zh, kind_en, key, [element.place.id for element in elements]
        )

    def _describe(self, element: DecisionElement) -> Decision:
        return Decision(
            id=element.place.id,
            name=element.name,
            question=element.question,
            inputs=self._needed_inputs(element),
            line=element.place.line,
        )

    def _needed_inputs(self, element: DrawnElement) -> tuple[str, ...]:
        """Follow the requirements, also into imported models, nearest inputs first."""
        inputs: dict[str, None] = {}
        seen: set[tuple[str, str]] = set()
        waiting: deque[tuple[DmnModel, DrawnElement]] = deque([(self, element)])
        while waiting:
            model, current = waiting.popleft()
            for requirement in model.graph.requirements(current):
                if requirement.key in seen:
                    continue
                seen.add(requirement.key)
                if isinstance(requirement.element, InputData):
                    inputs[requirement.name] = None
                owner = model.imports.get(requirement.namespace, model)
                waiting.append((owner, requirement.element))
        return tuple(inputs)

    def _imported_names(self) -> frozenset[str]:
        """Return the names that stand behind the dot of an import."""
        return frozenset(
            element.variable.name
            for model in self.imports.values()
            for element in drawn_elements(model.definitions)
        )

    def _imported_types(self) -> dict[str, TypeTable]:
        return {
            found.name: self.imports[found.namespace].types
            for found in self.definitions.imports
            if found.namespace in self.imports
        }


#: FEEL steps of one call of ``evaluate``, all expressions together; a second or two.
MAX_STEPS: Final = 1_000_000

#: Errors of single expressions: the rest of the model can be used all the same.
TOLERABLE: Final = frozenset({"feel", "expression-language", "external-function"})

Found = TypeVar("Found", DecisionElement, DecisionService, BusinessKnowledgeModel)


def read_model(
    data: bytes,
    file: str = "",
    imports: Mapping[str, DmnModel] | None = None,
    *,
    library: feel.FunctionLibrary | None = None,
    lenient: bool = False,
) -> DmnModel:
    """Read and compile a DMN file.

    Args:
        data: the XML, at most ``engine.xml.MAX_BYTES``.
        file: path inside the package, for findings.
        imports: models that this one may import, by namespace.
        library: functions that expressions may use; the standard ones by default.
        lenient: keep a model with unreadable expressions; they are null when evaluated, and
            ``DmnModel.findings`` says why. For conformance tests and editors.

    Raises:
        DeploymentRefusedError: with a finding (element, line, Chinese and English) for each
            error.
    """
    definitions = read_definitions(data, file)
    log = FindingLog(file)
    model = DmnModel(definitions, imports or {}, log, library)
    fatal = [finding for finding in log.errors if not (lenient and finding.rule in TOLERABLE)]
    if fatal:
        raise DeploymentRefusedError(log.findings)
    return model


def _call(function: object, run: Run) -> object:
    """Call a function with those facts that are its parameters; null when it is none."""
    if not isinstance(function, feel.FeelFunction):
        return None
    evaluation = call_with(function, run.facts)
    run.take(function.name, evaluation.warnings)
    return evaluation.value


def _answer(run: Run, evaluate: Callable[[], object]) -> DecisionResult:
    budget = current_run.set(Budget(MAX_STEPS))
    try:
        value = evaluate()
    except RecursionError as error:
        raise RecursionLimitError(
            "决策的表达式嵌套过深，请检查函数是否循环调用自身。",
            "The expressions of the decision are nested too deeply; does a function call itself "
            "without end?",
        ) from error
    finally:
        current_run.reset(budget)
    return DecisionResult(value=value, trace=tuple(run.trace), warnings=tuple(run.warnings))
