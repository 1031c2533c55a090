"""Decision tables and requirements graphs (DMN 1.5) on FEEL.

``read_model`` reads a file, ``DmnModel.evaluate`` asks a decision, ``check`` looks for gaps,
overlaps and rules that never apply.
"""

from engine.dmn.checks import check
from engine.dmn.decision_model import Decision, DmnModel, read_model
from engine.dmn.errors import (
    DmnError,
    RecursionLimitError,
    RuleOverlapError,
    UnknownDecisionError,
)
from engine.dmn.trace import DecisionResult, DecisionTrace, DecisionWarning, MatchedRule

__all__ = [
    "Decision",
    "DecisionResult",
    "DecisionTrace",
    "DecisionWarning",
    "DmnError",
    "DmnModel",
    "MatchedRule",
    "RecursionLimitError",
    "RuleOverlapError",
    "UnknownDecisionError",
    "check",
    "read_model",
]
