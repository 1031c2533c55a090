"""Views of the lists and of the start catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from engine.forms import Form
    from engine.queries.views.people import SubstitutionView
    from engine.store.lists import Tally


class Box(StrEnum):
    """The lists a person has, in the order of the menu."""

    TODO = "todo"
    #: copies that wait to be read, and those that were
    TO_READ = "to_read"
    DONE = "done"
    READ = "read"
    STARTED = "started"
    #: what the reader has sent to others
    SENT = "sent"
    DRAFTS = "drafts"

    @property
    def is_open_work(self) -> bool:
        """Whether its lines are open work items, whose pages can be turned one after another."""
        return self in (Box.TODO, Box.DRAFTS)

    @property
    def is_circulated(self) -> bool:
        """Whether its lines are copies to read, not work."""
        return self in (Box.TO_READ, Box.READ, Box.SENT)


class Due(StrEnum):
    """Windows of due times; they exclude each other as a filter."""

    ANY = ""
    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"


class Chip(StrEnum):
    """What the quick filters of 待办 count."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    RETURNED = "returned"
    UNREAD = "unread"


@dataclass(frozen=True, kw_only=True)
class CopyReader:
    """Who was sent a copy, when it was read (UTC, ``None`` before), and what was said to it."""

    name: str
    read_at: datetime | None
    comment: str


@dataclass(frozen=True, kw_only=True)
class WorklistRow:
    """One line of a list.

    Attributes:
        key: work item key (待办, 草稿, 已办), instance key (我发起的), key of the copy (待阅, 已阅)
            or of the sending (抄送).
        instance_key: root instance, for links to the instance page.
        title: title of the matter, e.g. the plan name; the process name when still empty.
        number: business number, empty until it is given.
        process_id: id of the root process.
        process_name: the procedure's name in the reader's language.
        element_id: id of the step, empty where a line has several.
        element_name: current (待办, 我发起的: all current ones joined by 、) or done step.
        unit: name of the unit the matter belongs to.
        initiator: name of the person who started it.
        sender: name of the person whose step led here, empty for the first step.
        state: instance state for 我发起的, work item state otherwise.
        is_draft: the initiator has not submitted yet.
        returned: the work came back by 退回.
        assignee: name of the person who claimed it, empty when offered.
        summary: up to three (label, value) pairs chosen in process.toml.
        arrived_at: when the work item was made or the copy was sent (UTC).
        due_at: when it is due (UTC), ``None`` without a deadline.
        ended_at: when it was completed or read (UTC).
        overdue: due before now and still open.
        outcome: label of the chosen outcome (已办), comment of the reader (已阅).
        unread: the reader has not opened it yet (待办).
        kind: what the work item asks, see ``WorkItemKind``; empty for matters.
        delegated: it comes back to its owner when it is answered.
        stands_in_for: name of the person whose work this is, empty for the own work.
        held_by: name of the substitute who has it for the reader, empty without.
        suspended: nothing can be done before the matter is resumed.
        urged: how often it was urged (待办).
        words: what the sender of a copy says (待阅, 已阅, 抄送).
        readers: who was sent copies (抄送).
        batch: it may be decided together with others of its step.
    """

    key: str
    instance_key: str
    title: str
    number: str
    process_id: str
    process_name: str
    element_id: str
    element_name: str
    unit: str
    initiator: str
    sender: str
    state: str
    is_draft: bool
    returned: bool
    assignee: str
    summary: Sequence[tuple[str, str]]
    arrived_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    overdue: bool
    outcome: str = ""
    unread: bool = False
    kind: str = ""
    delegated: bool = False
    stands_in_for: str = ""
    held_by: str = ""
    suspended: bool = False
    urged: int = 0
    words: str = ""
    readers: Sequence[CopyReader] = ()
    batch: bool = False


@dataclass(frozen=True, kw_only=True)
class BoxTallies:
    """Numbers for the menu.

    Attributes:
        counts: ``{list: lines without filters}``, exact up to a cap.
        unread: something in 待办 was not opened yet.
        substitutions: in force for the reader, on either side.
    """

    counts: Mapping[Box, Tally]
    unread: bool
    substitutions: Sequence[SubstitutionView] = ()


@dataclass(frozen=True, kw_only=True)
class WorklistPage:
    """One page of a list.

    Attributes:
        rows: the lines of this page.
        total: lines that match the filters, exact up to a cap.
        before: where the page before this one ends, empty on the first page.
        after: where the next page begins, empty on the last page.
        menu: numbers for the menu.
        chips: numbers of the quick filters, 待办 only.
        processes: ``[(process id, name)]`` for the filter.
    """

    rows: Sequence[WorklistRow]
    total: Tally
    before: str
    after: str
    menu: BoxTallies
    chips: Mapping[Chip, Tally]
    processes: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class PublicProcedure:
    """A procedure that anybody may start without a log-in; the name in the reader's language."""

    process_id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class StartableProcess:
    """A procedure that this person may start in the own unit.

    Attributes:
        process_id: what ``StartInstance`` takes.
        name: procedure name in the reader's language.
        category: heading in the catalogue.
        description: one or two sentences.
        region: division code whose variant will be used, empty for the base.
        steps: names of the user tasks in order, for the tooltip.
    """

    process_id: str
    name: str
    category: str
    description: str
    region: str
    steps: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class PublicStart:
    """The page on which somebody starts a procedure who has not logged in.

    Attributes:
        process_id: the procedure.
        name: in the reader's language.
        description: the same.
        form: what is filled in.
    """

    process_id: str
    name: str
    description: str
    form: Form
