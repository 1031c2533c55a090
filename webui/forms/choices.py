"""How choices are offered: radios, a menu, or a list to search in when there are many."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2s
from typing import TYPE_CHECKING

from engine.forms.components import ChoiceField, ChoiceKind
from engine.handler import Option
from webui.forms.nodes import ChoiceNode

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A menu of more choices than this becomes a list to search in.
MENU_CHOICES = 12
#: So many choices of a list to search in are shown at once. The same choices stand in every row of
#: a list; many rows show fewer, until something is searched for, lest the page grow to megabytes.
SHOWN_CHOICES = 50
SHOWN_AT_LEAST = 10
SHOWN_IN_ALL_ROWS = 500


@dataclass(frozen=True)
class ChoiceNodes:
    """The choices of a field as shown.

    Attributes:
        kind: ``radio``, ``select``, ``picker`` or ``checklist``.
        nodes: the choices shown.
        hidden: number of matching choices that are not shown.
        total: number of all choices.
    """

    kind: str
    nodes: tuple[ChoiceNode, ...]
    hidden: int
    total: int


@dataclass(frozen=True)
class Search:
    """What is searched for among the choices of a field that stands in ``rows`` rows (>= 1)."""

    query: str
    rows: int

    @property
    def shown(self) -> int:
        """How many choices are shown."""
        share = SHOWN_IN_ALL_ROWS // self.rows
        return SHOWN_CHOICES if self.query else max(SHOWN_AT_LEAST, min(SHOWN_CHOICES, share))


def choice_nodes(
    field: ChoiceField,
    field_id: str,
    offered: Sequence[Option],
    chosen: Sequence[str],
    search: Search,
) -> ChoiceNodes:
    """Return the choices to show; a choice made earlier stays even if it is offered no more."""
    known = {option.value for option in offered}
    stale = [Option(value=one, label=one) for one in chosen if one and one not in known]
    options = [*offered, *stale]
    if field.choice_kind is not ChoiceKind.SELECT:
        return _nodes(str(field.choice_kind), field_id, options, chosen, 0)
    if len(options) <= MENU_CHOICES:
        return _nodes("select", field_id, options, chosen, 0)
    matching = [one for one in options if _matches(one, search.query)]
    made = [one for one in options if one.value in chosen]
    shown = [*made, *(one for one in matching if one.value not in chosen)][: search.shown]
    hidden = len({one.value for one in matching} - {one.value for one in shown})
    found = _nodes("picker", field_id, shown, chosen, hidden)
    return ChoiceNodes(found.kind, found.nodes, hidden, len(options))


def _nodes(
    kind: str, field_id: str, options: Sequence[Option], chosen: Sequence[str], hidden: int
) -> ChoiceNodes:
    nodes = tuple(
        ChoiceNode(
            id=_node_id(kind, field_id, number, option.value),
            value=option.value,
            label=option.label,
            hint=option.hint,
            chosen=option.value in chosen,
        )
        for number, option in enumerate(options)
    )
    return ChoiceNodes(kind, nodes, hidden, len(options))


def _node_id(kind: str, field_id: str, number: int, value: str) -> str:
    """Return an id that stays with the choice.

    A list to search in changes its order when something is chosen; an id by position would turn
    the focused choice into another one while the page is refreshed in place.
    """
    if kind == "picker":
        return f"{field_id}-{blake2s(value.encode(), digest_size=4).hexdigest()}"
    return field_id if number == 0 else f"{field_id}-{number}"


def _matches(option: Option, query: str) -> bool:
    text = f"{option.label} {option.hint} {option.value}".casefold()
    return all(word in text for word in query.casefold().split())
