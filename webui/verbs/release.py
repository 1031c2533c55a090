"""释放."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import gettext, lazy_gettext

from engine.commands import ReleaseWorkItem
from webui.access import execute
from webui.verbs.pages import to_list
from webui.verbs.verb import Verb

if TYPE_CHECKING:
    from engine.queries.views import WorkItemView
    from webui.typed import Typed
    from webui.verbs.verb import Answer


def act(view: WorkItemView, _typed: Typed) -> Answer:
    """Give it back to the post."""
    execute(ReleaseWorkItem(work_item_key=view.key))
    return to_list(gettext("已放弃认领，同岗位的其他人可以办理。"))


VERB: Final = Verb(
    key="release",
    name=lazy_gettext("放弃认领"),
    hint=lazy_gettext("交回给同岗位的其他人"),
    act=act,
)
