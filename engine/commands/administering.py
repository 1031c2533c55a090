"""What the commands of administrators share: who may, and input that is checked all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from engine.errors import FieldError, NotAllowedError, ValidationFailedError, field_error
from engine.model.participants import ADMIN_ROLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.commands.services import Services

Value = TypeVar("Value")


def require_administrator(services: Services) -> None:
    """Refuse anybody but administrators.

    Raises:
        NotAllowedError: not an administrator.
    """
    if not services.person.has_role(ADMIN_ROLE):
        raise NotAllowedError(
            "只有管理员可以维护人员、岗位和单位。",
            "Only administrators arrange people, posts and units.",
        )


def require_other_administrator(login: str, field: str, services: Services) -> None:
    """Refuse to take the last administrator away.

    Raises:
        ValidationFailedError: at ``field``.
    """
    holders = {holder for holder, *_ in services.store.identity.holders([ADMIN_ROLE])}
    if holders == {login}:
        raise field_error(
            field,
            "ERR_LAST_ADMINISTRATOR",
            "这是最后一位管理员，请先为其他人设置管理员岗位。",
            "This is the last administrator; give the post to somebody else first.",
        )


class Checks:
    """Collects what is wrong, so that everything is said at once at its field."""

    def __init__(self) -> None:
        """Nothing is wrong yet."""
        self._errors: list[FieldError] = []

    def require(self, *, holds: bool, field: str, zh: str, en: str) -> None:
        """Say that something is wrong unless it holds."""
        if not holds:
            self._errors.append(
                FieldError(field=field, code="ERR_STAFF", message_zh=zh, message_en=en)
            )

    def text(self, text: str, field: str, most: int, *, needed: bool = True) -> str:
        """Return a trimmed text of at most ``most`` characters."""
        trimmed = text.strip()
        self.require(
            holds=bool(trimmed) or not needed, field=field, zh="请填写此项。", en="Fill this in."
        )
        self.require(
            holds=len(trimmed) <= most,
            field=field,
            zh=f"不能超过 {most} 字，请缩短。",
            en=f"At most {most} characters; shorten it.",
        )
        return trimmed

    def attempt(self, find: Callable[[], Value]) -> Value | None:
        """Return what ``find`` gives, ``None`` when it refuses the input."""
        try:
            return find()
        except ValidationFailedError as error:
            self._errors += error.errors
            return None

    def done(self) -> None:
        """Refuse the input if anything is wrong.

        Raises:
            ValidationFailedError: everything that is wrong.
        """
        if self._errors:
            raise ValidationFailedError(self._errors)
