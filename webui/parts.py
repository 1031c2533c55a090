"""How the parts of a task and its passing on read to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import Blueprint
from flask_babel import gettext, lazy_gettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.queries.views import StepEntry, WorkItemView

blueprint = Blueprint("parts", __name__)

#: What a part is called in lists and chips.
PART_WORDS: Final = {
    "transfer": lazy_gettext("转办"),
    "delegate": lazy_gettext("委派"),
    "consult": lazy_gettext("征求意见"),
    "sign_before": lazy_gettext("前加签"),
    "sign_after": lazy_gettext("后加签"),
    "outside": lazy_gettext("外部"),
}
#: What a part is asked under, by its kind.
_ASKED: Final = {
    "consult": lazy_gettext("%(name)s 征求您的意见"),
    "sign_before": lazy_gettext("加签自 %(name)s：请在其办理前签署"),
    "sign_after": lazy_gettext("加签自 %(name)s：您同意后其决定生效"),
}
#: Headings of entries.
_ENTRIES: Final = {
    "transfer": lazy_gettext("%(sender)s 转办给 %(person)s"),
    "delegate": lazy_gettext("%(sender)s 委派给 %(person)s"),
    "consult": lazy_gettext("%(sender)s 征求 %(person)s 的意见"),
    "sign_before": lazy_gettext("%(sender)s 请 %(person)s 前加签"),
    "sign_after": lazy_gettext("%(sender)s 请 %(person)s 后加签"),
    "decision": lazy_gettext("%(person)s 的决定"),
    "urge": lazy_gettext("%(sender)s 催办"),
    "ballot": "%(person)s",
    "outside": lazy_gettext("%(sender)s 退回 %(person)s 补正"),
}
_STATES: Final = {
    ("delegate", "done"): lazy_gettext("已交回"),
    ("delegate", "cancelled"): lazy_gettext("已收回"),
    ("consult", "current"): lazy_gettext("待答复"),
    ("consult", "done"): lazy_gettext("已答复"),
    ("consult", "cancelled"): lazy_gettext("未答复"),
    ("sign_before", "current"): lazy_gettext("待签署"),
    ("sign_before", "cancelled"): lazy_gettext("已减签"),
    ("sign_after", "current"): lazy_gettext("待签署"),
    ("sign_after", "coming"): lazy_gettext("办理后签署"),
    ("sign_after", "cancelled"): lazy_gettext("已减签"),
    ("decision", "coming"): lazy_gettext("待加签人同意"),
    ("decision", "cancelled"): lazy_gettext("未生效"),
    ("transfer", "done"): "",
    ("urge", "done"): "",
    ("outside", "coming"): lazy_gettext("待补正"),
    ("outside", "done"): lazy_gettext("已补正"),
    ("outside", "cancelled"): lazy_gettext("未补正"),
    ("ballot", "current"): lazy_gettext("待投票"),
    ("ballot", "cancelled"): lazy_gettext("未投票"),
}
_SIGNED: Final = {"agree": lazy_gettext("同意"), "refuse": lazy_gettext("不同意")}


@dataclass(frozen=True)
class Thread:
    """A question and its answers.

    Attributes:
        first: the question, as part of the first person who was asked.
        entries: one per person.
    """

    first: StepEntry
    entries: Sequence[StepEntry]


@blueprint.app_template_filter()
def part_name(kind: str) -> str:
    """Return the word for a kind of part, empty for a task."""
    return str(PART_WORDS.get(kind, ""))


@blueprint.app_template_global()
def request_words(view: WorkItemView) -> str:
    """Say who sent the reader here and how."""
    if view.kind in _ASKED:
        return str(_ASKED[view.kind]) % {"name": view.asked_by}
    if view.delegated:
        return str(gettext("委派自 %(name)s：请填写意见后交回", name=view.asked_by))
    if any(entry.kind == "decision" and entry.state == "cancelled" for entry in view.entries[-9:]):
        return str(gettext("%(name)s 不同意您的决定，请重新办理", name=view.asked_by))
    return str(gettext("转办自 %(name)s", name=view.asked_by))


@blueprint.app_template_global()
def entry_words(entry: StepEntry) -> str:
    """Say who sent a part to whom."""
    words = str(_ENTRIES.get(entry.kind, "%(sender)s → %(person)s"))
    return words % {"sender": entry.sender.name, "person": entry.person.name}


@blueprint.app_template_global()
def entry_state(entry: StepEntry) -> str:
    """Say what has become of a part, empty where its heading says everything."""
    if entry.kind == "ballot" and entry.state == "done":
        return entry.label
    if entry.state == "done" and entry.outcome in _SIGNED:
        return str(_SIGNED[entry.outcome])
    return str(_STATES.get((entry.kind, entry.state), gettext("办理中")))


@blueprint.app_template_global()
def threads(entries: Sequence[StepEntry]) -> list[Thread]:
    """Return the questions that were asked under a task, each with its answers, oldest first."""
    asked = [entry for entry in entries if entry.kind in _ASKED]
    found: dict[tuple[object, ...], list[StepEntry]] = {}
    for entry in asked:
        question = (entry.sender.login, entry.kind, entry.request)
        found.setdefault((*question, entry.sent_at), []).append(entry)
    return [Thread(group[0], group) for group in found.values()]
