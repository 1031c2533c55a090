"""Business documents: every submission of a form is a new version."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from engine.forms import differences
from engine.model.keys import new_key
from engine.model.work import DocumentRow

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.commands.submission import Submission


def store_document(step: Step, handed_in: Submission, services: Services) -> None:
    """Store the checked answers as the next version of the form's document."""
    if handed_in.form is None or handed_in.checked is None:
        return
    form_id = handed_in.form.id
    before = step.tree.documents.get(form_id)
    row = DocumentRow(
        key=new_key(),
        root_key=step.root_key,
        form_id=form_id,
        form_sha256=_layers_digest(step.tree.binding.form(form_id)),
        version=before.version + 1 if before else 1,
        work_item_key=step.item.key,
        answers=handed_in.checked.stored,
        stored_by=services.actor.login,
        stored_at=services.now,
    )
    services.store.records.add_document(row)
    step.tree.keep_document(row)


def document_changes(step: Step, handed_in: Submission) -> dict[str, list[Any]]:
    """Return ``{label: [old, new]}`` against the version before, empty for the first one."""
    if handed_in.form is None or handed_in.checked is None:
        return {}
    before = step.tree.documents.get(handed_in.form.id)
    if before is None:
        return {}
    found = differences(handed_in.form, before.answers, handed_in.checked.stored)
    return {difference.label: [difference.old, difference.new] for difference in found}


def _layers_digest(layers: tuple[str, ...]) -> str:
    """Return the hash of a form; with overlays, the hash of all layers' hashes in order."""
    return layers[0] if len(layers) == 1 else hashlib.sha256("".join(layers).encode()).hexdigest()
