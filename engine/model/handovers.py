"""离职交接: one act of handing a person's work over, with one line per thing handed over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class HandoverKind(StrEnum):
    """What is handed over."""

    #: an open task, or a part of one, that the person has
    WORK_ITEM = "work_item"
    #: a task that comes back to the person when it has been done for him
    DELEGATION = "delegation"
    #: a matter that the person has started
    MATTER = "matter"
    #: a substitution in which the person takes part
    SUBSTITUTION = "substitution"


class HandoverState(StrEnum):
    """What has become of a line."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Handover:
    """The act.

    Attributes:
        leaver: login of the person whose work it is.
        created_by: login of the administrator.
    """

    key: int
    leaver: str
    reason: str
    created_at: datetime
    created_by: str


@dataclass(frozen=True, kw_only=True)
class HandoverLine:
    """One thing.

    Attributes:
        object_key: key of the work item, matter or substitution.
        root_key: the matter, 0 for a substitution.
        name: what it is called, for people.
        new_owner: login of the person who gets it.
        message_zh: why it was refused or needed nothing, Chinese.
        message_en: the same in English.
        tries: how often it was tried.
    """

    handover_key: int
    kind: HandoverKind
    object_key: int
    root_key: int
    name: str
    new_owner: str
    state: HandoverState
    message_zh: str = ""
    message_en: str = ""
    tries: int = 0
    tried_at: datetime
