"""Whom a step's ``circulate.to`` names in a matter, as candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.assignment import CIRCLE, CIRCLE_UNIT, Circle, unit_rule
from engine.commands.assignment import candidates_at, case_of, unit_at
from engine.model.participants import Candidate

if TYPE_CHECKING:
    from engine.bpmn import Element
    from engine.commands.matter import MatterTree, Node
    from engine.commands.services import Services


def circle_of(
    element: Element, node: Node, tree: MatterTree, services: Services
) -> tuple[Candidate, ...]:
    """Return people by name and holders of posts; nobody where the step says nothing.

    Raises:
        ConfigurationError: a rule or a lookup is unknown.
    """
    text = element.properties.get(CIRCLE)
    if text is None:
        return ()
    circle = Circle.read(text)
    case = case_of(tree, node, services)
    named = tuple(
        Candidate(role="", unit=None, division=case.division, login=login)
        for login in circle.logins(case)
    )
    if not circle.roles:
        return named
    rule, parameter = unit_rule(element, CIRCLE_UNIT)
    unit = unit_at(rule.place(case, parameter), circle.roles, services)
    return (*named, *candidates_at(circle.roles, unit, case.division))
