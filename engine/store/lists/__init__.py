"""The lists people look at: a page of lines in two statements, numbers up to a cap in one.

A page begins after a cursor and never skips what it has not shown (keyset, no OFFSET); counting
ends at a cap. So a page costs the same in an office with a thousand and with a million open work
items (docs/performance.md).
"""

from engine.store.lists.all_lists import Counts, Lists
from engine.store.lists.filters import Group, ListFilter, Sort, Span
from engine.store.lists.keyset import Cursor, written
from engine.store.lists.ordered import ReadableList
from engine.store.lists.page import COUNT_CAP, Found, Page, Tally

__all__ = [
    "COUNT_CAP",
    "Counts",
    "Cursor",
    "Found",
    "Group",
    "ListFilter",
    "Lists",
    "Page",
    "ReadableList",
    "Sort",
    "Span",
    "Tally",
    "written",
]
