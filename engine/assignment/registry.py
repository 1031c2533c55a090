"""Every rule by name, and the one place that reads a property's value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.assignment import (
    covering_office,
    earlier_handler,
    field_value,
    initiator,
    leader,
    own_unit,
    post,
    record,
    related_office,
    superior_unit,
)
from engine.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.assignment.rule import PersonRule, UnitRule
    from engine.bpmn import Element

#: Of property ``unit``.
UNIT_RULES: Final[Mapping[str, UnitRule]] = {
    rule.name: rule
    for rule in (
        own_unit.RULE,
        superior_unit.RULE,
        covering_office.RULE,
        related_office.RULE,
        post.RULE,
        field_value.UNIT_RULE,
        record.UNIT_RULE,
    )
}
#: Of property ``assignee``.
PERSON_RULES: Final[Mapping[str, PersonRule]] = {
    rule.name: rule
    for rule in (
        initiator.RULE,
        leader.RULE,
        earlier_handler.RULE,
        field_value.PERSON_RULE,
        record.PERSON_RULE,
    )
}


def unit_rule(element: Element, name: str = "unit") -> tuple[UnitRule, str]:
    """Return (rule, parameter) of a user task's ``unit``; ``own`` when it says nothing.

    Args:
        element: the user task.
        name: another property that is written like ``unit``.

    Raises:
        ConfigurationError: no such rule; deployed by an earlier version of this program.
    """
    text = element.properties.get(name, own_unit.RULE.name)
    word, _, parameter = text.partition(":")
    rule = UNIT_RULES.get(word)
    if rule is None or not rule.parameter.fullmatch(parameter):
        raise _unknown(element, name, text, written(UNIT_RULES))
    return rule, parameter


def person_rule(element: Element) -> tuple[PersonRule, str] | None:
    """Return (rule, parameter) of a user task's ``assignee``, ``None`` when it says nothing.

    Raises:
        ConfigurationError: no such rule.
    """
    text = element.properties.get("assignee", "")
    if not text:
        return None
    name, _, parameter = text.partition(":")
    rule = PERSON_RULES.get(name)
    if rule is None or not rule.parameter.fullmatch(parameter):
        raise _unknown(element, "assignee", text, written(PERSON_RULES))
    return rule, parameter


def written(rules: Mapping[str, UnitRule] | Mapping[str, PersonRule]) -> str:
    """Return how every rule is written, for messages."""
    return " | ".join(rule.written for rule in rules.values())


def _unknown(element: Element, name: str, text: str, known: str) -> ConfigurationError:
    return ConfigurationError(
        f"环节“{element.name}”的属性 {name}“{text}”无法识别，请在流程图中改为 {known}。",
        f"Unknown {name} {text!r} at {element.id}; use {known}.",
    )
