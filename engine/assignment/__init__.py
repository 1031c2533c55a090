"""Who gets a user task: rules picked by name, one module each; nothing here changes anything."""

from engine.assignment.registry import PERSON_RULES, UNIT_RULES, person_rule, unit_rule, written
from engine.assignment.rule import Case, MatterFacts, Organisation, PersonRule, Told, UnitRule

__all__ = [
    "PERSON_RULES",
    "UNIT_RULES",
    "Case",
    "MatterFacts",
    "Organisation",
    "PersonRule",
    "Told",
    "UnitRule",
    "person_rule",
    "unit_rule",
    "written",
]
