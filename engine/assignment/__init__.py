"""Who gets a user task: rules picked by name, one module each; nothing here changes anything."""

from engine.assignment.circle import CIRCLE, CIRCLE_UNIT, Circle
from engine.assignment.registry import PERSON_RULES, UNIT_RULES, person_rule, unit_rule, written
from engine.assignment.rule import Case, MatterFacts, Organisation, PersonRule, Told, UnitRule

__all__ = [
    "CIRCLE",
    "CIRCLE_UNIT",
    "PERSON_RULES",
    "UNIT_RULES",
    "Case",
    "Circle",
    "MatterFacts",
    "Organisation",
    "PersonRule",
    "Told",
    "UnitRule",
    "person_rule",
    "unit_rule",
    "written",
]
