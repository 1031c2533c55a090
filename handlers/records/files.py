"""Files that people attached to a form of a matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.store.records import Records

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def attached(session: Session, instance_key: int, form_id: str) -> tuple[int, ...]:
    """Return the keys of the files of a form that were not removed, oldest first."""
    rows = Records(session).attachments(instance_key)
    return tuple(row.key for row in rows if row.form_id == form_id)
