"""Who evaluates now: the first draw and everything that was drawn in place of somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handlers.records.draws import chain, picks
from handlers.records.experts import KIND

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from handlers.records.draws import Draw, Pick

#: Why an expert is out of a later draw: cannot come; sits on the panel already.
REPLACED: Final = "REPLACED"
ON_PANEL: Final = "ON_PANEL"


def drawn_of(session: Session, subject: int) -> list[Draw]:
    """Return the draws of a matter that were made, in their order."""
    return [item for item in chain(session, KIND, subject) if item.drawn_at is not None]


def panel_of(session: Session, subject: int) -> list[Pick]:
    """Return who evaluates now, in the order drawn; empty before the first draw."""
    panel: list[Pick] = []
    for item in drawn_of(session, subject):
        gone = {code for code, why in item.frozen_list.excluded.items() if why == REPLACED}
        panel = [one for one in panel if one.candidate not in gone]
        panel += picks(session, item)
    return panel
