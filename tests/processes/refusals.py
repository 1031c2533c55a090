"""A refusal: the field and its code, and nothing else but one line in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from engine.errors import ValidationFailedError
from engine.store.tables import job, sent_message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver


def refused(
    matter: ProcessDriver,
    element_id: str,
    answers: Mapping[str, Any],
    *,
    outcome: str = "complete",
    by: str = "",
) -> list[tuple[str, str]]:
    """Complete a step, expect a refusal and return its (field, code) pairs.

    Nothing may have changed: no state, no message to an outside system, one audit line more.
    """
    before, lines, outbox = matter.work_items, len(matter.audit()), _outbox(matter.engine)
    with pytest.raises(ValidationFailedError) as refusal:
        matter.complete(element_id, outcome, by=by or matter.initiator, answers=answers)
    assert matter.work_items == before
    assert len(matter.audit()) == lines + 1
    assert _outbox(matter.engine) == outbox
    return [(error.field, error.code) for error in refusal.value.errors]


def _outbox(office: Engine) -> tuple[int, int]:
    """Count what waits to go out and what went out."""
    with office.database.session(write=False) as session:
        return (
            session.execute(select(func.count()).select_from(job)).scalar_one(),
            session.execute(select(func.count()).select_from(sent_message)).scalar_one(),
        )
