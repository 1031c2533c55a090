"""Business documents and files as pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.model.participants import PUBLIC
from engine.queries.views import AttachmentView, DocumentView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.matter import MatterTree
    from engine.commands.services import Services
    from engine.model.work import AttachmentRow
    from engine.queries.language import Translator


def attachment_views(rows: Sequence[AttachmentRow], services: Services) -> list[AttachmentView]:
    """Return files with their uploaders' names."""
    if not rows:
        return []
    people = services.store.identity.people([row.uploaded_by for row in rows])
    return [
        AttachmentView(
            key=str(row.key),
            field=row.field,
            name=row.name,
            size=row.size,
            content_type=row.content_type,
            uploaded_by=people.get(row.uploaded_by, (row.uploaded_by, "", True))[0],
            uploaded_at=row.uploaded_at,
            sha256=row.sha256,
        )
        for row in rows
    ]


def document_views(
    tree: MatterTree,
    form_ids: Sequence[str],
    files: Sequence[AttachmentRow],
    words: Translator,
    services: Services,
) -> list[DocumentView]:
    """Return the latest version of each named document that exists, in the order named."""
    rows = [tree.documents[form_id] for form_id in form_ids if form_id in tree.documents]
    people = services.store.identity.people([row.stored_by for row in rows]) if rows else {}
    outside = any(row.stored_by == PUBLIC.login for row in rows)
    parties = services.store.outside.parties(tree.root.row.key) if outside else {}
    return [
        DocumentView(
            form=services.catalog.form(tree.binding.form(row.form_id)).translated(words.texts),
            answers=row.answers,
            version=row.version,
            stored_by=parties.get(row.work_item_key)
            or people.get(row.stored_by, (row.stored_by, "", True))[0],
            stored_at=row.stored_at,
            attachments=attachment_views(
                [file for file in files if file.form_id == row.form_id], services
            ),
        )
        for row in rows
    ]
