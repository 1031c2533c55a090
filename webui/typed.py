"""What a person has typed into a task page; shown again whenever something is refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from flask import request

from engine.commands import AddAttachment
from engine.errors import FieldError, ValidationFailedError
from webui.access import execute
from webui.formats import new_idempotency_key
from webui.forms import parse_submission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.queries.views import NextStepView, WorkItemView

#: Name of the file field beside the opinion; such a file belongs to no field of the form.
_OPINION_FILE: Final = "_opinion_file"


@dataclass(frozen=True, kw_only=True)
class Typed:
    """The contents of the page's one form.

    Attributes:
        answers: ``{form key: value as typed}``, groups and lists nested.
        opinion: 办理意见.
        verb: the pressed button beside the outcomes, empty for none.
        given: ``{verb: {field: values}}``, the contents of the dialogs.
        searching: the verb in whose dialog people are searched for, empty for none.
        idempotency_key: the same as long as this page lives.
        errors: what was refused, in the order of the form.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    opinion: str = ""
    verb: str = ""
    given: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    searching: str = ""
    idempotency_key: str = field(default_factory=new_idempotency_key)
    errors: Sequence[FieldError] = ()

    @property
    def opened(self) -> str:
        """The verb whose dialog is open: what it said was refused, or people are searched for."""
        return self.searching or (self.verb if self.errors else "")

    def of(self, verb: str, name: str) -> str:
        """Return what stands in a field of a verb's dialog, empty without it."""
        return next(iter(self.all_of(verb, name)), "")

    def dialog(self, verb: str) -> dict[str, str]:
        """Return ``{field: value}`` of a verb's dialog, for fields with one value."""
        return {name: values[0] for name, values in self.given.get(verb, {}).items() if values}

    def all_of(self, verb: str, name: str) -> Sequence[str]:
        """Return everything chosen in a field of a verb's dialog."""
        return self.given.get(verb, {}).get(name, ())

    def next_people(self, step: NextStepView) -> Sequence[str]:
        """Return whom the person has chosen for a step that comes."""
        return [login for login in self.all_of("next", step.element_id) if login]

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
        verb=form.get("_action", ""),
        given=_dialog_fields(),
        searching=_searching(),
        idempotency_key=form.get("_idempotency", "")[:80] or new_idempotency_key(),
    )


def from_dialogs() -> Typed:
    """Read what was submitted on a page that has no form but its dialogs."""
    return Typed(
        verb=request.form.get("_action", ""), given=_dialog_fields(), searching=_searching()
    )


def _dialog_fields() -> dict[str, dict[str, list[str]]]:
    """Read the dialogs of the verbs: fields called ``_v.<verb>.<field>``."""
    given: dict[str, dict[str, list[str]]] = {}
    for name, values in request.form.lists():
        mark, _, rest = name.partition(".")
        verb, _, field_name = rest.partition(".")
        if mark == "_v" and field_name:
            given.setdefault(verb, {})[field_name] = values
    return given


def _searching() -> str:
    """Return the verb in whose dialog a search was asked for.

    Without scripts, Enter in a search box presses the page's first button, which only refreshes.
    """
    if "_refresh" not in request.form:
        return request.form.get("_people", "")
    words = (name for name, text in request.form.items() if name.endswith("_q") and text.strip())
    names = [name.split(".") for name in words]
    return next((parts[1] for parts in names if parts[0] == "_v" and len(parts) > 2), "")


def store_uploads(view: WorkItemView) -> list[FieldError]:
    """Keep every uploaded file at once; return what was refused.

    The browser cannot send a file twice, so files are kept even if the rest is refused. A file
    that is there already is not stored again: live refreshing may have sent it before.
    """
    known = {(stored.field, stored.sha256) for stored in view.attachments}
    refused: list[FieldError] = []
    for name, file in request.files.items(multi=True):
        field = "" if name == _OPINION_FILE else name.replace("-", ".")
        content = file.read()
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
