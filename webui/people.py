"""The people picker: what its list shows, in the page and by itself while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from flask import Blueprint, abort, render_template, request

from engine.model.choosing import PURPOSES
from engine.queries import EligiblePeople
from webui.access import ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.queries.views import EligiblePerson, PeoplePage
    from webui.typed import Typed

blueprint = Blueprint("people", __name__)
#: Letters of a search that count.
MAX_SEARCH: Final = 60


@dataclass(frozen=True, kw_only=True)
class Picker:
    """A people picker in a verb's dialog.

    Attributes:
        work_item: key of the work item at which somebody chooses.
        verb: whose dialog it stands in.
        field: its field; the search box is called ``<field>_q``.
        purpose: key of ``engine.model.choosing.PURPOSES``.
        many: several people may be chosen.
        element_id: the user task that they are chosen for, empty for the work item's own.
        chosen: logins chosen so far.
        search: what stands in the search box.
        found: what the list shows, ``None`` before anybody has asked for it.
    """

    work_item: str
    verb: str
    field: str
    purpose: str
    many: bool = False
    element_id: str = ""
    chosen: Sequence[str] = ()
    search: str = ""
    found: PeoplePage | None = None

    @property
    def name(self) -> str:
        """Name of the inputs."""
        return f"_v.{self.verb}.{self.field}"

    @property
    def id(self) -> str:
        """Start of the ids."""
        return f"people-{self.verb}-{self.field}"

    @property
    def groups(self) -> list[tuple[str, list[EligiblePerson]]]:
        """The list by heading."""
        people = self.found.people if self.found else ()
        return [(key.value, list(some)) for key, some in groupby(people, lambda one: one.nearness)]


@blueprint.app_template_global()
def people_picker_of(
    work_item: str, verb: str, field: str, typed: Typed | None, **options: object
) -> Picker:
    """Return a picker; the list is read only in a dialog that is open.

    Args:
        work_item: key of the work item.
        verb: whose dialog it is.
        field: the field.
        typed: what was typed into the page.
        options: ``purpose`` (the verb's name if not given), ``many``, ``element_id``.
    """
    purpose = str(options.get("purpose") or verb)
    many = bool(options.get("many"))
    element_id = str(options.get("element_id") or "")
    chosen = [one for one in (typed.all_of(verb, field) if typed else ()) if one]
    search = typed.of(verb, f"{field}_q")[:MAX_SEARCH] if typed else ""
    found = None
    # A page that is written again while somebody fills it in keeps the lists that it shows.
    again = verb == "next" and request.method == "POST"
    if chosen or again or (typed is not None and typed.opened == verb):
        found = _found(work_item, purpose, search, chosen, element_id)
    return Picker(
        work_item=work_item,
        verb=verb,
        field=field,
        purpose=purpose,
        many=many,
        element_id=element_id,
        chosen=chosen,
        search=search,
        found=found,
    )


@blueprint.get("/tasks/<key>/people/<verb>/<field>")
def search(key: str, verb: str, field: str) -> str:
    """Return the list of a picker for what is typed; 404 for an unknown purpose."""
    purpose = request.args.get("purpose", "") or verb
    if purpose not in PURPOSES:
        abort(404)
    words = request.args.get(f"_v.{verb}.{field}_q", "")[:MAX_SEARCH]
    chosen = [one for one in request.args.getlist(f"_v.{verb}.{field}") if one]
    element_id = request.args.get("element_id", "")
    picker = Picker(
        work_item=key,
        verb=verb,
        field=field,
        purpose=purpose,
        many=request.args.get("many") == "1",
        element_id=element_id,
        chosen=chosen,
        search=words,
        found=_found(key, purpose, words, chosen, element_id),
    )
    return render_template("tasks/verbs/people_list.html", picker=picker)


def _found(
    work_item: str, purpose: str, search: str, chosen: Sequence[str], element_id: str
) -> PeoplePage:
    return ask(
        EligiblePeople(
            work_item_key=work_item,
            purpose=purpose,
            search=search,
            chosen=tuple(chosen),
            element_id=element_id,
        )
    )
