"""An administrator gives and takes posts, at once or from a day on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from engine.clock import OFFICE_ZONE
from engine.commands.add_recusal import follow
from engine.commands.administering import (
    Checks,
    require_administrator,
    require_other_administrator,
)
from engine.commands.manage_people import require_person
from engine.commands.naming import require_unit
from engine.commands.reasons import require_reason
from engine.commands.services import key_of
from engine.errors import NotFoundError, WrongStateError, field_error
from engine.model.keys import new_key
from engine.model.participants import ADMIN_ROLE, Membership
from engine.store.staff import PostChange

if TYPE_CHECKING:
    from engine.commands.services import Services

_SCOPE: Final = re.compile(r"(\d\d){0,3}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class GivePost:
    """任职: the person holds a role in a unit, for its own concerns or for a region.

    Attributes:
        login: who.
        role: role key.
        unit: code or full name.
        scope: empty = the unit's own concerns; ``*`` = the whole country; else a division prefix.
        starts_on: first day, today or ``None`` = at once.
        reason: e.g. the number of the document, 1 to 500 characters.

    Raises:
        NotFoundError: no such person.
        NotAllowedError: not an administrator.
        ValidationFailedError: at the fields.
    """

    login: str
    role: str
    unit: str
    scope: str = ""
    starts_on: date | None = None
    reason: str

    def execute(self, services: Services) -> Membership | None:
        """Give it, or keep it for its day.

        Returns:
            What the person holds of this role in this unit until then: a role has one scope there.
        """
        require_administrator(services)
        person = require_person(self.login, services)
        checks = Checks()
        checks.require(
            holds=self.role in services.store.identity.roles(),
            field="role",
            zh="请选择岗位。",
            en="Choose a post.",
        )
        unit = checks.attempt(lambda: require_unit(self.unit, "unit", services))
        scope = self.scope.strip()
        checks.require(
            holds=scope == "*" or bool(_SCOPE.fullmatch(scope)),
            field="scope",
            zh="请填写区划代码的前 2、4 或 6 位，全国填 *，只负责本单位留空。",
            en="2, 4 or 6 digits of a division, * for the country, empty for the unit alone.",
        )
        at = checks.attempt(lambda: _moment(self.starts_on, "starts_on", services.now))
        reason = checks.attempt(lambda: require_reason(self.reason))
        checks.done()
        prefix = ("" if scope == "*" else scope) if scope else None
        post = Membership(role=self.role, unit=unit.code if unit else "", scope_prefix=prefix)
        if post in person.memberships:
            raise field_error(
                "role",
                "ERR_EXISTS",
                "该人员已经担任此岗位。",
                "The person holds this post already.",
            )
        _change(
            person.login, post, services, gives=True, at=at or services.now, reason=reason or ""
        )
        held = {(one.role, one.unit): one for one in person.memberships}
        return held.get((post.role, post.unit))


@dataclass(frozen=True, kw_only=True)
class TakePost:
    """免职: the person no longer holds a role in a unit; open work follows.

    Attributes:
        login: who.
        role: role key.
        unit: code.
        ends_on: first day without it, today or ``None`` = at once.
        reason: 1 to 500 characters.

    Raises:
        NotFoundError: no such person.
        NotAllowedError: not an administrator.
        WrongStateError: does not hold it.
        ValidationFailedError: date, reason, or the last administrator.
    """

    login: str
    role: str
    unit: str
    ends_on: date | None = None
    reason: str

    def execute(self, services: Services) -> None:
        """Take it, or keep that for its day."""
        require_administrator(services)
        person = require_person(self.login, services)
        held = {(one.role, one.unit): one for one in person.memberships}
        post = held.get((self.role, self.unit))
        if post is None:
            raise WrongStateError(
                "该人员已不担任此岗位，请刷新页面。",
                "The person does not hold this post any more; reload the page.",
            )
        at = _moment(self.ends_on, "ends_on", services.now)
        reason = require_reason(self.reason)
        if self.role == ADMIN_ROLE:
            require_other_administrator(person.login, "reason", services)
        _change(person.login, post, services, gives=False, at=at, reason=reason)


@dataclass(frozen=True, kw_only=True)
class CancelPostChange:
    """取消尚未生效的任免.

    Raises:
        NotFoundError: there is none.
        NotAllowedError: not an administrator.
        WrongStateError: in force or cancelled.
    """

    change_key: str

    def execute(self, services: Services) -> None:
        """Cancel it."""
        require_administrator(services)
        row = services.store.staff.change(key_of(self.change_key, "任免", "change of a post"))
        if row is None:
            raise NotFoundError("任免", "change of a post", self.change_key)
        if not services.store.staff.settle(row.key, services.now, cancelled=True):
            raise WrongStateError(
                "该任免已经生效或取消，请刷新页面。",
                "It is in force or cancelled; reload the page.",
            )
        _note("post_change_cancelled", row, services)


@dataclass(frozen=True, kw_only=True)
class ApplyPostChange:
    """Give or take one post whose day has come; ``False`` when there is none."""

    def execute(self, services: Services) -> bool:
        """Apply it."""
        row = services.store.staff.due_change(services.now)
        if row is None:
            return False
        services.store.staff.settle(row.key, services.now)
        _apply(row, services)
        return True


def _moment(day: date | None, field: str, now: datetime) -> datetime:
    today = now.astimezone(OFFICE_ZONE).date()
    if day is None or day == today:
        return now
    if day < today:
        raise field_error(field, "ERR_DATE", "日期不能早于今天。", "The day is today or later.")
    return datetime.combine(day, time(), OFFICE_ZONE).astimezone(now.tzinfo)


def _change(
    login: str, post: Membership, services: Services, *, gives: bool, at: datetime, reason: str
) -> None:
    now = at <= services.now
    row = PostChange(
        key=new_key(),
        participant=login,
        role=post.role,
        unit=post.unit,
        scope_prefix=post.scope_prefix,
        gives=gives,
        effective_at=at,
        reason=reason,
        created_at=services.now,
        created_by=services.actor.login,
        settled_at=services.now if now else None,
    )
    services.store.staff.add_change(row)
    if now:
        _apply(row, services)
    else:
        _note("post_change_planned", row, services)


def _apply(row: PostChange, services: Services) -> None:
    staff = services.store.staff
    if row.gives:
        post = Membership(role=row.role, unit=row.unit, scope_prefix=row.scope_prefix)
        staff.give(row.participant, post)
    else:
        staff.take(row.participant, row.role, row.unit)
    follow(row.participant, services, leaves=not row.gives)
    _note("post_given" if row.gives else "post_taken", row, services)


def _note(action: str, row: PostChange, services: Services) -> None:
    person = services.participant(row.participant)
    role = services.store.identity.roles().get(row.role)
    services.note(
        action,
        detail={
            "person": person.name if person else row.participant,
            "post": role.name if role else row.role,
            "unit": row.unit,
            "division": row.scope_prefix or "",
            "day": row.effective_at.astimezone(OFFICE_ZONE).date().isoformat(),
            "reason": row.reason,
        },
    )
