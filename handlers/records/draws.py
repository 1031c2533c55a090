"""Random draws as rows: opened with the server's commitment, frozen, drawn once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from engine.model.keys import new_key
from handlers.draws.protocol import SERVER, Contribution, FrozenList, commitment_of
from handlers.records.tables import draw, draw_pick, draw_share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from handlers.draws.protocol import Result


@dataclass(frozen=True, kw_only=True)
class Draw:
    """A row of the table ``draw``; the server's secret is not among what is read.

    Attributes:
        key: row key.
        kind: what is drawn, e.g. ``experts``.
        subject: key of the matter.
        sequence: 1 for the first draw of the matter.
        number: business number, ``None`` before the list is frozen.
        replaces: key of the draw that this one follows.
        reason: why it was drawn again.
        server_commitment: hex SHA-256, published at the opening.
        frozen: the list, ``None`` before it is frozen.
        drawn_at: ``None`` before the draw.
        drawn_by: login of the drawer.
        protocol: the protocol file as JSON data.
    """

    key: int
    kind: str
    subject: int
    sequence: int
    number: str | None
    replaces: int | None
    reason: str
    server_commitment: str
    opened_at: datetime
    frozen: Mapping[str, Any] | None
    list_sha256: str | None
    frozen_at: datetime | None
    drawn_at: datetime | None
    drawn_by: str | None
    mode: str | None
    protocol: Mapping[str, Any] | None
    protocol_sha256: str | None
    void_at: datetime | None

    @property
    def frozen_list(self) -> FrozenList:
        """The list as it was frozen.

        Raises:
            ValueError: it is not frozen yet.
        """
        if self.frozen is None:
            message = f"draw {self.key} is not frozen"
            raise ValueError(message)
        return FrozenList.from_json(self.frozen)


@dataclass(frozen=True, kw_only=True)
class Pick:
    """One drawn candidate; ``place`` counts from 1 in the order drawn."""

    place: int
    group: str
    candidate: str


def open_draw(
    session: Session,
    kind: str,
    subject: int,
    now: datetime,
    *,
    replaces: Draw | None = None,
    reason: str = "",
) -> Draw:
    """Open a draw: the server's secret is drawn and its commitment can be published.

    A draw of the subject that is open already stays (a database constraint allows only one).
    """
    before = chain(session, kind, subject)
    if before and before[-1].drawn_at is None and before[-1].void_at is None:
        return before[-1]
    secret = secrets.token_hex(32)
    key = new_key()
    session.execute(
        insert(draw).values(
            key=key,
            kind=kind,
            subject=subject,
            sequence=len(before) + 1,
            replaces=None if replaces is None else replaces.key,
            reason=reason,
            server_secret=secret,
            server_commitment=commitment_of(secret),
            opened_at=now,
        )
    )
    return chain(session, kind, subject)[-1]


def chain(session: Session, kind: str, subject: int) -> list[Draw]:
    """Return all draws of a subject in their order."""
    columns = [draw.c[name] for name in Draw.__dataclass_fields__]
    statement = (
        select(*columns)
        .where(draw.c.kind == kind, draw.c.subject == subject)
        .order_by(draw.c.sequence)
    )
    return [Draw(**row) for row in session.execute(statement).mappings()]


def freeze(session: Session, item: Draw, frozen: FrozenList, now: datetime) -> None:
    """Fix what is drawn from; until the draw a corrected application may fix it anew."""
    session.execute(
        update(draw)
        .where(draw.c.key == item.key)
        .values(
            number=frozen.draw,
            frozen=frozen.to_json(),
            list_sha256=frozen.sha256,
            frozen_at=now,
        )
        .execution_options(synchronize_session=False)
    )


def follow(session: Session, item: Draw, before: Draw, reason: str) -> None:
    """Say which draw an opened one follows, and why it is drawn again."""
    session.execute(
        update(draw)
        .where(draw.c.key == item.key)
        .values(replaces=before.key, reason=reason)
        .execution_options(synchronize_session=False)
    )


def keep_commitment(
    session: Session, item: Draw, party: str, commitment: str, now: datetime
) -> None:
    """Keep a party's commitment; one given before for the same draw stays."""
    known = [row.party for row in _shares(session, item)]
    if party not in known:
        session.execute(
            insert(draw_share).values(
                draw=item.key, party=party, commitment=commitment, committed_at=now
            )
        )


def give(session: Session, item: Draw, party: str, secret: str, now: datetime) -> None:
    """Keep what a party gives without a commitment, once."""
    known = [row.party for row in _shares(session, item)]
    if party not in known:
        session.execute(
            insert(draw_share).values(draw=item.key, party=party, secret=secret, revealed_at=now)
        )


def reveal(session: Session, item: Draw, party: str, secret: str, now: datetime) -> bool:
    """Keep a revealed secret; ``False`` when it is not the one that was committed to."""
    result = session.execute(
        update(draw_share)
        .where(
            draw_share.c.draw == item.key,
            draw_share.c.party == party,
            draw_share.c.commitment == commitment_of(secret),
            draw_share.c.secret.is_(None),
        )
        .values(secret=secret, revealed_at=now)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount == 1)  # type: ignore[attr-defined]


def commitments(session: Session, item: Draw) -> dict[str, str]:
    """Return ``{party: commitment}`` of the parties that have committed to something."""
    return {row.party: row.commitment for row in _shares(session, item) if row.commitment}


def contributions(session: Session, item: Draw, now: datetime) -> list[Contribution]:
    """Return every party's share, the server's revealed now.

    Raises:
        ValueError: a party has not revealed what it committed to.
    """
    server = session.execute(
        select(draw.c.server_secret).where(draw.c.key == item.key)
    ).scalar_one()
    own = Contribution(
        party=SERVER,
        secret=server,
        commitment=item.server_commitment,
        committed_at=item.opened_at.isoformat(),
        revealed_at=now.isoformat(),
    )
    return [own, *(_contribution(row) for row in _shares(session, item))]


def _shares(session: Session, item: Draw) -> Sequence[Any]:
    statement = select(draw_share).where(draw_share.c.draw == item.key)
    return session.execute(statement.order_by(draw_share.c.party)).all()


def _contribution(row: Any) -> Contribution:
    if row.secret is None:
        message = f"{row.party} has not revealed its secret"
        raise ValueError(message)
    return Contribution(
        party=row.party,
        secret=row.secret,
        commitment=row.commitment,
        committed_at="" if row.committed_at is None else row.committed_at.isoformat(),
        revealed_at=row.revealed_at.isoformat(),
    )


def store_result(
    session: Session, item: Draw, result: Result, drawn_by: str, now: datetime
) -> bool:
    """Store what was drawn; ``False`` when it was drawn before, which then stays."""
    stored = session.execute(
        update(draw)
        .where(draw.c.key == item.key, draw.c.drawn_at.is_(None), draw.c.void_at.is_(None))
        .values(
            drawn_at=now,
            drawn_by=drawn_by,
            mode=str(result.mode),
            protocol=result.document,
            protocol_sha256=result.sha256,
        )
        .execution_options(synchronize_session=False)
    )
    if stored.rowcount != 1:  # type: ignore[attr-defined]
        return False
    drawn = [(group, name) for group, names in result.picks.items() for name in names]
    session.execute(
        insert(draw_pick),
        [
            {"draw": item.key, "place": place, "group_name": group, "candidate": name}
            for place, (group, name) in enumerate(drawn, start=1)
        ],
    )
    return True


def make_void(session: Session, item: Draw, now: datetime) -> None:
    """End a draw that cannot be made; what follows is another one."""
    session.execute(
        update(draw)
        .where(draw.c.key == item.key)
        .values(void_at=now)
        .execution_options(synchronize_session=False)
    )


def picks(session: Session, item: Draw) -> list[Pick]:
    """Return what was drawn, in the order drawn."""
    statement = select(draw_pick).where(draw_pick.c.draw == item.key).order_by(draw_pick.c.place)
    return [
        Pick(place=row.place, group=row.group_name, candidate=row.candidate)
        for row in session.execute(statement)
    ]
