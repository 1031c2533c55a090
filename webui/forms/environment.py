"""Makes the form templates known to a Jinja environment, Flask's or any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webui.forms.document import document_page
from webui.forms.state import Surroundings
from webui.forms.texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment

    from engine.queries.views import DocumentView
    from webui.forms.nodes import Page


def install(environment: Environment, attachment_url: Callable[[str], str]) -> None:
    """Add what ``forms/form.html`` needs.

    Args:
        environment: must autoescape and find ``webui/templates``.
        attachment_url: gives the download address of an attachment's key.
    """

    def document(view: DocumentView, language: str = "zh") -> Page:
        """Return the page of a ``DocumentView``."""
        around = Surroundings(
            attachments=view.attachments,
            language=language,
            attachment_url=attachment_url,
        )
        return document_page(view.form, view.answers, around)

    environment.globals["document_page"] = document
    environment.globals["form_texts"] = texts
