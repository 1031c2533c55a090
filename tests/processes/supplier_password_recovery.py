"""Steps of the password recovery that several tests take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.commands import ChangePassword, LogIn, StartPublicly
from engine.errors import ValidationFailedError
from engine.model.participants import PUBLIC, SYSTEM, Actor
from tests.support.outbox import password_in, run_jobs, sent

if TYPE_CHECKING:
    from engine.commands import PublicAnswer, SessionToken
    from engine.runtime import Engine

PROCESS: Final = "supplier_password_recovery"
#: SU02 of the demonstration data.
CODE, CONTACT, LEGAL_PERSON = "91410105MA0002029F", "19900010002", "19900020002"
UNKNOWN = "91410105MA0003031Y"
ACCOUNT, OLD = "su02", "ChangeMe-102"


def recover(
    engine: Engine, code: str = CODE, phone: str = LEGAL_PERSON, address: str = "203.0.113.7"
) -> PublicAnswer:
    """Ask for a new password as somebody who has not logged in."""
    command = StartPublicly(process_id=PROCESS, answers={"uscc": code, "phone": phone})
    return engine.execute(command, Actor(login=PUBLIC.login, address=address))


def received(engine: Engine) -> str:
    """Let the SMS go out and return the password it tells."""
    run_jobs(engine)
    return password_in(sent(engine, "recovery.send_password")[-1])


def log_in(engine: Engine, password: str, login: str = ACCOUNT) -> SessionToken:
    return engine.execute(LogIn(login=login, password=password), SYSTEM)


def opens(engine: Engine, password: str) -> bool:
    return log_in(engine, password).refusal is None


def change(engine: Engine, new: str) -> str:
    """Set a new password as su02; returns the code of a refusal, ``""`` when it was taken."""
    try:
        engine.execute(ChangePassword(old="", new=new), Actor(login=ACCOUNT))
    except ValidationFailedError as error:
        return error.errors[0].code
    return ""
