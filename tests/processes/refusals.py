"""A refusal: the field and its code, and nothing else but one line in the trail."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy import text

from engine.errors import NotAllowedError, ValidationFailedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver

#: Everything that a step, a message or a handler could have written.
_STATE: Final = """
    SELECT (SELECT count(*) FROM process_instance),
           (SELECT coalesce(sum(revision), 0) FROM process_instance),
           (SELECT count(*) FROM work_item), (SELECT count(*) FROM document),
           (SELECT count(*) FROM work_item WHERE state IN ('offered', 'claimed')),
           (SELECT count(*) FROM project), (SELECT coalesce(sum(revision), 0) FROM lot),
           (SELECT count(*) FROM notice_version), (SELECT count(*) FROM award),
           (SELECT count(*) FROM contract), (SELECT count(*) FROM payment),
           (SELECT count(*) FROM draw WHERE drawn_at IS NOT NULL)
"""
_OUTBOX: Final = "SELECT (SELECT count(*) FROM job), (SELECT count(*) FROM sent_message)"
_LINES: Final = "SELECT count(*) FROM audit_entry"


@contextmanager
def nothing_but_a_line(office: Engine) -> Iterator[None]:
    """Expect no state change, no message to an outside system, and one audit line."""
    before, (lines,) = state(office), _read(office, _LINES)
    yield
    assert state(office) == before
    assert _read(office, _LINES) == (lines + 1,)


def state(office: Engine) -> tuple[Any, ...]:
    """Return what tells one state of all matters, records and messages from another."""
    return _read(office, _STATE) + _read(office, _OUTBOX)


def refused(
    matter: ProcessDriver,
    element_id: str,
    answers: Mapping[str, Any],
    *,
    outcome: str = "complete",
    by: str = "",
    opinion: str = "同意。",
) -> list[tuple[str, str]]:
    """Complete a step, expect that nothing happens and return the (field, code) pairs."""
    faults = refusal(matter, element_id, answers, outcome=outcome, by=by, opinion=opinion)
    return [(error.field, error.code) for error in faults.errors]


def refusal(
    matter: ProcessDriver, element_id: str, answers: Mapping[str, Any], **how: Any
) -> ValidationFailedError:
    """Complete a step, expect that nothing happens and return the error."""
    by = how.pop("by", "") or matter.initiator
    with (
        nothing_but_a_line(matter.engine),
        pytest.raises(ValidationFailedError) as refused_with,
    ):
        matter.complete(element_id, by=by, answers=answers, **how)
    return refused_with.value


def forbidden(matter: ProcessDriver, element_id: str, outcome: str, *, by: str) -> None:
    """Try what a person may not do, and expect that nothing happens."""
    with nothing_but_a_line(matter.engine), pytest.raises(NotAllowedError):
        matter.complete(element_id, outcome, by=by)


def _read(office: Engine, query: str) -> tuple[Any, ...]:
    with office.database.session(write=False) as session:
        return tuple(session.execute(text(query)).one())
