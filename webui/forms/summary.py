"""The list of errors at the top of a page: what, where, and a link to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.forms.components import Keyed
from engine.forms.layout import Container
from webui.forms.names import element_id
from webui.forms.nodes import ErrorLink
from webui.forms.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.errors import FieldError
    from engine.forms import Form, Situation

#: Ids of inputs that the page has beside the form.
_PAGE_FIELDS = {"opinion": "opinion"}


def error_links(
    situation: Situation, errors: Sequence[FieldError], language: str
) -> tuple[ErrorLink, ...]:
    """Return one line per error, with the labels that lead to its field."""
    return tuple(
        ErrorLink(
            href=_href(situation.form, error.field),
            label=" / ".join(_labels(situation.form, error.field, language)),
            message=error.message_en if language == "en" else error.message_zh,
        )
        for error in errors
    )


def _href(form: Form, path: str) -> str:
    if path in _PAGE_FIELDS:
        return f"#{_PAGE_FIELDS[path]}"
    return f"#{element_id(path)}" if form.component(path) is not None else ""


def _labels(form: Form, path: str, language: str) -> Iterator[str]:
    parts = path.split(".") if path else []
    for end, part in enumerate(parts, start=1):
        component = form.component(".".join(parts[:end]))
        if part.isdigit():
            yield texts(language)["row"].format(number=int(part) + 1)
        elif isinstance(component, Keyed) or (isinstance(component, Container) and component.label):
            yield component.label
