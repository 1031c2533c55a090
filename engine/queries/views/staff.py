"""Views of the administration of people, posts and units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class StaffLine:
    """A person in a list; names in the reader's language."""

    login: str
    name: str
    unit: str
    department: str
    posts: Sequence[str]
    active: bool


@dataclass(frozen=True, kw_only=True)
class StaffPage:
    """People by name; ``after`` is where the next page begins, empty at the end."""

    people: Sequence[StaffLine]
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class PostLine:
    """A post that a person holds.

    Attributes:
        role: key.
        name: of the role.
        unit: code.
        unit_name: its name.
        scope: ``None`` = the unit's own concerns, empty = the whole country, else a prefix.
        others: how many other active people hold it.
    """

    role: str
    name: str
    unit: str
    unit_name: str
    scope: str | None
    others: int


@dataclass(frozen=True, kw_only=True)
class PostChangeLine:
    """A post given or taken, or to be.

    Attributes:
        state: ``planned``, ``done`` or ``cancelled``.
        by: name of the administrator.
    """

    key: str
    gives: bool
    name: str
    unit_name: str
    day: date
    reason: str
    by: str
    state: str


@dataclass(frozen=True, kw_only=True)
class HeldTask:
    """An open task of a person, and what happens with it when the person cannot keep it.

    Attributes:
        key: of the work item.
        step: its name.
        title: of the matter.
        fate: sentence in the reader's language.
        stuck: nobody fits.
    """

    key: str
    instance_key: str
    process_id: str
    step: str
    title: str
    fate: str
    stuck: bool = False


@dataclass(frozen=True, kw_only=True)
class StaffPerson:
    """A person's page for administrators.

    Attributes:
        leader: login and name of the direct leader, empty for none.
        held: open tasks, as many as are looked at.
        held_count: all of them.
        units: ``[(code, name)]`` to propose.
        roles: ``[(key, name)]``.
    """

    login: str
    name: str
    unit: str
    unit_name: str
    department: str
    phone: str
    leader: str
    active: bool
    posts: Sequence[PostLine]
    changes: Sequence[PostChangeLine]
    held: Sequence[HeldTask]
    held_count: int
    units: Sequence[tuple[str, str]]
    roles: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class UnitLine:
    """A unit in a list."""

    code: str
    name: str
    kind: str
    division: str
    parent: str


@dataclass(frozen=True, kw_only=True)
class UnitPage:
    """A unit's page.

    Attributes:
        parent: code, empty at the top.
        leader: login, empty for none.
        relations: ``[(relation, office code, office name)]``.
        known_relations: that occur anywhere.
        below: units directly below.
        people: of the unit.
    """

    code: str
    name: str
    kind: str
    division: str
    parent: str
    parent_name: str
    leader: str
    leader_name: str
    relations: Sequence[tuple[str, str, str]]
    known_relations: Sequence[str]
    below: Sequence[UnitLine]
    people: Sequence[StaffLine]


@dataclass(frozen=True, kw_only=True)
class HandoverLineView:
    """One thing that is or was handed over.

    Attributes:
        kind: value of ``HandoverKind``.
        instance_key: the matter, empty for a substitution.
        to: name of the successor, empty before one is chosen.
        state: value of ``HandoverState``.
        reason: why not, in the reader's language.
    """

    kind: str
    instance_key: str
    name: str
    to: str
    state: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class HandoverPlan:
    """What a person would leave behind.

    Attributes:
        count: of all things; ``lines`` are the first ones.
        processes: ``[(process id, name)]`` that occur.
        earlier: ``[(key, reason, when)]`` of hand-overs before.
    """

    login: str
    name: str
    count: int
    lines: Sequence[HandoverLineView]
    processes: Sequence[tuple[str, str]]
    earlier: Sequence[tuple[str, str, datetime]]


@dataclass(frozen=True, kw_only=True)
class HandoverResult:
    """What has become of a hand-over."""

    key: str
    login: str
    name: str
    by: str
    reason: str
    at: datetime
    waiting: int
    done: int
    refused: int
    lines: Sequence[HandoverLineView]
