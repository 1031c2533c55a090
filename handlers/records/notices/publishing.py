"""Publish: every publication adds a numbered version, nothing is ever changed."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from engine.model.jsontext import encode_json
from engine.model.keys import new_key
from engine.store.tables import attachment
from handlers.records.notices.kinds import SEVERAL_PER_LOT
from handlers.records.notices.texts import NoticeFile
from handlers.records.tables import notice, notice_attachment, notice_lot, notice_version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.records.notices.texts import NewNotice, NoticeText, Signature


def publish(session: Session, new: NewNotice, text: NoticeText, signature: Signature) -> int:
    """Publish the first version of a notice and return the notice's key, its address.

    Raises:
        IntegrityError: a lot has a live notice of the same family already.
    """
    key = new_key()
    session.execute(
        insert(notice).values(
            key=key,
            kind=new.kind,
            project=new.project,
            unit=new.unit,
            division=new.division,
            refers_to=new.refers_to,
            first_published_at=signature.now,
            versions=1,
        )
    )
    if new.lots:
        family = new.kind.family
        ended = signature.now if family in SEVERAL_PER_LOT else None
        session.execute(
            insert(notice_lot),
            [
                {
                    "key": new_key(),
                    "notice": key,
                    "lot": item.key,
                    "family": family,
                    "lot_revision": item.revision,
                    "released_at": ended,
                }
                for item in new.lots
            ],
        )
    _add_version(session, key, 1, text, signature)
    return key


def publish_version(session: Session, key: int, text: NoticeText, signature: Signature) -> int:
    """Publish a further version of a notice and return its number.

    Raises:
        NoResultFound: there is no such notice.
    """
    version: int = session.execute(
        update(notice)
        .where(notice.c.key == key)
        .values(versions=notice.c.versions + 1)
        .returning(notice.c.versions)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    _add_version(session, key, version, text, signature)
    return version


def _add_version(
    session: Session, key: int, version: int, text: NoticeText, signature: Signature
) -> None:
    files = _files(session, text.attachments)
    sections = [asdict(section) for section in text.sections]
    shown = {
        "title": text.title,
        "sections": sections,
        "facts": text.facts,
        "period": [text.period_from, text.period_to],
        "deadline": text.deadline,
        "reason": text.reason,
        "files": [file.sha256 for file in files],
    }
    session.execute(
        insert(notice_version).values(
            notice=key,
            version=version,
            title=text.title,
            sections=sections,
            facts=dict(text.facts),
            search_text=_search_text(text),
            period_from=text.period_from,
            period_to=text.period_to,
            deadline=text.deadline,
            reason=text.reason,
            published_at=signature.now,
            published_by=signature.login,
            instance_key=signature.instance_key,
            sha256=hashlib.sha256(encode_json(shown).encode()).hexdigest(),
        )
    )
    if files:
        session.execute(
            insert(notice_attachment),
            [
                {"notice": key, "version": version, "position": position, **asdict(file)}
                for position, file in enumerate(files, start=1)
            ],
        )


def _files(session: Session, keys: Sequence[int]) -> list[NoticeFile]:
    if not keys:
        return []
    names = [name for name in NoticeFile.__dataclass_fields__ if name != "attachment"]
    statement = select(
        attachment.c.key.label("attachment"), *(attachment.c[name] for name in names)
    ).where(attachment.c.key.in_(keys))
    found = {row["attachment"]: row for row in session.execute(statement).mappings()}
    return [NoticeFile(**found[key]) for key in keys]


def _search_text(text: NoticeText) -> str:
    parts = [text.title]
    for section in text.sections:
        parts += [section.heading, section.text]
        parts += [f"{label} {value}" for label, value in section.fields]
        parts += [" ".join(row) for row in section.rows]
    return "\n".join(part for part in parts if part)


def release_lots(session: Session, lots: Sequence[int], now: datetime) -> int:
    """Let no notice be the live one of these lots (failed, terminated); return how many were.

    A lot that is released may be announced again.
    """
    statement = (
        update(notice_lot)
        .where(notice_lot.c.lot.in_(lots), notice_lot.c.released_at.is_(None))
        .values(released_at=now)
        .returning(notice_lot.c.key)
        .execution_options(synchronize_session=False)
    )
    return len(session.execute(statement).all())
