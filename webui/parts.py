"""How the parts of a task and its passing on read to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint
from flask_babel import gettext, lazy_gettext

if TYPE_CHECKING:
    from engine.queries.views import StepEntry, WorkItemView

blueprint = Blueprint("parts", __name__)

#: What a part is called in lists and chips.
PART_WORDS: Final = {
    "transfer": lazy_gettext("转办"),
    "delegate": lazy_gettext("委派"),
}
_DONE: Final = {"transfer": lazy_gettext("已转办"), "delegate": lazy_gettext("已交回")}
_CANCELLED: Final = {"delegate": lazy_gettext("已收回")}


@blueprint.app_template_filter()
def part_name(kind: str) -> str:
    """Return the word for a kind of part, empty for a task."""
    return str(PART_WORDS.get(kind, ""))


@blueprint.app_template_global()
def request_words(view: WorkItemView) -> str:
    """Say who sent the reader here and how."""
    name = view.asked_by
    if view.delegated:
        return str(gettext("委派自 %(name)s：请填写意见后交回", name=name))
    return str(gettext("转办自 %(name)s", name=name))


@blueprint.app_template_global()
def entry_words(entry: StepEntry) -> str:
    """Say who sent a part to whom."""
    names = {"sender": entry.sender.name, "person": entry.person.name}
    if entry.kind == "transfer":
        return str(gettext("%(sender)s 转办给 %(person)s", **names))
    return str(gettext("%(sender)s 委派给 %(person)s", **names))


@blueprint.app_template_global()
def entry_state(entry: StepEntry) -> str:
    """Say what has become of a part, empty where its heading says everything."""
    if entry.state == "done":
        return str(_DONE.get(entry.kind, ""))
    if entry.state == "cancelled":
        return str(_CANCELLED.get(entry.kind, gettext("已取消")))
    return str(gettext("办理中"))
