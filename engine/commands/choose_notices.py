"""What a person wants to be told, by which way and when not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from engine.errors import FieldError, ValidationFailedError
from engine.model.notices import BELL, Channel, NoticeEvent

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import time

    from engine.commands.services import Services

_EMAIL: Final = re.compile(r"[^@\s,;<>]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_MAX_EMAIL: Final = 120
#: Ways by which an event may reach a person.
WAYS: Final = (BELL, *Channel)


@dataclass(frozen=True, kw_only=True)
class ChooseNotices:
    """保存通知设置.

    Attributes:
        wanted: (event, way) of everything that is wanted; the rest is not.
        email: address for e-mail, empty for none.
        quiet_from: no messages from this time of day on (office time), ``None`` without.
        quiet_until: until this time of day.

    Raises:
        ValidationFailedError: the address makes no sense, or quiet hours have one end only.
    """

    wanted: Collection[tuple[str, str]]
    email: str = ""
    quiet_from: time | None = None
    quiet_until: time | None = None

    def execute(self, services: Services) -> None:
        """Keep."""
        errors = self._errors()
        if errors:
            raise ValidationFailedError(errors)
        notices, login = services.store.notices, services.person.login
        services.chooses_notices = True
        notices.choose(
            login,
            {
                (event, way): (event, way) in self.wanted
                for event in NoticeEvent
                for way in WAYS
                if ((event, way) in self.wanted) != (way == BELL)
            },
        )
        notices.put_reader(
            replace(
                notices.reader(login),
                email=self.email.strip(),
                quiet_from=self.quiet_from,
                quiet_until=self.quiet_until,
            )
        )

    def _errors(self) -> list[FieldError]:
        email, errors = self.email.strip(), []
        if email and (len(email) > _MAX_EMAIL or not _EMAIL.fullmatch(email)):
            errors.append(
                _error("email", "请填写正确的邮箱地址。", "Write a proper e-mail address.")
            )
        if (self.quiet_from is None) != (self.quiet_until is None):
            errors.append(
                _error(
                    "quiet",
                    "免打扰时段请同时填写开始和结束，或都不填。",
                    "Quiet hours need both a begin and an end, or neither.",
                )
            )
        by_mail = any(way == Channel.EMAIL for _event, way in self.wanted)
        if by_mail and not email:
            errors.append(
                _error(
                    "email",
                    "选择了邮件通知，请填写邮箱地址。",
                    "You chose e-mail; write your address.",
                )
            )
        return errors


def _error(field: str, message_zh: str, message_en: str) -> FieldError:
    return FieldError(field=field, code="ERR_NOTICES", message_zh=message_zh, message_en=message_en)
