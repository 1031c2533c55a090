"""Views of the lists: 待办, 已办, 我发起的 and the start catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


class Box(StrEnum):
    """The lists a person has."""

    TODO = "todo"
    DONE = "done"
    STARTED = "started"


@dataclass(frozen=True, kw_only=True)
class WorklistRow:
    """One line of a list.

    Attributes:
        key: work item key (待办, 已办) or instance key (我发起的).
        instance_key: root instance, for links to the instance page.
        title: title of the matter, e.g. the plan name; the process name when still empty.
        number: business number, empty until it is given.
        process_name: Chinese name of the procedure.
        element_name: current (待办, 我发起的: all current ones joined by 、) or done step.
        unit: name of the unit the matter belongs to.
        initiator: name of the person who started it.
        sender: name of the person whose step led here, empty for the first step.
        state: instance state for 我发起的, work item state otherwise.
        is_draft: the initiator has not submitted yet.
        returned: the work came back by 退回.
        assignee: name of the person who claimed it, empty when offered.
        summary: up to three (label, value) pairs chosen in process.toml.
        arrived_at: when the work item was made (UTC).
        due_at: when it is due (UTC), ``None`` without a deadline.
        ended_at: when it was completed (UTC).
        overdue: due before now and still open.
        outcome: label of the chosen outcome (已办).
    """

    key: str
    instance_key: str
    title: str
    number: str
    process_name: str
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


@dataclass(frozen=True, kw_only=True)
class WorklistPage:
    """One page of a list.

    Attributes:
        rows: the lines of this page.
        total: lines that match the filters.
        page: 1-based page number.
        pages: number of pages, at least 1.
        counts: ``{box: open or all lines without filters}`` for the menu.
        processes: ``[(process id, name)]`` that occur in this box, for the filter.
    """

    rows: Sequence[WorklistRow]
    total: int
    page: int
    pages: int
    counts: Mapping[Box, int]
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
