"""What a person has typed into a task page; shown again whenever something is refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from flask import request

from engine.commands import AddAttachment
from engine.errors import FieldError, ValidationFailedError
from webui.access import execute
from webui.formats import new_idempotency_key
from webui.forms import parse_submission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.queries.views import WorkItemView


@dataclass(frozen=True, kw_only=True)
class Typed:
    """The contents of the page's one form.

    Attributes:
        answers: ``{form key: value as typed}``, groups and lists nested.
        opinion: 办理意见.
        target: element id chosen in the return dialog.
        reason: reason given in the return dialog.
        idempotency_key: the same as long as this page lives.
        errors: what was refused, in the order of the form.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    opinion: str = ""
    target: str = ""
    reason: str = ""
    idempotency_key: str = field(default_factory=new_idempotency_key)
    errors: Sequence[FieldError] = ()

    def refused(self, errors: Sequence[FieldError]) -> Typed:
        """Return the same contents with what is wrong with them."""
        return replace(self, errors=tuple(errors))


def from_view(view: WorkItemView) -> Typed:
    """Start from the draft or from earlier answers."""
    return Typed(answers=view.answers, opinion=view.opinion)


def from_request(view: WorkItemView) -> Typed:
    """Read the submitted form."""
    form = request.form
    return Typed(
        answers=parse_submission(view.form, form) if view.form is not None else {},
        opinion=form.get("_opinion", ""),
        target=form.get("_target", ""),
        reason=form.get("_reason", ""),
        idempotency_key=form.get("_idempotency", "")[:80] or new_idempotency_key(),
    )


def store_uploads(view: WorkItemView) -> list[FieldError]:
    """Keep every uploaded file at once; return what was refused.

    The browser cannot send a file twice, so files are kept even if the rest is refused. A file
    that is there already is not stored again: live refreshing may have sent it before.
    """
    known = {(stored.field, stored.sha256) for stored in view.attachments}
    refused: list[FieldError] = []
    for name, file in request.files.items(multi=True):
        field, content = name.replace("-", "."), file.read()
        if not file.filename or (field, hashlib.sha256(content).hexdigest()) in known:
            continue
        command = AddAttachment(
            work_item_key=view.key, field=field, name=file.filename, content=content
        )
        try:
            execute(command)
        except ValidationFailedError as error:
            refused += error.errors
    return refused
