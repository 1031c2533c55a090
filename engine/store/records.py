"""Business documents, attachments, the audit trail and answered requests."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select, update

from engine.model.jsontext import encode_json
from engine.model.keys import new_key
from engine.model.work import AttachmentRow, AuditEntry, DocumentRow
from engine.store.tables import attachment, audit_entry, document, idempotency

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

# Built once: every action writes such a line.
_NOTED: Final = insert(audit_entry)
_ATTACHMENT_FIELDS = tuple(item.name for item in fields(AttachmentRow))


def _document(row: Any) -> DocumentRow:
    return DocumentRow(
        key=row.key,
        root_key=row.root_key,
        form_id=row.form_id,
        form_sha256=row.form_sha256,
        version=row.version,
        work_item_key=row.work_item_key,
        answers=row.answers,
        stored_by=row.stored_by,
        stored_at=row.stored_at,
    )


class Records:
    """Documents, attachments, audit and answered requests inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def documents(self, root_key: int, before: int | None = None) -> dict[str, DocumentRow]:
        """Return the latest version of every document of a matter, by form id.

        Args:
            root_key: the matter.
            before: only versions that are older than what has this key.
        """
        versions = [document.c.root_key == root_key]
        if before is not None:
            versions.append(document.c.key < before)
        latest = (
            select(document.c.form_id, func.max(document.c.version).label("version"))
            .where(*versions)
            .group_by(document.c.form_id)
            .subquery()
        )
        statement = (
            select(document)
            .join(
                latest,
                (latest.c.form_id == document.c.form_id) & (latest.c.version == document.c.version),
            )
            .where(document.c.root_key == root_key)
            .order_by(document.c.key)
        )
        return {row.form_id: _document(row) for row in self._session.execute(statement)}

    def document_versions(self, root_key: int) -> list[DocumentRow]:
        """Return every stored version of every document of a matter, oldest first."""
        statement = select(document).where(document.c.root_key == root_key).order_by(document.c.key)
        return [_document(row) for row in self._session.execute(statement)]

    def add_document(self, row: DocumentRow) -> None:
        """Store a new version; its SHA-256 covers the answers' JSON text."""
        digest = hashlib.sha256(encode_json(row.answers).encode()).hexdigest()
        self._session.execute(insert(document).values(**vars(row), sha256=digest))

    def attachments(self, root_key: int) -> list[AttachmentRow]:
        """Return the files of a matter that were not removed, oldest first."""
        statement = (
            select(attachment)
            .where(attachment.c.root_key == root_key, attachment.c.removed_at.is_(None))
            .order_by(attachment.c.key)
        )
        return [
            AttachmentRow(**{name: row._mapping[name] for name in _ATTACHMENT_FIELDS})
            for row in self._session.execute(statement)
        ]

    def changed_files(self, root_key: int, since: int, at: datetime) -> list[tuple[str, str]]:
        """Return (form id, field) of files that came or went since something began.

        Args:
            root_key: the matter.
            since: key of what began; files with a larger one came later.
            at: when it began.
        """
        came = attachment.c.key > since
        went = attachment.c.removed_at >= at
        statement = (
            select(attachment.c.form_id, attachment.c.field)
            .where(attachment.c.root_key == root_key, attachment.c.form_id != "", came | went)
            .order_by(attachment.c.key)
        )
        return [(row.form_id, row.field) for row in self._session.execute(statement)]

    def attachment(self, key: int) -> AttachmentRow | None:
        """Return one file's row, also when it was removed later."""
        row = self._session.execute(select(attachment).where(attachment.c.key == key)).one_or_none()
        if row is None:
            return None
        return AttachmentRow(**{name: row._mapping[name] for name in _ATTACHMENT_FIELDS})

    def add_attachment(self, row: AttachmentRow) -> None:
        """Store a file's row."""
        self._session.execute(insert(attachment).values(**vars(row)))

    def remove_attachment(self, key: int, login: str, at: datetime) -> None:
        """Mark a file removed; row and content stay for the audit."""
        self._session.execute(
            update(attachment)
            .where(attachment.c.key == key)
            .values(removed_at=at, removed_by=login)
        )

    def audit(self, entries: Sequence[AuditEntry]) -> None:
        """Append lines to the audit trail."""
        if entries:
            self._session.execute(_NOTED, [{"key": new_key(), **vars(entry)} for entry in entries])

    def last_key(self) -> int:
        """Return the key of the newest line of the audit trail, 0 without any."""
        return self._session.execute(select(func.max(audit_entry.c.key))).scalar_one() or 0

    def audit_trail(self, root_key: int) -> list[AuditEntry]:
        """Return the lines of a matter, oldest first."""
        statement = (
            select(audit_entry)
            .where(audit_entry.c.root_key == root_key)
            .order_by(audit_entry.c.key)
        )
        names = [item.name for item in fields(AuditEntry)]
        return [
            AuditEntry(**{name: row._mapping[name] for name in names})
            for row in self._session.execute(statement)
        ]

    def answered(self, login: str, request_key: str) -> tuple[str, str, Mapping[str, Any]] | None:
        """Return (command, digest, answer) of a request that was answered before."""
        row = self._session.execute(
            select(idempotency).where(
                idempotency.c.login == login, idempotency.c.request_key == request_key
            )
        ).one_or_none()
        return None if row is None else (row.command, row.digest, row.answer)

    def remember_answer(self, login: str, request_key: str, **values: Any) -> None:
        """Store the answer to a request: ``command``, ``digest``, ``answer``, ``at``."""
        self._session.execute(
            insert(idempotency).values(login=login, request_key=request_key, **values)
        )
