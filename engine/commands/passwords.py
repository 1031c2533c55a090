"""Password hashing with argon2id; the number of hashes at one time is bounded."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

if TYPE_CHECKING:
    from engine.settings import PasswordPolicy

#: 64 MiB per hash: without a bound a storm of log-ins would take all memory.
_GATE: Final = threading.BoundedSemaphore(2)
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_password(password: str) -> str:
    """Return the argon2id hash (OWASP's 19 MiB, t=2, p=1 profile)."""
    with _GATE:
        return _HASHER.hash(password)


#: Verified when the account is unknown, so that the answer takes the same time.
_NOBODY: Final = hash_password("nobody has this password")


def password_matches(stored: str | None, password: str) -> bool:
    """Compare in the same time for known and unknown accounts."""
    with _GATE:
        try:
            matches = _HASHER.verify(stored or _NOBODY, password)
        except (VerificationError, InvalidHashError):
            return False
    return bool(matches and stored)


def weakness(password: str, policy: PasswordPolicy) -> tuple[str, str] | None:
    """Return why a new password is refused (Chinese, English), ``None`` if it is accepted."""
    if not policy.min_length <= len(password) <= policy.max_length:
        return (
            f"密码长度应为 {policy.min_length} 至 {policy.max_length} 位。",
            f"The password must have {policy.min_length} to {policy.max_length} characters.",
        )
    kinds = (str.isdigit, str.islower, str.isupper, lambda char: not char.isalnum())
    if sum(any(kind(char) for char in password) for kind in kinds) < policy.min_classes:
        return (
            f"密码至少应包含 {policy.min_classes} 类字符（数字、小写、大写、符号）。",
            f"The password needs at least {policy.min_classes} kinds of characters.",
        )
    return None
