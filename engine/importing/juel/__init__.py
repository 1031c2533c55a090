"""JUEL, the expression language of other engines, and its translation into FEEL."""

from __future__ import annotations

from engine.importing.juel.errors import JuelError
from engine.importing.juel.feel import translate
from engine.importing.juel.parser import parse, parse_template
from engine.importing.juel.written import is_expression

__all__ = ["JuelError", "is_expression", "parse", "parse_template", "translate"]
