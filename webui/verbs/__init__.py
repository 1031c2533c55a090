"""The verbs of the task page: one module per verb, one line here; words, dialog and act.

Which verbs there are and why not is the engine's business (``engine.queries.verbs``). The fields of
a dialog are called ``_v.<verb>.<field>``: all dialogs lie in the page's one form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from webui.verbs import claim, matter, release, return_to

if TYPE_CHECKING:
    from collections.abc import Mapping

    from webui.verbs.verb import Verb

VERBS: Final[Mapping[str, Verb]] = {
    verb.key: verb
    for verb in (claim.VERB, release.VERB, return_to.VERB, matter.WITHDRAW, matter.TERMINATE)
}


def verb_of(key: str) -> Verb | None:
    """Return the verb with this key; a global of the templates."""
    return VERBS.get(key)
