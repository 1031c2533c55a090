"""One job: call its handler with no transaction open, hand in what came of it."""

from __future__ import annotations

import logging
import secrets
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from engine.commands import CompleteJob, FailJob, ThrowFromJob
from engine.errors import NotFoundError, StaleRevisionError, WorkflowError, WrongStateError
from engine.handler import BpmnError, Receipt, RejectedError, UnreachableError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands import ClaimedJob
    from engine.handler import Registered
    from engine.runtime import Engine

_log = logging.getLogger(__name__)

#: Tries to hand in a result before the lease is left to lapse, and seconds before the second one.
_SETTLE_TRIES: Final = 5
_SETTLE_PAUSE: Final = 0.05


def run_job(engine: Engine, claimed: ClaimedJob) -> None:
    """Call the handler with no transaction open and hand in what came of it."""
    outcome = _outcome(engine, claimed)
    try:
        _hand_in(engine, outcome)
    except (NotFoundError, WrongStateError) as error:
        # fenced off, cancelled or gone: the matter moved on without this result
        _log.warning("result dropped", extra={"action": "hand_in", "code": error.code})
    except WorkflowError as error:
        # The handler is done, but what follows in the model cannot go on: the receipt is kept,
        # so that the next try does not call again.
        failure = _failure(claimed, f"{error.code}: {error.message_zh}")
        _hand_in(engine, replace(failure, receipt=getattr(outcome, "receipt", None)))


def _outcome(engine: Engine, claimed: ClaimedJob) -> CompleteJob | FailJob | ThrowFromJob:
    registered = engine.registry.handler(claimed.job_type)
    if registered is None:
        return _failure(claimed, f"没有名为“{claimed.job_type}”的处理程序 / no such handler")
    if claimed.is_contradiction:
        words = "相同编号的消息曾以不同内容发送 / sent before with another content"
        return replace(_failure(claimed, words), final=True)
    if claimed.earlier is not None:
        return _success(claimed, claimed.earlier.variables)
    return _call(registered, claimed)


def _call(registered: Registered, claimed: ClaimedJob) -> CompleteJob | FailJob | ThrowFromJob:
    job = claimed.job
    try:
        written = registered.function(job, **registered.arguments(claimed.variables))
    except BpmnError as error:
        return ThrowFromJob(
            job_key=job.key, fence=claimed.fence, code=error.code, variables=error.variables
        )
    except Exception as error:  # any failure of foreign code is a retry, then an incident
        return _failed(registered, claimed, error)
    if isinstance(written, Receipt):
        return replace(_success(claimed, written.variables), receipt=written)
    return _success(claimed, written or {})


def _failed(registered: Registered, claimed: ClaimedJob, error: Exception) -> FailJob:
    is_known = isinstance(error, RejectedError | UnreachableError)
    hidden = registered.contract.hidden if registered.contract else frozenset()
    words = f"{error}" if is_known else f"{type(error).__name__}: {error}"
    for name in hidden:
        if secret := str(claimed.variables.get(name) or ""):
            words = words.replace(secret, "***")
    # A partner that is away is no news, and a traceback may show what is hidden.
    trace = None if is_known or hidden else error
    _log.warning("failed: %s", words, exc_info=trace, extra={"action": claimed.job_type})
    return replace(
        _failure(claimed, words),
        final=isinstance(error, RejectedError),
        unreachable=isinstance(error, UnreachableError),
        retry_after=getattr(error, "retry_after", 0),
    )


def _success(claimed: ClaimedJob, variables: Mapping[str, Any]) -> CompleteJob:
    return CompleteJob(job_key=claimed.job.key, fence=claimed.fence, variables=variables)


def _failure(claimed: ClaimedJob, text: str) -> FailJob:
    return FailJob(job_key=claimed.job.key, fence=claimed.fence, error=text)


def _hand_in(engine: Engine, outcome: CompleteJob | FailJob | ThrowFromJob) -> None:
    """Execute ``outcome``; tried again when the database or a neighbour was in the way."""
    for attempt in range(1, _SETTLE_TRIES + 1):
        try:
            engine.execute(outcome)
        except StaleRevisionError:
            if attempt == _SETTLE_TRIES:
                raise
        except WorkflowError:
            raise
        except Exception:  # e.g. the connection broke; the effect outside must not be lost
            if attempt == _SETTLE_TRIES:
                raise
            _log.warning("result not stored yet", exc_info=True, extra={"action": "hand_in"})
        else:
            return
        time.sleep(_SETTLE_PAUSE * 2**attempt * jitter())


def jitter() -> float:
    """Return 0.5..1.0, so that several workers do not knock at the same moment."""
    return 0.5 + secrets.randbelow(501) / 1000
