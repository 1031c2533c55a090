"""The address of a list says everything that is shown, so it can be kept, sent and come back to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode

from flask import url_for

from engine.queries import Due, Group, Narrowing, Sort, Worklist
from engine.queries.views import Box
from webui.worklist.columns import read_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

_YES: Final = "1"
#: Characters of a search and of a name from the address.
_LONGEST: Final = 100
#: What turns the pages: dropped whenever anything else changes.
_PLACES: Final = ("after", "before")


@dataclass(frozen=True, kw_only=True)
class ListAddress:
    """One list as its address says it.

    Attributes:
        box: which list.
        narrowing: what narrows and orders it.
        columns: keys of the chosen columns in their order, empty = the usual ones.
        saved: key of the saved filter it was opened from, empty without one.
        after: place where the page begins.
        before: place where it ends.
    """

    box: Box
    narrowing: Narrowing = field(default_factory=Narrowing)
    columns: tuple[str, ...] = ()
    saved: str = ""
    after: str = ""
    before: str = ""

    @classmethod
    def read(cls, box: Box, given: Mapping[str, str]) -> ListAddress:
        """Read the values of an address; what makes no sense is left out."""

        def text(name: str) -> str:
            return given.get(name, "").strip()[:_LONGEST]

        return cls(
            box=box,
            narrowing=Narrowing(
                search=text("q"),
                process_id=text("process"),
                element_id=text("step"),
                due=_choice(Due, given.get("due", ""), Due.ANY),
                returned=given.get("returned") == _YES,
                unread=given.get("unread") == _YES,
                sort=_choice(Sort, given.get("sort", ""), Sort.DUE),
                group=_choice(Group, given.get("group", ""), Group.NONE),
            ),
            columns=read_columns(box, given.get("columns", "")),
            saved=text("filter"),
            after=given.get("after", "")[:1000],
            before=given.get("before", "")[:1000],
        )

    @classmethod
    def from_text(cls, text: str) -> ListAddress | None:
        """Read what ``text`` wrote, ``None`` when it is no address of a list."""
        values = dict(parse_qsl(text[:4000]))
        name = values.pop("box", "")
        return cls.read(Box(name), values) if name in tuple(Box) else None

    @property
    def values(self) -> dict[str, str]:
        """The values of the address, defaults left out."""
        one = self.narrowing
        found = {
            "q": one.search,
            "process": one.process_id,
            "step": one.element_id,
            "due": one.due.value,
            "returned": _YES if one.returned else "",
            "unread": _YES if one.unread else "",
            "sort": "" if one.sort is Sort.DUE else one.sort.value,
            "group": one.group.value,
            "columns": ",".join(self.columns),
            "filter": self.saved,
            "after": self.after,
            "before": self.before,
        }
        return {name: value for name, value in found.items() if value}

    @property
    def kept(self) -> dict[str, str]:
        """What a saved filter keeps: everything but the place and the filter itself."""
        return {
            name: value for name, value in self.values.items() if name not in (*_PLACES, "filter")
        }

    @property
    def url(self) -> str:
        """Where the list is."""
        values: dict[str, Any] = dict(self.values)
        return url_for("worklist.show", box=self.box.value, **values)

    @property
    def export_url(self) -> str:
        """Where the whole list is as a file."""
        values: dict[str, Any] = {
            name: value for name, value in self.values.items() if name not in _PLACES
        }
        return url_for("worklist.export_list", box=self.box.value, **values)

    @property
    def text(self) -> str:
        """The list (not the page of it) in one text, for the address of a task."""
        kept = {name: value for name, value in self.values.items() if name not in _PLACES}
        return urlencode({"box": self.box.value} | kept)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        return not self.narrowing.narrows_nothing

    def changed(self, **changes: Any) -> ListAddress:
        """Return the first page of the list with other values, named as in the address."""
        values = {name: value for name, value in self.values.items() if name not in _PLACES}
        values |= {name: "" if value is None else str(value) for name, value in changes.items()}
        return ListAddress.read(self.box, values)

    def at(self, *, after: str = "", before: str = "") -> ListAddress:
        """Return another page of the same list: after or before a place; else the first."""
        return replace(self, after=after, before=before)

    def query(self, page_size: int) -> Worklist:
        """Return what the engine is asked."""
        return Worklist(
            box=self.box,
            narrowing=self.narrowing,
            after=self.after,
            before=self.before,
            page_size=page_size,
        )


def _choice(kind: Any, value: str, default: Any) -> Any:
    return kind(value) if value in tuple(kind) else default
