"""An administrator deals with an incident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.follow_staff_change import retry_nobody
from engine.commands.reasons import require_reason
from engine.commands.services import key_of
from engine.errors import NotAllowedError, NotFoundError, WrongStateError
from engine.model.participants import ADMIN_ROLE
from engine.store.incidents import Stopped

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.store.incidents import IncidentRow


@dataclass(frozen=True, kw_only=True)
class RetryIncident:
    """重试: resolve the incident and put what stopped back to work.

    Attributes:
        incident_key: the incident.
        attempts: more tries for a job, ≥ 1.

    Raises:
        NotFoundError: no such incident.
        NotAllowedError: not an administrator.
        WrongStateError: resolved before, or what stopped is gone.
    """

    incident_key: str
    attempts: int = 3

    def execute(self, services: Services) -> None:
        """Restart."""
        row = _read(self.incident_key, services)
        if row.stopped is Stopped.WORK and row.resolved_at is None:
            if not retry_nobody(row, services):
                raise WrongStateError(
                    "该环节目前仍没有可以办理的人员，请先在“人员与单位”中设置岗位人员。",
                    "Still nobody can do this step; fill its post first.",
                )
            services.note("incident_retried", root_key=row.root_key, detail={"code": row.kind})
            return
        if not services.store.incidents.restart(row, services.now, max(1, self.attempts)):
            raise _gone()
        services.makes_work = True
        _close(row, services, "incident_retried", {})


@dataclass(frozen=True, kw_only=True)
class ResolveIncident:
    """关闭: the incident was dealt with otherwise; nothing is tried again.

    Raises:
        NotFoundError: no such incident.
        NotAllowedError: not an administrator.
        WrongStateError: resolved before.
        ValidationFailedError: no reason given.
    """

    incident_key: str
    reason: str

    def execute(self, services: Services) -> None:
        """Close."""
        row = _read(self.incident_key, services)
        _close(row, services, "incident_resolved", {"reason": require_reason(self.reason)})


def _read(incident_key: str, services: Services) -> IncidentRow:
    if not services.person.has_role(ADMIN_ROLE):
        raise NotAllowedError
    row = services.store.incidents.get(key_of(incident_key, "异常", "incident"))
    if row is None:
        raise NotFoundError("异常", "incident", incident_key)
    return row


def _close(row: IncidentRow, services: Services, action: str, detail: dict[str, str]) -> None:
    if not services.store.incidents.resolve(row.key, services.actor.login, services.now):
        raise _gone()
    services.note(action, root_key=row.root_key, detail={"code": row.kind, **detail})


def _gone() -> WrongStateError:
    return WrongStateError(
        "该异常已经处理，请刷新列表。", "This incident was dealt with before; reload the list."
    )
