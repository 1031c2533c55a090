"""Whom the person at a step can choose for the steps that come next, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn import WaitKind, next_user_tasks
from engine.commands.choices import FIELD, is_required, missing, purpose_of
from engine.commands.choosing import Chooser
from engine.commands.completed import Remark
from engine.model.participants import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.bpmn import Outcome
    from engine.commands.matter import Node
    from engine.commands.services import Services
    from engine.commands.step import Step


def askable_steps(step: Step, outcome: Outcome) -> Mapping[str, bool]:
    """Return the next steps of an outcome for which people are chosen.

    Returns:
        ``{element id: whether it comes only if a rule says so}``.
    """
    if not outcome.target_id or not step.item.is_task:
        return {}
    model = step.node.model
    ahead = next_user_tasks(model, outcome.target_id)
    return {
        element_id: conditional
        for element_id, conditional in ahead.items()
        if purpose_of(model.elements[element_id])
    }


def checked_choices(
    step: Step, outcome: Outcome, given: Mapping[str, Sequence[str]], services: Services
) -> dict[str, list[str]]:
    """Return the choices that belong to an outcome; others were made for another one.

    Raises:
        ValidationFailedError: somebody who cannot be chosen.
    """
    found = {}
    for element_id in askable_steps(step, outcome):
        logins = [login for login in given.get(element_id, ()) if login.strip()]
        if logins:
            purpose = purpose_of(step.node.model.elements[element_id])
            chooser = Chooser(step, purpose, services, element_id=element_id)
            people = chooser.require(logins, f"{FIELD}.{element_id}")
            found[element_id] = [person.login for person in people]
    return found


def choose_next(
    step: Step,
    outcome: Outcome,
    given: Mapping[str, Sequence[str]],
    services: Services,
    *,
    later: bool,
) -> None:
    """Take the choices of a decision; what it must name and does not is refused when it is reached.

    Args:
        step: the step that is decided.
        outcome: what was decided.
        given: ``{user task: logins}``.
        services: the command's.
        later: the decision waits for signatures, so that nobody can be asked when it takes effect.

    Raises:
        ValidationFailedError: somebody who cannot be chosen, or nobody for a step that comes.
    """
    chosen = checked_choices(step, outcome, given, services)
    choices = step.tree.choices
    choices.give(step.node.row.process_id, chosen)
    choices.asks = services.actor.login != SYSTEM.login
    if not later:
        return
    for element_id, conditional in askable_steps(step, outcome).items():
        element = step.node.model.elements[element_id]
        if not conditional and is_required(element) and element_id not in chosen:
            raise missing(element)


def settle_choices(step: Step, services: Services) -> list[Remark]:
    """Keep what was chosen for steps that are still to come; say what is void.

    Args:
        step: the completed step; its matter has come to rest.
        services: the command's.
    """
    choices, node = step.tree.choices, step.node
    gone = choices.withdraw(node.row.process_id, _still_ahead(node))
    choices.keep()
    if not gone:
        return []
    people = services.store.identity.people([login for some in gone.values() for login in some])
    remarks = []
    for element_id, logins in gone.items():
        element = node.model.elements[element_id]
        step_name = element.name or element.id
        names = [people.get(login, (login, "", True))[0] for login in logins]
        remarks.append(
            Remark(
                f"事项没有经过“{step_name}”，您为该环节选择的{'、'.join(names)}未生效。",
                f"The matter did not come to “{step_name}”, so choosing {', '.join(names)} for it"
                " has no effect.",
            )
        )
    return remarks


def _still_ahead(node: Node) -> set[str]:
    """Return the user tasks that an instance comes to without anybody deciding before."""
    if not node.is_active:
        return set()
    return {
        element_id
        for wait in node.waiting.values()
        if wait.kind is not WaitKind.USER_TASK
        for flow in node.model.outgoing.get(wait.element_id, ())
        for element_id in next_user_tasks(node.model, flow.target)
    }
