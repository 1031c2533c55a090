"""The gazette of this installation: every published notice, and open data about it."""

from __future__ import annotations

from typing import Final

from engine.gazette import Gazette, declare
from handlers.gazette.kinds import GROUPS
from handlers.gazette.lines import find, front, places
from handlers.gazette.page import page, published_file
from handlers.ocds.site import open_data
from handlers.records.notices.listing import keys_after

GAZETTE: Final = declare(
    Gazette(
        groups=GROUPS,
        front=front,
        notices=find,
        places=places,
        page=page,
        file=published_file,
        addresses=keys_after,
        data=open_data,
    )
)
