"""An administrator creates people, changes them, and disables or enables their accounts."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.commands.add_recusal import follow
from engine.commands.administering import (
    Checks,
    require_administrator,
    require_other_administrator,
)
from engine.commands.naming import require_active, require_unit
from engine.commands.passwords import hash_password
from engine.commands.reasons import require_reason
from engine.errors import NotFoundError, WrongStateError, field_error

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.model.participants import OrgUnit, Participant

_LOGIN: Final = re.compile(r"[a-z][a-z0-9_.-]{1,39}", re.ASCII)
_PHONE: Final = re.compile(r"[0-9]{0,20}", re.ASCII)
#: Signs that nobody takes for another one.
_ALPHABETS: Final = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-+=%")
_PASSWORD_LENGTH: Final = 14


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """What is known of a person, as typed.

    Attributes:
        name: 1 to 60 characters.
        unit: code or full name.
        department: at most 100 characters.
        phone: digits.
        leader: login or full name, empty for the unit's leader.
    """

    name: str
    unit: str
    department: str = ""
    phone: str = ""
    leader: str = ""


@dataclass(frozen=True, kw_only=True)
class CreatePerson:
    """新建人员; returns the initial password, which must be changed at the first log-in.

    Raises:
        NotAllowedError: not an administrator.
        ValidationFailedError: at the fields.
    """

    login: str
    facts: PersonFacts

    def execute(self, services: Services) -> str:
        """Store the person without a post."""
        require_administrator(services)
        checks, login = Checks(), self.login.strip()
        checks.require(
            holds=bool(_LOGIN.fullmatch(login)),
            field="login",
            zh="用户名由小写字母开头，含小写字母、数字和 _ . -，2 至 40 位。",
            en="A user name begins with a small letter; letters, digits, _ . -; 2 to 40 signs.",
        )
        checks.require(
            holds=services.store.identity.participant(login) is None,
            field="login",
            zh=f"用户名“{login}”已经有人使用，请换一个。",
            en=f"The user name {login!r} is taken; choose another.",
        )
        values = _checked(self.facts, checks, services)
        password = initial_password()
        services.store.staff.create(
            login=login,
            password_hash=hash_password(password),
            active=True,
            must_change_password=True,
            **values,
        )
        services.note("person_created", detail={"person": values["name"], "login": login})
        return password


@dataclass(frozen=True, kw_only=True)
class ChangePerson:
    """修改人员.

    Raises:
        NotFoundError: no such person.
        NotAllowedError: not an administrator.
        ValidationFailedError: at the fields.
    """

    login: str
    facts: PersonFacts

    def execute(self, services: Services) -> None:
        """Change what differs."""
        require_administrator(services)
        person = require_person(self.login, services)
        values = _checked(self.facts, Checks(), services)
        if values["leader"] == person.login:
            raise field_error("leader", "ERR_ASSIGNEE", "不能是本人。", "Nobody is his own leader.")
        before = {
            "name": person.name,
            "unit": person.unit.code,
            "department": person.department,
            "phone": services.store.staff.phone(person.login),
            "leader": person.leader,
        }
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return
        services.store.identity.change_participant(person.login, **changed)
        services.note(
            "person_changed",
            detail={"person": values["name"], "login": person.login},
            changes={name: [before[name] or "", value or ""] for name, value in changed.items()},
        )


@dataclass(frozen=True, kw_only=True)
class DisablePerson:
    """停用账号: sessions end, open work goes on to others.

    Attributes:
        login: whose.
        reason: 1 to 500 characters.

    Raises:
        NotFoundError: no such person.
        NotAllowedError: not an administrator.
        WrongStateError: disabled before, or one's own account.
        ValidationFailedError: no reason, or the last administrator.
    """

    login: str
    reason: str

    def execute(self, services: Services) -> None:
        """Disable and let open work follow."""
        require_administrator(services)
        person = require_person(self.login, services)
        if person.login == services.actor.login:
            raise WrongStateError(
                "不能停用自己的账号，请由其他管理员操作。",
                "Nobody disables his own account; ask another administrator.",
            )
        if not person.active:
            raise WrongStateError("该账号已经停用。", "This account is disabled already.")
        reason = require_reason(self.reason)
        require_other_administrator(person.login, "reason", services)
        services.store.identity.change_participant(person.login, active=False)
        services.store.identity.close_sessions_of(person.login)
        follow(person.login, services)
        services.note(
            "person_disabled",
            detail={"person": person.name, "login": person.login, "reason": reason},
        )


@dataclass(frozen=True, kw_only=True)
class EnablePerson:
    """启用账号, with a new initial password, which is returned.

    Raises:
        NotFoundError: no such person.
        NotAllowedError: not an administrator.
        WrongStateError: not disabled.
    """

    login: str

    def execute(self, services: Services) -> str:
        """Enable; steps that nobody fitted are tried again."""
        require_administrator(services)
        person = require_person(self.login, services)
        if person.active:
            raise WrongStateError("该账号没有停用。", "This account is not disabled.")
        password = _renew_password(person, services, active=True)
        follow(person.login, services, leaves=False)
        services.note("person_enabled", detail={"person": person.name, "login": person.login})
        return password


@dataclass(frozen=True, kw_only=True)
class ResetPassword:
    """重置密码; returns the initial password, which must be changed at the next log-in.

    Raises:
        NotFoundError: no such person.
        NotAllowedError: not an administrator.
    """

    login: str

    def execute(self, services: Services) -> str:
        """Replace the password and end all sessions."""
        require_administrator(services)
        person = require_person(self.login, services)
        password = _renew_password(person, services, active=person.active)
        services.note("password_reset", detail={"person": person.name, "login": person.login})
        return password


def require_person(login: str, services: Services) -> Participant:
    """Return a person by login.

    Raises:
        NotFoundError: there is none.
    """
    person = services.store.identity.participant(login)
    if person is None:
        raise NotFoundError("人员", "person", login)
    return person


def initial_password() -> str:
    """Return a random password with signs of every kind, none of which is taken for another."""
    signs = [secrets.choice(alphabet) for alphabet in _ALPHABETS]
    signs += [secrets.choice(_ALPHABETS[0] + _ALPHABETS[2]) for _ in range(_PASSWORD_LENGTH - 4)]
    secrets.SystemRandom().shuffle(signs)
    return "".join(signs)


def _renew_password(person: Participant, services: Services, *, active: bool) -> str:
    password, identity = initial_password(), services.store.identity
    identity.change_participant(
        person.login,
        password_hash=hash_password(password),
        must_change_password=True,
        failed_logins=0,
        locked_until=None,
        active=active,
    )
    services.store.public_access.withdraw(person.login)
    identity.close_sessions_of(person.login)
    return password


def _checked(facts: PersonFacts, checks: Checks, services: Services) -> dict[str, str | None]:
    """Return the columns; everything that is wrong is said at once."""
    name = checks.text(facts.name, "name", 60)
    department = checks.text(facts.department, "department", 100, needed=False)
    phone = facts.phone.strip()
    checks.require(
        holds=bool(_PHONE.fullmatch(phone)),
        field="phone",
        zh="电话只填数字，最多 20 位。",
        en="Digits only, at most 20.",
    )
    unit: OrgUnit | None = checks.attempt(lambda: require_unit(facts.unit, "unit", services))
    leader: Participant | None = None
    if facts.leader.strip():
        leader = checks.attempt(lambda: require_active(facts.leader, "leader", services))
    checks.done()
    return {
        "name": name,
        "unit": unit.code if unit else "",
        "department": department,
        "phone": phone,
        "leader": leader.login if leader else None,
    }
