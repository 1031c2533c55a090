"""回避: a person keeps away from one matter, or from all matters of a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from engine.clock import OFFICE_ZONE
from engine.commands.naming import require_active, require_unit
from engine.commands.reasons import require_reason
from engine.commands.services import key_of
from engine.errors import NotAllowedError, NotFoundError, WrongStateError, field_error
from engine.model.duties import Recusal
from engine.model.keys import new_key, parse_key
from engine.model.participants import ADMIN_ROLE

if TYPE_CHECKING:
    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class AddRecusal:
    """登记回避: the person may neither decide, advise nor be chosen; tasks go to somebody else.

    Attributes:
        reason: 1 to 500 characters; the person is shown it.
        instance_key: the matter; empty for a unit.
        unit: code or full name of the unit; empty for a matter.
        person: login or full name, empty = the actor. Administrators only.
        until: last day, ``None`` = until it is lifted.

    Raises:
        NotAllowedError: somebody else's, and not an administrator.
        ValidationFailedError: at the field.
    """

    reason: str
    instance_key: str = ""
    unit: str = ""
    person: str = ""
    until: date | None = None

    def execute(self, services: Services) -> int:
        """Keep it and let open work follow; returns its key."""
        actor = services.person
        login = actor.login
        if self.person and self.person not in (actor.login, actor.name):
            if not actor.has_role(ADMIN_ROLE):
                raise NotAllowedError(
                    "只能登记本人回避；为他人登记请联系管理员。",
                    "You can recuse yourself only; ask an administrator.",
                )
            login = require_active(self.person, "person", services).login
        root_key, unit = self._target(services)
        row = Recusal(
            key=new_key(),
            participant=login,
            root_key=root_key,
            unit=unit,
            reason=require_reason(self.reason),
            until=_end_of(self.until, services.now),
            created_at=services.now,
            created_by=actor.login,
        )
        _require_new(row, services)
        services.store.duties.add_recusal(row)
        follow(login, services)
        person = services.participant(login)
        services.note(
            "recusal_added",
            root_key=root_key,
            detail={
                "person": person.name if person else login,
                "unit": unit or "",
                "reason": row.reason,
                "until": self.until.isoformat() if self.until else "",
            },
        )
        return row.key

    def _target(self, services: Services) -> tuple[int | None, str | None]:
        """Return the matter or the unit."""
        matter, unit = self.instance_key.strip(), self.unit.strip()
        if bool(matter) == bool(unit):
            raise field_error(
                "unit",
                "ERR_REQUIRED",
                "请填写一个单位，或从事项页面登记回避一个事项。",
                "Write one unit, or recuse from the page of a matter.",
            )
        if unit:
            return None, require_unit(unit, "unit", services).code
        key = parse_key(matter)
        tree = services.store.instances.tree(key) if key else []
        if not tree or tree[0].key != key:
            raise field_error(
                "instance_key", "ERR_NOT_FOUND", "事项不存在，请核对。", "There is no such matter."
            )
        return key, None


@dataclass(frozen=True, kw_only=True)
class LiftRecusal:
    """解除回避: the person may act again from now on.

    Attributes:
        reason: 1 to 500 characters.

    Raises:
        NotFoundError: there is none.
        NotAllowedError: not an administrator.
        WrongStateError: lifted before.
        ValidationFailedError: no reason.
    """

    recusal_key: str
    reason: str

    def execute(self, services: Services) -> None:
        """End it."""
        if not services.person.has_role(ADMIN_ROLE):
            raise NotAllowedError(
                "只有管理员可以解除回避。", "Only an administrator can lift a recusal."
            )
        row = services.store.duties.recusal(key_of(self.recusal_key, "回避", "recusal"))
        if row is None:
            raise NotFoundError("回避", "recusal", self.recusal_key)
        reason = require_reason(self.reason)
        if not services.store.duties.lift(row.key, services.actor.login, services.now):
            raise WrongStateError(
                "该回避已经解除，请刷新页面。", "It was lifted before; reload the page."
            )
        follow(row.participant, services, leaves=False)
        person = services.participant(row.participant)
        services.note(
            "recusal_lifted",
            root_key=row.root_key,
            detail={
                "person": person.name if person else row.participant,
                "unit": row.unit or "",
                "reason": reason,
            },
        )


def follow(login: str, services: Services, *, leaves: bool = True) -> None:
    """Let workers look through the open work of a person after this command.

    Args:
        login: who.
        services: the command's.
        leaves: the person may do less than before, so something may be left without anybody.
    """
    services.store.staff_changes.add(login, services.now, offers=leaves)
    services.makes_work = True


def _end_of(last: date | None, now: datetime) -> datetime | None:
    if last is None:
        return None
    if last < now.astimezone(OFFICE_ZONE).date():
        raise field_error(
            "until", "ERR_DATE", "截止日期不能早于今天。", "The last day is today or later."
        )
    end = datetime.combine(last + timedelta(days=1), time(), OFFICE_ZONE)
    return end.astimezone(now.tzinfo)


def _require_new(row: Recusal, services: Services) -> None:
    for other in services.store.duties.recusals(participant=row.participant):
        same = (other.root_key, other.unit) == (row.root_key, row.unit)
        if same and other.holds(services.now):
            raise field_error(
                "unit" if row.unit else "instance_key",
                "ERR_EXISTS",
                "此人已经登记了这项回避，无需重复登记。",
                "This recusal is registered already.",
            )
