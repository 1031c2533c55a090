"""Send what people want to be told by more than the bell; one message per person and way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from engine.clock import OFFICE_ZONE
from engine.commands.audience import holders_of
from engine.commands.outside_calls import send_after_commit
from engine.exchange import OutsideCall
from engine.model.notice_texts import message_text
from engine.model.notices import CANDIDATES, Channel, NoticeEvent

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import time

    from engine.commands.services import Services
    from engine.model.notices import Notice
    from engine.store.deliveries import Wish

#: Notices looked at in one transaction.
BATCH: Final = 20
#: Handler of text messages, and of everything that apprise sends.
SMS: Final = "sms.send"
DELIVER: Final = "bell.deliver"
#: A task has come to somebody: whoever stands in is told, too.
_COMES: Final = frozenset({NoticeEvent.TASK, NoticeEvent.RETURNED})


@dataclass(frozen=True, kw_only=True)
class SpreadNotices:
    """Turn new notices into messages; ``False`` when there are none.

    The messages are jobs: tried again, shown to an administrator when they fail for good, and
    never in the way of the work they tell of.
    """

    def execute(self, services: Services) -> bool:
        """Spread."""
        notices = services.store.deliveries.unspread(BATCH)
        for notice in notices:
            _spread(notice, services)
        services.store.deliveries.spread([notice.key for notice in notices])
        return bool(notices)


def _spread(notice: Notice, services: Services) -> None:
    readers = [notice.login]
    if notice.login == CANDIDATES:
        item = services.store.work_items.get(notice.work_item_key or 0)
        readers = holders_of(item, services) if item is not None and item.is_open else []
    matter = services.store.notices.titles([notice.root_key] if notice.root_key else []).get(
        notice.root_key or 0
    )
    title = matter.title if matter is not None else ""
    substitutes = _substitutes(notice, readers, matter, services)
    for wish in services.store.deliveries.wishes(notice.event, [*readers, *substitutes]):
        if wish.channel in services.settings.channels and wish.address:
            stands_in = wish.login not in readers
            text = message_text(notice, wish.channel, title, wish.language, stands_in=stands_in)
            _send(notice, wish, text, services)


def _substitutes(
    notice: Notice, readers: Collection[str], matter: Any, services: Services
) -> set[str]:
    """Return who stands in for one of the readers in the matter of a task that has come."""
    if notice.event not in _COMES or matter is None or not matter.submitted:
        return set()
    current = services.store.substitutions.standing_in(readers, services.now)
    return {one.substitute for one in current if one.covers(matter.process_id, matter.division)}


def _send(notice: Notice, wish: Wish, text: str, services: Services) -> None:
    message_id = f"notice/{notice.key}/{wish.login}/{wish.channel}"
    if wish.channel is Channel.SMS:
        inputs = {"sms_id": message_id, "phone": wish.address, "text": text}
        call = OutsideCall(handler=SMS, message_id=message_id, inputs=inputs)
    else:
        inputs = {"channel": wish.channel, "receiver": wish.address, "text": text}
        call = OutsideCall(
            handler=DELIVER, message_id=message_id, inputs={"notice_id": message_id, **inputs}
        )
    not_before = after_quiet(services.now, wish.quiet_from, wish.quiet_until)
    send_after_commit(call, notice.root_key, services, not_before=not_before)


def after_quiet(now: datetime, begin: time | None, end: time | None) -> datetime:
    """Return ``now``, or the end of the quiet hours (office time) that it lies in."""
    if begin is None or end is None or begin == end:
        return now
    local = now.astimezone(OFFICE_ZONE)
    clock = local.time()
    over_midnight = begin > end
    quiet = (clock >= begin or clock < end) if over_midnight else begin <= clock < end
    if not quiet:
        return now
    until = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return until if until > local else until + timedelta(days=1)
