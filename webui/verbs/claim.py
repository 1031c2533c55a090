"""认领."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import lazy_gettext

from engine.commands import ClaimWorkItem
from webui.access import execute
from webui.verbs.pages import again
from webui.verbs.verb import Verb

if TYPE_CHECKING:
    from engine.queries.views import WorkItemView
    from webui.typed import Typed
    from webui.verbs.verb import Answer


def act(view: WorkItemView, typed: Typed) -> Answer:
    """Claim and stay on the page."""
    execute(ClaimWorkItem(work_item_key=view.key))
    return again(view.key, typed, status=200)


VERB: Final = Verb(
    key="claim",
    name=lazy_gettext("认领"),
    hint=lazy_gettext("由我办理，其他人不再看到此待办"),
    act=act,
)
