"""Open a log-in session."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from engine.clock import OFFICE_ZONE
from engine.commands.passwords import password_matches
from engine.errors import WorkflowError
from engine.store.identity import WebSession

if TYPE_CHECKING:
    from datetime import datetime

    from engine.commands.services import Services
    from engine.model.participants import Participant
    from engine.store.public_access import TemporaryPassword


class LogInRefused(WorkflowError):
    """Wrong name or password, disabled or locked; the text is the same for the first two."""

    code = "ERR_LOGIN"


@dataclass(frozen=True)
class SessionToken:
    """A fresh session.

    Attributes:
        token: secret for the cookie; the database has only its hash.
        participant: who logged in, ``None`` when refused.
        refusal: why not; a refusal is an answer and not an error, because the failed try must be
            counted in the same transaction.
    """

    token: str
    participant: Participant | None
    refusal: LogInRefused | None = None


def token_hash(token: str) -> str:
    """Return the hex SHA-256 under which a session is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class LogIn:
    """登录: after ``max_failures`` wrong tries the account is locked for ``lock_minutes``.

    A temporary password opens one session, even of a locked account: its owner has shown who he
    is. From then on the old password is dead, and the session can only set a new one.
    """

    login: str
    password: str = field(repr=False)
    user_agent: str = ""

    def execute(self, services: Services) -> SessionToken:
        """Check the password and open a session."""
        nobody = (None, 0, None, False)
        stored, failures, locked_until, active = (
            services.store.identity.credentials(self.login) or nobody
        )
        typed = self.password[: services.settings.password.max_length]
        matches = password_matches(stored, typed)
        # A wrong password costs the same whether a temporary one was issued or not.
        temporary = None if matches else self._temporary(typed, services)
        if temporary is not None and active:
            return self._open_for_change(temporary, stored or "", services)
        if locked_until is not None and locked_until > services.now:
            services.note("log_in_refused", detail={"login": self.login, "why": "locked"})
            return SessionToken("", None, _locked(locked_until))
        if not (matches and active):
            if stored is not None:
                self._count_failure(failures + 1, services)
            services.note("log_in_refused", detail={"login": self.login, "why": "password"})
            return SessionToken("", None, _wrong())
        return self._open(services.now + services.settings.session_lifetime, services)

    def _temporary(self, typed: str, services: Services) -> TemporaryPassword | None:
        issued = services.store.public_access.temporary_password(self.login)
        opens = issued is not None and issued.opens(services.now)
        matches = password_matches(issued.password_hash if issued and opens else None, typed)
        return issued if matches else None

    def _open_for_change(
        self, temporary: TemporaryPassword, stored: str, services: Services
    ) -> SessionToken:
        """Spend the temporary password: it and the one before it open nothing from now on."""
        if not services.store.public_access.use(self.login, stored, services.now):
            return SessionToken("", None, _wrong())
        identity = services.store.identity
        identity.change_participant(self.login, password_hash="", must_change_password=True)
        identity.close_sessions_of(self.login)
        services.note("temporary_password_used", detail={"login": self.login})
        return self._open(temporary.expires_at, services)

    def _count_failure(self, failures: int, services: Services) -> None:
        policy = services.settings.password
        locks = failures >= policy.max_failures
        services.store.identity.change_participant(
            self.login,
            failed_logins=0 if locks else failures,
            locked_until=services.now + timedelta(minutes=policy.lock_minutes) if locks else None,
        )

    def _open(self, until: datetime, services: Services) -> SessionToken:
        identity = services.store.identity
        token = secrets.token_urlsafe(32)
        identity.change_participant(self.login, failed_logins=0, locked_until=None)
        identity.open_session(
            WebSession(
                token_hash=token_hash(token),
                participant=self.login,
                created_at=services.now,
                expires_at=until,
                address=services.actor.address,
                user_agent=self.user_agent[:200],
            )
        )
        services.note("logged_in", detail={"login": self.login})
        return SessionToken(token, identity.participant(self.login))


def _wrong() -> LogInRefused:
    return LogInRefused(
        "用户名或密码不正确，或账号已停用。请核对后重试。",
        "The user name or password is wrong, or the account is disabled.",
    )


def _locked(until: datetime) -> LogInRefused:
    moment = until.astimezone(OFFICE_ZONE).strftime("%H:%M")
    return LogInRefused(
        f"连续输错次数过多，账号已锁定至 {moment}，请稍后再试或联系管理员。",
        f"Too many wrong tries; the account is locked until {moment} (Beijing time).",
    )
