"""How a vote reads to a person: its rule, and where a round stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint
from flask_babel import gettext, lazy_gettext

if TYPE_CHECKING:
    from engine.queries.views import VoteView

blueprint = Blueprint("votes", __name__)

_STATES: Final = {
    "open": lazy_gettext("投票中"),
    "passed": lazy_gettext("通过"),
    "rejected": lazy_gettext("未通过"),
    "ended": lazy_gettext("已中止，票已归档"),
}


@blueprint.app_template_global()
def vote_rule(vote: VoteView) -> str:
    """Say when the vote passes, e.g. 超过 50% 同意即通过（需 2 票）."""
    needed = gettext("需 %(n)s 票同意", n=vote.needed)
    if vote.passes == "all" or vote.needed == vote.total:
        return str(gettext("全部同意才通过"))
    if vote.passes.isdigit():
        return str(gettext("%(n)s 票同意即通过", n=vote.passes))
    share = vote.passes.removeprefix(">").strip()
    words = (
        gettext("超过 %(share)s 同意即通过", share=share)
        if vote.passes.startswith(">")
        else gettext("达到 %(share)s 同意即通过", share=share)
    )
    return str(gettext("%(rule)s（%(needed)s）", rule=words, needed=needed))


@blueprint.app_template_global()
def vote_state(vote: VoteView) -> str:
    """Say what has become of a round."""
    return str(_STATES.get(vote.state, vote.state))


@blueprint.app_template_global()
def vote_tally(vote: VoteView) -> str:
    """Say how many have voted, and how if that may be known."""
    cast = gettext("已投 %(cast)s/%(voters)s 人", cast=vote.cast, voters=vote.voters)
    if vote.agreed is None:
        return str(cast)
    votes = gettext("同意 %(a)s，不同意 %(r)s", a=vote.agreed, r=vote.refused)
    if vote.abstained:
        votes = gettext("%(votes)s，弃权 %(n)s", votes=votes, n=vote.abstained)
    return str(gettext("%(cast)s：%(votes)s", cast=cast, votes=votes))
