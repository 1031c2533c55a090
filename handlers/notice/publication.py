"""What a process and the announcement website get of a version that was just published."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from handlers.records.notices import Signature, notice_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.handler import Matter
    from handlers.records.notices import PublishedNotice

#: Where the public site shows a notice; the key never changes.
_ADDRESS: Final = "/notices/{key}"


def address_of(key: int) -> str:
    """Return the permanent address of a notice on our own public site."""
    return _ADDRESS.format(key=key)


def signature(matter: Matter) -> Signature:
    """Return who publishes in a matter."""
    return Signature(login=matter.actor, instance_key=int(matter.instance_key), now=matter.now)


def publication(session: Session, key: int) -> dict[str, Any]:
    """Return the inputs of ``website.publish`` for the latest version of a notice.

    Raises:
        LookupError: there is no such notice.
    """
    found = notice_of(session, key)
    if found is None:
        message = f"notice {key} does not exist"
        raise LookupError(message)
    return {
        "notice_id": f"{found.key}/{found.version}",
        "kind": found.kind.value,
        "title": found.title,
        "address": address_of(found.key),
        "content": _content(found),
    }


def _content(item: PublishedNotice) -> dict[str, Any]:
    return {
        "version": item.version,
        "reason": item.reason,
        "published_at": item.published_at.isoformat(),
        "first_published_at": item.first_published_at.isoformat(),
        "period_from": _iso(item.period_from),
        "period_to": _iso(item.period_to),
        "deadline": _iso(item.deadline),
        "sections": [asdict(section) for section in item.sections],
        "facts": dict(item.facts),
        "sha256": item.sha256,
    }


def _iso(value: Any) -> str:
    return "" if value is None else str(value.isoformat())
