"""Forms as HTML: what the templates print, and what comes back from the browser."""

from webui.forms.document import document_page
from webui.forms.environment import install
from webui.forms.state import FormState, Surroundings, form_state
from webui.forms.submission import parse_submission, searches_in

__all__ = [
    "FormState",
    "Surroundings",
    "document_page",
    "form_state",
    "install",
    "parse_submission",
    "searches_in",
]
