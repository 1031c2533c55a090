"""Business documents: every submission of a form is a new version."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from engine.forms import differences
from engine.model.keys import new_key
from engine.model.work import DocumentRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.matter import MatterTree
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.commands.submission import Submission


def store_document(step: Step, handed_in: Submission, services: Services) -> None:
    """Store the checked answers as the next version of the form's document."""
    if handed_in.form is None or handed_in.checked is None:
        return
    document = (handed_in.form.id, handed_in.checked.stored)
    next_version(step.tree, document, step.item.key, services.actor.login, services)


def next_version(
    tree: MatterTree,
    document: tuple[str, Mapping[str, Any]],
    work_item_key: int,
    by: str,
    services: Services,
) -> None:
    """Store the next version of a document.

    Args:
        tree: the matter.
        document: (form id, answers as stored).
        work_item_key: where it was filled in.
        by: login of whoever did.
        services: the command's.
    """
    form_id, answers = document
    before = tree.documents.get(form_id)
    row = DocumentRow(
        key=new_key(),
        root_key=tree.root.row.key,
        form_id=form_id,
        form_sha256=_layers_digest(tree.binding.form(form_id)),
        version=before.version + 1 if before else 1,
        work_item_key=work_item_key,
        answers=answers,
        stored_by=by,
        stored_at=services.now,
    )
    services.store.records.add_document(row)
    tree.keep_document(row)


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
