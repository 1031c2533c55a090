"""Appoint somebody to act for a person who is away, and end that again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from engine.clock import OFFICE_ZONE
from engine.commands.naming import require_active
from engine.commands.reasons import require_reason
from engine.commands.services import key_of
from engine.errors import (
    NotAllowedError,
    NotFoundError,
    ValidationFailedError,
    WrongStateError,
    field_error,
)
from engine.model.duties import Substitution
from engine.model.keys import new_key
from engine.model.notices import NoticeEvent
from engine.model.participants import ADMIN_ROLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.model.participants import Participant

#: Longest substitution, days.
MAX_DAYS: Final = 366
_REGION: Final = re.compile(r"(\d\d){1,3}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class AppointSubstitute:
    """设置代理: the substitute may do what the principal has and gets, old and new tasks.

    Attributes:
        substitute: login, or the full name.
        starts_on: first day (office time), today or later.
        ends_on: last day.
        reason: why, 1 to 500 characters.
        processes: ids of root processes, empty = all.
        regions: division prefixes of 2, 4 or 6 digits, empty = all.
        principal: login of the person who is away; empty = the actor. Administrators only.

    Raises:
        NotAllowedError: for somebody else, and not an administrator.
        ValidationFailedError: at the field: person, dates, scope or reason.
    """

    substitute: str
    starts_on: date | None
    ends_on: date | None
    reason: str
    processes: Sequence[str] = ()
    regions: Sequence[str] = ()
    principal: str = ""

    def execute(self, services: Services) -> int:
        """Store it, tell both; returns its key."""
        principal = _principal(self.principal, services)
        substitute = require_active(self.substitute, "substitute", services)
        if substitute.login == principal.login:
            raise field_error(
                "substitute",
                "ERR_ASSIGNEE",
                "代理人不能是本人，请选择其他人员。",
                "The substitute must be somebody else.",
            )
        starts_at, ends_at = _period(self.starts_on, self.ends_on, services.now)
        row = Substitution(
            key=new_key(),
            principal=principal.login,
            substitute=substitute.login,
            starts_at=starts_at,
            ends_at=ends_at,
            processes=_processes(self.processes, services),
            regions=_regions(self.regions),
            reason=require_reason(self.reason),
            created_at=services.now,
            created_by=services.actor.login,
        )
        _require_free(row, principal, substitute, services)
        services.store.substitutions.add(row)
        _announce(row, "appointed", services)
        services.note("substitute_appointed", detail=_described(row, principal, substitute))
        return row.key


@dataclass(frozen=True, kw_only=True)
class RevokeSubstitution:
    """撤销代理: from now on the substitute may not act any more; what was done stays.

    Raises:
        NotFoundError: there is none.
        NotAllowedError: neither principal nor substitute nor an administrator.
        WrongStateError: revoked or over.
    """

    substitution_key: str

    def execute(self, services: Services) -> None:
        """End it and tell both."""
        row = services.store.substitutions.get(
            key_of(self.substitution_key, "代理", "substitution")
        )
        if row is None:
            raise NotFoundError("代理", "substitution", self.substitution_key)
        person = services.person
        if person.login not in (row.principal, row.substitute) and not person.has_role(ADMIN_ROLE):
            raise NotAllowedError(
                "只有本人、代理人或管理员可以撤销代理。",
                "Only the principal, the substitute or an administrator can end it.",
            )
        if not services.store.substitutions.revoke(row.key, person.login, services.now):
            raise WrongStateError(
                "该代理已经结束或撤销，请刷新页面。",
                "It has ended or was revoked; reload the page.",
            )
        _announce(row, "revoked", services)
        services.read_participants([row.principal, row.substitute])
        people = [services.participant(login) for login in (row.principal, row.substitute)]
        services.note("substitution_revoked", detail=_described(row, *people))


def _principal(login: str, services: Services) -> Participant:
    person = services.person
    if not login or login == person.login:
        return person
    if not person.has_role(ADMIN_ROLE):
        raise NotAllowedError(
            "只能为自己设置代理；为他人设置请联系管理员。",
            "You can appoint a substitute for yourself only; ask an administrator.",
        )
    return require_active(login, "principal", services)


def _period(first: date | None, last: date | None, now: datetime) -> tuple[datetime, datetime]:
    today = now.astimezone(OFFICE_ZONE).date()
    if first is None or first < today:
        raise field_error(
            "starts_on",
            "ERR_DATE",
            "请填写开始日期，不能早于今天。",
            "Write the first day, today or later.",
        )
    if last is None or last < first:
        raise field_error(
            "ends_on",
            "ERR_DATE",
            "请填写结束日期，不能早于开始日期。",
            "Write the last day, not before the first.",
        )
    if (last - first).days >= MAX_DAYS or (first - today).days >= MAX_DAYS:
        raise field_error(
            "ends_on",
            "ERR_DATE",
            f"一次代理最长 {MAX_DAYS} 天，并须在一年内开始，请缩短。",
            f"At most {MAX_DAYS} days at once, and beginning within a year; shorten it.",
        )
    midnight = datetime.combine(first, time(), OFFICE_ZONE)
    end = datetime.combine(last + timedelta(days=1), time(), OFFICE_ZONE)
    return midnight.astimezone(now.tzinfo), end.astimezone(now.tzinfo)


def _processes(wanted: Sequence[str], services: Services) -> list[str]:
    chosen = list(dict.fromkeys(name for name in wanted if name))
    if chosen:
        known = {row.process_id for row in services.store.definitions.latest()}
        unknown = [name for name in chosen if name not in known]
        if unknown:
            raise field_error(
                "processes",
                "ERR_ENUM",
                f"流程“{unknown[0]}”不存在，请重新选择。",
                f"There is no process {unknown[0]!r}; choose again.",
            )
    return chosen


def _regions(wanted: Sequence[str]) -> list[str]:
    chosen = list(dict.fromkeys(text.strip() for text in wanted if text.strip()))
    for text in chosen:
        if not _REGION.fullmatch(text):
            raise field_error(
                "regions",
                "ERR_PATTERN",
                f"“{text}”不是区划代码，请填写 2、4 或 6 位数字，例如 4101。",
                f"{text!r} is no division code; write 2, 4 or 6 digits, e.g. 4101.",
            )
    return chosen


def _require_free(
    row: Substitution, principal: Participant, substitute: Participant, services: Services
) -> None:
    """Refuse two substitutes for one thing, and a substitute who is away himself."""
    store = services.store.substitutions
    for other in store.unended(principal.login, services.now):
        if other.principal == principal.login and other.overlaps(row):
            raise _taken(
                "starts_on",
                f"{principal.name}在 {_days(other)} 已有代理人，范围重叠；"
                "请先撤销原代理或调整日期、范围。",
                f"{principal.name} has a substitute for {_days(other)} already; revoke that first"
                " or change dates or scope.",
            )
    for other in store.unended(substitute.login, services.now):
        if other.principal == substitute.login and other.overlaps(row):
            raise _taken(
                "substitute",
                f"{substitute.name}在 {_days(other)} 已委托他人代理，不能再代理他人"
                "（代理不转代理），请另选人员。",
                f"{substitute.name} is away on {_days(other)} and substitution is not passed on;"
                " choose somebody else.",
            )


def _taken(field: str, zh: str, en: str) -> ValidationFailedError:
    return field_error(field, "ERR_SUBSTITUTION", zh, en)


def _days(row: Substitution) -> str:
    return f"{row.first_day} 至 {row.last_day}"


def _announce(row: Substitution, what: str, services: Services) -> None:
    services.tell(
        NoticeEvent.SUBSTITUTION,
        (row.principal, row.substitute),
        what=what,
        person=row.principal,
        holder=row.substitute,
        first=str(row.first_day),
        last=str(row.last_day),
    )


def _described(
    row: Substitution, principal: Participant | None, substitute: Participant | None
) -> dict[str, object]:
    return {
        "principal": principal.name if principal else row.principal,
        "substitute": substitute.name if substitute else row.substitute,
        "period": _days(row),
        "processes": list(row.processes),
        "regions": list(row.regions),
        "reason": row.reason,
    }
