"""Makes from a form, answers and errors what the templates print."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.forms import Given, initial_answers, situate
from webui.forms.kept import kept_inputs
from webui.forms.layout import rows_of
from webui.forms.summary import error_links
from webui.forms.texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from engine.errors import FieldError
    from engine.forms import Form
    from engine.handler import Option
    from engine.queries.views import AttachmentView
    from webui.forms.nodes import ErrorLink, HiddenInput, Row


def _no_address(_key: str) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a page knows beside the form and its answers.

    Attributes:
        errors: what was refused.
        attachments: uploaded files; those whose ``field`` is a path of the form are shown there.
        options: choices by lookup name.
        context: names for the form's expressions: the variables of the process.
        language: ``zh`` or ``en``.
        refresh_url: where the form is posted to be written again; ``""`` = without htmx.
        also: selector of what else on the page follows the answers, ``""`` for nothing.
        attachment_url: gives the download address of an attachment's key.
        searches: what is searched for in fields with many choices, by field name; see
            ``searches_in``.
    """

    errors: Sequence[FieldError] = ()
    attachments: Sequence[AttachmentView] = ()
    options: Mapping[str, Sequence[Option]] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    language: str = "zh"
    refresh_url: str = ""
    also: str = ""
    attachment_url: Callable[[str], str] = _no_address
    searches: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FormState:
    """A form as a template prints it.

    Attributes:
        rows: the form's rows, top to bottom.
        errors: the error summary, in the order of the errors.
        kept: values of hidden fields, so that they come back with their field.
        live: an answer may change what else is shown.
        refresh_url: see ``Surroundings``.
        also: see ``Surroundings``.
        texts: the words around the fields.
    """

    rows: Sequence[Row]
    errors: Sequence[ErrorLink]
    kept: Sequence[HiddenInput]
    live: bool
    refresh_url: str
    also: str
    texts: Mapping[str, str]


def form_state(form: Form, answers: Mapping[str, Any], around: Surroundings) -> FormState:
    """Work ``form`` out against ``answers`` and return what the page shows.

    Raises:
        FeelError: an expression of the form runs over one of the language's limits.
    """
    given = Given(context=around.context, options=around.options)
    situation = situate(form, initial_answers(form, answers), given)
    return FormState(
        rows=rows_of(situation, around),
        errors=error_links(situation, around.errors, around.language),
        kept=tuple(kept_inputs(situation)),
        live=bool(around.refresh_url),
        refresh_url=around.refresh_url,
        also=around.also,
        texts=texts(around.language),
    )
