"""FEEL, the expression language of DMN 1.5, chapter 10: exact, safe, stands alone."""

from __future__ import annotations

from engine.feel.analysis import analyse
from engine.feel.conversion import feel_repr, from_feel, to_feel
from engine.feel.equality import is_same
from engine.feel.errors import (
    FeelError,
    FeelFinding,
    FeelLimitError,
    FeelWarning,
    NullResultError,
)
from engine.feel.expression import (
    Evaluation,
    Expression,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
)
from engine.feel.library import FunctionLibrary
from engine.feel.printer import to_text
from engine.feel.standard import STANDARD, standard_library
from engine.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from engine.feel.types import coerce, instance_of, parse_type
from engine.feel.values import FeelFunction, Range

__all__ = [
    "STANDARD",
    "Date",
    "DateTime",
    "DaysDuration",
    "Evaluation",
    "Expression",
    "FeelError",
    "FeelFinding",
    "FeelFunction",
    "FeelLimitError",
    "FeelWarning",
    "FunctionLibrary",
    "MonthsDuration",
    "NullResultError",
    "Range",
    "Time",
    "UnaryTests",
    "analyse",
    "coerce",
    "compile_expression",
    "compile_unary_tests",
    "feel_repr",
    "from_feel",
    "instance_of",
    "is_same",
    "parse_type",
    "standard_library",
    "to_feel",
    "to_text",
]
