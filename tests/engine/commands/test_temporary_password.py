"""A password that was sent to its owner: one log-in, which leads to a new password only."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from engine.commands import ChangePassword, LogIn, SetLanguage, StartInstance, hash_password
from engine.errors import NotAllowedError, ValidationFailedError
from engine.model.participants import SYSTEM, Actor
from engine.queries import BoxCounts, SessionQuery, StartCatalogue
from engine.store.identity import Identity
from engine.store.public_access import PublicAccess, TemporaryPassword

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.commands import SessionToken
    from engine.runtime import Engine

JIA = Actor(login="jia")
OLD, SENT, NEW = "Old-word-1", "k7mp-2wxq-9rtd", "Xin-mima8"


@pytest.fixture(autouse=True)
def issued(engine: Engine, clock: FakeClock) -> None:
    """Jia knows the old password; a temporary one was sent."""
    now = clock.now()
    with engine.database.session(write=True) as session:
        Identity(session).change_participant("jia", password_hash=hash_password(OLD))
        PublicAccess(session).issue(
            TemporaryPassword(
                participant="jia",
                password_hash=hash_password(SENT),
                issued_at=now,
                expires_at=now + timedelta(minutes=30),
            )
        )
        session.commit()


def log_in(engine: Engine, password: str, login: str = "jia") -> SessionToken:
    return engine.execute(LogIn(login=login, password=password), SYSTEM)


def is_in(opened: SessionToken) -> bool:
    return opened.refusal is None


def test_before_its_use_everything_is_as_it_was(engine: Engine) -> None:
    assert is_in(log_in(engine, OLD))
    assert engine.ask(BoxCounts(), JIA)


def test_its_session_reaches_nothing_but_the_change(engine: Engine) -> None:
    opened = log_in(engine, SENT)

    person = engine.ask(SessionQuery(token=opened.token), SYSTEM)
    assert person is not None
    assert person.must_change_password
    for question in (BoxCounts(), StartCatalogue()):
        with pytest.raises(NotAllowedError, match="Change your password"):
            engine.ask(question, JIA)
    with pytest.raises(NotAllowedError, match="Change your password"):
        engine.execute(StartInstance(process_id="leave_request"), JIA)
    engine.execute(SetLanguage(language="en"), JIA)


def test_from_its_use_on_the_old_password_and_the_old_sessions_are_dead(engine: Engine) -> None:
    before = log_in(engine, OLD)
    log_in(engine, SENT)

    assert not is_in(log_in(engine, OLD))
    assert engine.ask(SessionQuery(token=before.token), SYSTEM) is None


def test_it_opens_one_session_only(engine: Engine) -> None:
    assert is_in(log_in(engine, SENT))
    assert not is_in(log_in(engine, SENT))


def test_it_is_worth_nothing_after_its_time(engine: Engine, clock: FakeClock) -> None:
    clock.advance(timedelta(minutes=30))

    assert not is_in(log_in(engine, SENT))
    assert is_in(log_in(engine, OLD))


def test_its_session_ends_with_it(engine: Engine, clock: FakeClock) -> None:
    clock.advance(timedelta(minutes=29))
    opened = log_in(engine, SENT)
    clock.advance(timedelta(minutes=1))

    assert engine.ask(SessionQuery(token=opened.token), SYSTEM) is None


def test_the_change_makes_the_account_whole_again(engine: Engine) -> None:
    log_in(engine, SENT)
    engine.execute(ChangePassword(old="", new=NEW), JIA)

    opened = log_in(engine, NEW)
    person = engine.ask(SessionQuery(token=opened.token), SYSTEM)
    assert person is not None
    assert not person.must_change_password
    assert engine.ask(BoxCounts(), JIA)
    assert not is_in(log_in(engine, SENT))
    assert not is_in(log_in(engine, OLD))


@pytest.mark.parametrize("same", [OLD, SENT])
def test_neither_the_sent_nor_the_old_password_can_be_the_new_one(
    engine: Engine, same: str
) -> None:
    log_in(engine, SENT)

    with pytest.raises(ValidationFailedError) as refusal:
        engine.execute(ChangePassword(old="", new=same), JIA)

    assert [error.code for error in refusal.value.errors] == ["ERR_SAME_AS_OLD"]


def test_without_a_temporary_password_the_old_one_is_asked_for(engine: Engine) -> None:
    with pytest.raises(ValidationFailedError) as refusal:
        engine.execute(ChangePassword(old="", new=NEW), JIA)

    assert [error.field for error in refusal.value.errors] == ["old"]


def test_a_locked_account_is_opened_by_it(engine: Engine) -> None:
    for _ in range(5):
        log_in(engine, "wrong")
    assert not is_in(log_in(engine, OLD))

    assert is_in(log_in(engine, SENT))


def test_it_opens_nothing_for_a_disabled_account(engine: Engine) -> None:
    with engine.database.session(write=True) as session:
        Identity(session).change_participant("jia", active=False)
        session.commit()

    assert not is_in(log_in(engine, SENT))


@pytest.mark.parametrize("login", ["jia", "bing", "nobody"])
def test_a_wrong_password_costs_the_same_whoever_is_asked_for(
    engine: Engine, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # jia has a temporary password, bing has none, nobody has no account
    from engine.commands import passwords

    verified: list[str] = []
    real = passwords._HASHER.verify
    monkeypatch.setattr(passwords, "_HASHER", _Counting(real, verified))

    log_in(engine, "wrong", login)

    assert len(verified) == 2


class _Counting:
    """A hasher that counts what it is asked to verify."""

    def __init__(self, verify: object, verified: list[str]) -> None:
        self._verify, self._verified = verify, verified

    def verify(self, stored: str, password: str) -> bool:
        self._verified.append(password)
        return bool(self._verify(stored, password))  # type: ignore[operator]
