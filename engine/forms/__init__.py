"""The form language without HTML: form-js JSON in, checked answers out."""

from engine.forms.answers import CheckedAnswers, check_answers, read_stored
from engine.forms.defaults import initial_answers
from engine.forms.differences import Difference, differences
from engine.forms.display import display_text, stored_text
from engine.forms.form import Form, Place
from engine.forms.overlay import apply_overlay
from engine.forms.prefill import prefilled_answers
from engine.forms.reader import Reading, inspect_form, read_form
from engine.forms.scope import Path, Scope, dotted
from engine.forms.situation import Given, Situation, situate, visible_components

__all__ = [
    "CheckedAnswers",
    "Difference",
    "Form",
    "Given",
    "Path",
    "Place",
    "Reading",
    "Scope",
    "Situation",
    "apply_overlay",
    "check_answers",
    "differences",
    "display_text",
    "dotted",
    "initial_answers",
    "inspect_form",
    "prefilled_answers",
    "read_form",
    "read_stored",
    "situate",
    "stored_text",
    "visible_components",
]
