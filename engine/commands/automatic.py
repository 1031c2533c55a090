"""Automatic steps inside the command: decisions and record handlers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.bpmn import UncaughtError, WaitKind
from engine.commands.outside_calls import send_after_commit
from engine.errors import ConfigurationError
from engine.handler import BpmnError, Matter, RecordContext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn import Wait
    from engine.commands.matter import MatterTree, Node
    from engine.commands.services import Services
    from engine.dmn import DecisionResult


def matter_facts(tree: MatterTree, node: Node, element_id: str, services: Services) -> Matter:
    """Return what handlers and lookups may know."""
    root = tree.root.row
    return Matter(
        instance_key=str(root.key),
        process_id=node.row.process_id,
        element_id=element_id,
        initiator=root.initiator,
        unit=root.unit,
        division=root.division,
        now=services.now,
        answers=tree.answers,
        actor=services.actor.login,
    )


def record_context(
    tree: MatterTree, node: Node, element_id: str, services: Services
) -> RecordContext:
    """Return what record handlers and lookups get."""
    return RecordContext(
        matter=matter_facts(tree, node, element_id, services),
        session=services.store.session,
        decide=lambda decision_id, facts: _evaluate(decision_id, facts, tree, services).value,
        keyed=services.keyed,
        send=lambda call: send_after_commit(call, tree.root.row.key, services),
    )


def _evaluate(
    decision_id: str, facts: Mapping[str, Any], tree: MatterTree, services: Services
) -> DecisionResult:
    model = services.catalog.decision(tree.binding.decision_layers(decision_id))
    return model.evaluate(decision_id, facts, require_match=True)


def decided(wait: Wait, tree: MatterTree, services: Services) -> DecisionResult:
    """Evaluate the table that a business rule task asks.

    Raises:
        RuleNoMatchError: no rule of the table matches.
    """
    return _evaluate(wait.decision_id, wait.inputs, tree, services)


def decide(wait: Wait, node: Node, tree: MatterTree, services: Services) -> None:
    """Evaluate a business rule task and keep the explanation in the audit trail.

    Raises:
        RuleNoMatchError: no rule of the table matches.
    """
    result = decided(wait, tree, services)
    services.note(
        "decision_made",
        root_key=tree.root.row.key,
        element_name=node.model.elements[wait.element_id].name,
        detail={"decision": wait.decision_id, **_explanation(result)},
    )
    value: Any = result.value
    node.interpreter.complete(wait.token_id, {wait.result_variable: value}, now=services.now)


def _explanation(result: DecisionResult) -> dict[str, object]:
    """Return why the decision came out so, with what FEEL warned about."""
    explained = result.to_json()
    return {name: explained[name] for name in ("trace", "warnings") if explained[name]}


def run_inside(wait: Wait, node: Node, tree: MatterTree, services: Services) -> Node | None:
    """Run a record handler.

    Returns:
        The instance that goes on: ``node``, or the caller that caught the handler's error;
        ``None`` when the wait is no record handler.

    Raises:
        ConfigurationError: no handler of that name.
        UncaughtError: an error that the model does not catch.
        ValidationFailedError: the handler refused the input.
    """
    if wait.kind is not WaitKind.JOB:
        return None
    registered = services.registry.handler(wait.job_type)
    if registered is None:
        raise ConfigurationError(
            f"没有名为“{wait.job_type}”的处理程序，请管理员安装后重试。",
            f"There is no handler {wait.job_type!r}; install it and try again.",
        )
    if not registered.inside:
        return None
    context = record_context(tree, node, wait.element_id, services)
    try:
        written = registered.function(context, **registered.arguments(wait.inputs)) or {}
    except BpmnError as error:
        caught = tree.throw(node, wait.token_id, error.code, error.variables, services.now)
        if caught is None:
            raise UncaughtError(wait.element_id, error.code) from error
        return caught
    node.interpreter.complete(wait.token_id, dict(written), now=services.now)
    return node
