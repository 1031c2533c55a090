"""What is on a person's bell: new tasks, derived from the lists, and what people were told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from engine.commands.standing_in import sources
from engine.model.notices import Channel, NoticeEvent
from engine.queries.language import translator

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, time

    from engine.commands.services import Services
    from engine.store.notices import Reader

#: Lines of the bell's page.
LINES: Final = 50


@dataclass(frozen=True, kw_only=True)
class BellLine:
    """One line.

    Attributes:
        key: of the notice, empty for a new task, which has no row.
        event: why.
        title: of the matter, may be empty.
        work_item_key: where it leads, empty when to the matter.
        instance_key: the matter, may be empty.
        detail: names and words for the sentence; people by name, steps translated.
        at: UTC.
        unread: not looked at yet.
    """

    key: str
    event: NoticeEvent
    title: str
    work_item_key: str
    instance_key: str
    detail: Mapping[str, str]
    at: datetime
    unread: bool


@dataclass(frozen=True, kw_only=True)
class BellView:
    """The bell's page; ``count`` is over 99 for more."""

    count: int
    lines: Sequence[BellLine]


@dataclass(frozen=True, kw_only=True)
class NoticeChoices:
    """What a person is told by which way.

    Attributes:
        wanted: ``{(event, way): yes or no}``; what is missing is as by default.
        email: address, empty for none.
        phone: hidden but for its last digits, empty for none.
        quiet_from: begin of the quiet hours, ``None`` without.
        quiet_until: their end.
        channels: that the installation has.
    """

    wanted: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    email: str = ""
    phone: str = ""
    quiet_from: time | None = None
    quiet_until: time | None = None
    channels: Sequence[Channel] = ()


@dataclass(frozen=True, kw_only=True)
class BellCount:
    """How many lines are unread; over 99 for more."""

    def answer(self, services: Services) -> int:
        """Count, in four statements."""
        return _count(services)


@dataclass(frozen=True, kw_only=True)
class LastChange:
    """A number that grows with everything that anybody does; one look at an index."""

    def answer(self, services: Services) -> int:
        """Read it."""
        return services.store.records.last_key()


@dataclass(frozen=True, kw_only=True)
class OwnNoticeChoices:
    """What a person has chosen to be told."""

    def answer(self, services: Services) -> NoticeChoices:
        """Read it."""
        person, notices = services.person, services.store.notices
        reader = notices.reader(person.login)
        return NoticeChoices(
            wanted=notices.choices(person.login),
            email=reader.email,
            quiet_from=reader.quiet_from,
            quiet_until=reader.quiet_until,
            channels=[Channel(name) for name in services.settings.channels],
        )


@dataclass(frozen=True, kw_only=True)
class Bell:
    """The newest lines."""

    def answer(self, services: Services) -> BellView:
        """Read them."""
        notices, person = services.store.notices, services.person
        reader = notices.reader(person.login)
        without = notices.unwanted(person.login)
        lines = _told(services, without)
        if NoticeEvent.TASK not in without:
            lines += _new_tasks(reader, services)
        lines.sort(key=lambda line: line.at, reverse=True)
        return BellView(count=_count(services), lines=lines[:LINES])


def _count(services: Services) -> int:
    notices, person = services.store.notices, services.person
    return notices.count(
        notices.reader(person.login), sources(services), notices.unwanted(person.login)
    )


def _new_tasks(reader: Reader, services: Services) -> list[BellLine]:
    rows = services.store.notices.new_tasks(reader, sources(services), LINES)
    lines = []
    for row in rows:
        words = translator(services, row.binding)
        lines.append(
            BellLine(
                key="",
                event=NoticeEvent.TASK,
                title=row.title or words.process_name,
                work_item_key=str(row.key),
                instance_key=str(row.root_key),
                detail={"step": words(row.name), "person": row.sender_name or ""},
                at=row.created_at,
                unread=True,
            )
        )
    return lines


def _told(services: Services, without: Sequence[str]) -> list[BellLine]:
    store = services.store
    rows = store.notices.of(services.actor.login, limit=LINES, without=without)
    matters = store.notices.titles({row.root_key for row in rows if row.root_key})
    logins = {row.detail[name] for row in rows for name in _PEOPLE if row.detail.get(name)}
    people = store.identity.people(sorted(logins)) if logins else {}
    lines = []
    for row in rows:
        matter = matters.get(row.root_key) if row.root_key else None
        words = translator(services, matter.binding) if matter else None
        detail = dict(row.detail)
        for name in _PEOPLE:
            login = detail.get(name, "")
            detail[name] = people.get(login, (login, "", True))[0]
        if words and detail.get("step"):
            detail["step"] = words(detail["step"])
        lines.append(
            BellLine(
                key=str(row.key),
                event=row.event,
                title=(matter.title or (words.process_name if words else "")) if matter else "",
                work_item_key=str(row.work_item_key) if row.work_item_key else "",
                instance_key=str(row.root_key) if row.root_key else "",
                detail=detail,
                at=row.at,
                unread=row.read_at is None,
            )
        )
    return lines


#: Details that are logins.
_PEOPLE: Final = ("holder", "person")
