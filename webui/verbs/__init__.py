"""The verbs of the task page: one module per verb, one line here; words, dialog and act.

Which verbs there are and why not is the engine's business (``engine.queries.verbs``). The fields of
a dialog are called ``_v.<verb>.<field>``: all dialogs lie in the page's one form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from webui.verbs import (
    asking,
    claim,
    handing_on,
    matter,
    outside,
    recuse,
    release,
    return_to,
    timing,
    voting,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.queries.views import WorkItemView
    from webui.verbs.verb import Verb

VERBS: Final[Mapping[str, Verb]] = {
    verb.key: verb
    for verb in (
        claim.VERB,
        release.VERB,
        return_to.VERB,
        outside.SEND,
        outside.RECALL,
        handing_on.HAND_BACK,
        handing_on.TAKE_BACK,
        handing_on.TRANSFER,
        handing_on.DELEGATE,
        timing.STOP,
        timing.RESUME,
        asking.CONSULT,
        asking.SIGN,
        asking.CANCEL_PARTS,
        voting.ADD,
        voting.REMOVE,
        asking.ANSWER,
        asking.AGREE,
        asking.REFUSE,
        matter.URGE,
        matter.CIRCULATE,
        recuse.VERB,
        matter.RECALL,
        matter.SUSPEND,
        matter.RESUME,
        matter.WITHDRAW,
        matter.TERMINATE,
    )
}


def verb_of(key: str) -> Verb | None:
    """Return the verb with this key; a global of the templates."""
    return VERBS.get(key)


def primary_verbs(view: WorkItemView) -> list[Verb]:
    """Return the verbs that stand in the bar like outcomes; a global of the templates."""
    verbs = (verb_of(one.verb) for one in view.verbs if one.allowed)
    return [verb for verb in verbs if verb is not None and verb.primary]
