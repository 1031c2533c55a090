"""Mark what is on the bell as read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.commands.services import key_of
from engine.errors import NotFoundError
from engine.model.keys import new_key

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.model.notices import Notice


@dataclass(frozen=True, kw_only=True)
class ReadNotices:
    """全部标为已读: everything that is on the bell now."""

    def execute(self, services: Services) -> None:
        """Mark."""
        notices, login = services.store.notices, services.person.login
        notices.read(login, services.now)
        notices.put_reader(replace(notices.reader(login), seen_key=new_key()))


@dataclass(frozen=True, kw_only=True)
class ReadNotice:
    """One line was followed.

    Raises:
        NotFoundError: it is none of this person's.
    """

    notice_key: str

    def execute(self, services: Services) -> Notice:
        """Mark it and return where it leads."""
        key = key_of(self.notice_key, "通知", "notice")
        found = services.store.notices.get(key, services.person.login)
        if found is None:
            raise NotFoundError("通知", "notice", self.notice_key)
        services.store.notices.read(found.login, services.now, [key])
        return found
