"""Quick filters: each owns some values of the address and touches no other.

The first press sets exactly these values, the second clears exactly these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask_babel import lazy_gettext

from engine.queries.views import Box, Chip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask_babel.speaklater import LazyString

    from engine.queries import Tally
    from webui.worklist.address import ListAddress


@dataclass(frozen=True)
class ShownChip:
    """A quick filter as it stands on the page.

    Attributes:
        key: which one.
        name: what it says.
        pressed: its values are set.
        address: the list after it is pressed.
        tally: lines that it would leave of the whole list.
    """

    key: str
    name: LazyString
    pressed: bool
    address: ListAddress
    tally: Tally | None


_OWNED: Final[Mapping[Chip, tuple[LazyString, Mapping[str, str]]]] = {
    Chip.OVERDUE: (lazy_gettext("逾期"), {"due": "overdue"}),
    Chip.TODAY: (lazy_gettext("今日到期"), {"due": "today"}),
    Chip.WEEK: (lazy_gettext("本周到期"), {"due": "week"}),
    Chip.RETURNED: (lazy_gettext("退回给我的"), {"returned": "1"}),
    Chip.UNREAD: (lazy_gettext("未读"), {"unread": "1"}),
}


def chips_of(address: ListAddress, tallies: Mapping[Chip, Tally]) -> list[ShownChip]:
    """Return the quick filters of a list; only open work has them."""
    if address.box is not Box.TODO:
        return []
    return [
        _shown(chip, name, owned, address, tallies.get(chip))
        for chip, (name, owned) in _OWNED.items()
    ]


def _shown(
    chip: Chip,
    name: LazyString,
    owned: Mapping[str, str],
    address: ListAddress,
    tally: Tally | None,
) -> ShownChip:
    pressed = owned.items() <= address.values.items()
    values = dict.fromkeys(owned) if pressed else dict(owned)
    return ShownChip(chip.value, name, pressed, address.changed(**values), tally)
