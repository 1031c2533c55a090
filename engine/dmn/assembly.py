"""Puts a model together: every decision, function and input as code that asks the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from engine.dmn.compiler import Compiler, Names, Owner
from engine.dmn.errors import RuleOverlapError
from engine.dmn.facts import completed, input_value
from engine.dmn.formula import null
from engine.dmn.functions import Signature, function_value
from engine.dmn.run import ElementKey, Run, Scope, Values
from engine.dmn.trace import DecisionTrace
from engine.dmn.typed import held
from engine.errors import RuleNoMatchError

if TYPE_CHECKING:
    from engine.dmn.datatypes import DataType
    from engine.dmn.formula import Code
    from engine.dmn.graph import Graph, Requirement
    from engine.dmn.model import (
        BusinessKnowledgeModel,
        DecisionElement,
        DecisionService,
        Definitions,
        InputData,
    )
    from engine.dmn.type_table import TypeTable

#: Failures of a required decision that count only when its value is used.
DEFERRED: Final = (RuleNoMatchError, RuleOverlapError)

#: Gives the value of an element in a run.
Source = Callable[[Run], object]


@dataclass(frozen=True)
class ServiceCode:
    """A decision service as code.

    Attributes:
        signature: parameters (input data, then input decisions) and result.
        evaluate: gets the arguments by parameter name.
    """

    signature: Signature
    evaluate: Callable[[Run, Mapping[str, object]], object]

    def evaluate_with(self, run: Run, facts: Mapping[str, object]) -> object:
        """Call the service with those of ``facts`` that are its parameters; others are null."""
        arguments = {
            name: held(
                completed(facts.get(name), data_type), data_type, self.signature.element_id, run
            )
            for name, data_type in self.signature.parameters.items()
        }
        value = self.evaluate(run, arguments)
        return held(value, self.signature.result, self.signature.element_id, run)


@dataclass(frozen=True)
class Assembly:
    """The code of a model and of everything it imports.

    Attributes:
        values: decisions and input data.
        functions: business knowledge models and decision services, as function values.
        services: decision services, to be called directly.
        types: type of each decision, input and service.
    """

    values: dict[ElementKey, Source] = field(default_factory=dict)
    functions: dict[ElementKey, Source] = field(default_factory=dict)
    services: dict[ElementKey, ServiceCode] = field(default_factory=dict)
    types: dict[ElementKey, DataType] = field(default_factory=dict)

    def include(self, other: Assembly) -> None:
        """Take over the code of an imported model."""
        self.values.update(other.values)
        self.functions.update(other.functions)
        self.services.update(other.services)
        self.types.update(other.types)


class Assembler:
    """Compiles the elements of one model into an assembly."""

    def __init__(
        self, definitions: Definitions, graph: Graph, compiler: Compiler, assembly: Assembly
    ) -> None:
        """Work on ``assembly``, which holds the imported models already."""
        self._definitions = definitions
        self._graph = graph
        self._compiler = compiler
        self._types: TypeTable = compiler.types
        self._assembly = assembly

    def assemble(self) -> None:
        """Compile everything."""
        for element in self._definitions.inputs:
            self._input(element)
        for decision in self._definitions.decisions:
            self._decision(decision)
        for knowledge in self._definitions.knowledge:
            self._knowledge(knowledge)
        for service in self._definitions.services:
            self._service(service)

    def _key(self, element_id: str) -> ElementKey:
        return self._definitions.namespace, element_id

    def _input(self, element: InputData) -> None:
        data_type = self._types.find(element.variable.type_ref)
        self._assembly.types[self._key(element.place.id)] = data_type
        name, element_id = element.variable.name, element.place.id
        self._assembly.values[self._key(element_id)] = lambda run: input_value(
            run, name, data_type, element_id
        )

    def _decision(self, element: DecisionElement) -> None:
        key = self._key(element.place.id)
        requirements = self._graph.requirements(element)
        compiler = self._compiler.for_owner(
            Owner(id=element.place.id, name=element.name), closed=bool(self._definitions.inputs)
        )
        code: Code = null
        if element.expression is None:
            self._report_empty(element)
        else:
            code = compiler.code(element.expression, visible_names(requirements))
        code = compiler.held_to(code, element.variable.type_ref, element.place)
        self._assembly.types[key] = self._types.find(element.variable.type_ref)
        fill = self._filler(requirements)

        def compute(run: Run) -> object:
            scope = Scope(Values(run.facts), run)
            needed = fill(scope)
            traced = len(run.trace)
            value = code(scope)
            if len(run.trace) == traced:
                _leave_trace(element, needed, value, run)
            return value

        def evaluate(run: Run) -> object:
            if key in run.failures:
                raise run.failures[key]
            if key not in run.memo:
                try:
                    run.memo[key] = compute(run)
                except DEFERRED as error:
                    run.failures[key] = error
                    raise
            return run.memo[key]

        self._assembly.values[key] = evaluate

    def _knowledge(self, element: BusinessKnowledgeModel) -> None:
        key = self._key(element.place.id)
        requirements = self._graph.requirements(element)
        compiler = self._compiler.for_owner(
            Owner(id=element.place.id, name=element.name), closed=True
        )
        name = element.variable.name
        make: Code = null
        if element.function is None:
            self._report_empty(element)
        else:
            names = visible_names(requirements) | {name}
            make = compiler.function(element.function, names, element.variable)
        fill = self._filler(requirements)

        def function(run: Run) -> object:
            scope = Scope(Values({}), run)
            fill(scope)
            scope.values[name] = value = make(scope)
            return value

        self._assembly.functions[key] = function

    def _report_empty(self, element: DecisionElement | BusinessKnowledgeModel) -> None:
        self._compiler.log.warn(
            "no-logic",
            element.place,
            f"“{element.name}”没有决策逻辑，结果总是空值；请补画决策表或表达式。",
            f"{element.name!r} has no logic and is always null; draw its table or expression.",
        )

    def _service(self, element: DecisionService) -> None:
        key = self._key(element.place.id)
        given = [self._graph.requirement(href) for href in element.input_data]
        decided = [self._graph.requirement(href) for href in element.input_decisions]
        outputs = [self._graph.requirement(href) for href in element.outputs]
        signature = Signature(
            name=element.name,
            element_id=element.place.id,
            parameters={
                found.name: self._assembly.types[found.key] for found in (*given, *decided)
            },
            result=self._types.find(element.variable.type_ref),
        )
        values = self._assembly.values

        def evaluate(run: Run, arguments: Mapping[str, object]) -> object:
            facts = {found.name: arguments.get(found.name) for found in given}
            memo = {found.key: arguments.get(found.name) for found in decided}
            inner = run.inside(facts, memo)
            answers = {found.name: values[found.key](inner) for found in outputs}
            return next(iter(answers.values())) if len(answers) == 1 else answers

        self._assembly.services[key] = ServiceCode(signature, evaluate)
        self._assembly.functions[key] = lambda run: function_value(
            signature, run, lambda bound: evaluate(run, bound)
        )

    def _filler(
        self, requirements: tuple[Requirement, ...]
    ) -> Callable[[Scope], Mapping[str, object]]:
        """Return a function that puts the required values and functions into a scope."""
        values, functions = self._assembly.values, self._assembly.functions

        def fill(scope: Scope) -> Mapping[str, object]:
            needed: dict[str, object] = {}
            for requirement in requirements:
                source = values.get(requirement.key)
                if source is None:
                    _put(scope.values, requirement, functions[requirement.key](scope.run))
                    continue
                try:
                    value = needed[requirement.full_name] = source(scope.run)
                except DEFERRED as error:
                    visible = requirement.qualifier or requirement.name
                    scope.values.failures[visible] = error
                    scope.values.pop(visible, None)
                    continue
                _put(scope.values, requirement, value)
            return needed

        return fill


def visible_names(requirements: tuple[Requirement, ...]) -> Names:
    """Return the names an expression may use, those behind the dot of an import included."""
    names = {requirement.name for requirement in requirements}
    return frozenset(names | {found.qualifier for found in requirements if found.qualifier})


def _put(values: Values, requirement: Requirement, value: object) -> None:
    """Put a value into the scope, below the name of its import when it has one."""
    if not requirement.qualifier:
        values[requirement.name] = value
        return
    if requirement.qualifier in values.failures:
        return
    members = values.get(requirement.qualifier)
    own = members if isinstance(members, dict) else {}
    values[requirement.qualifier] = {**own, requirement.name: value}


def _leave_trace(
    element: DecisionElement, needed: Mapping[str, object], value: object, run: Run
) -> None:
    run.leave_trace(
        DecisionTrace(
            id=element.place.id,
            name=element.name,
            table_id="",
            inputs=needed,
            rules=(),
            output=value,
        )
    )
