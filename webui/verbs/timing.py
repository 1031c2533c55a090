"""停止计时 and 恢复计时, each with the number of its document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import flash, redirect, url_for
from flask_babel import gettext, lazy_gettext

from engine.commands import ResumeClock, StopClock
from webui.access import execute
from webui.formats import office_time
from webui.verbs.verb import Verb

if TYPE_CHECKING:
    from engine.queries.views import WorkItemView
    from webui.typed import Typed
    from webui.verbs.verb import Answer


def _stop(view: WorkItemView, typed: Typed) -> Answer:
    execute(
        StopClock(
            work_item_key=view.key,
            ground=typed.of("stop_clock", "ground"),
            document=typed.of("stop_clock", "document"),
            reason=typed.of("stop_clock", "reason"),
        )
    )
    flash(gettext("已停止计时，恢复之前的日子不计入办理期限。"), "done")
    return redirect(url_for("tasks.show", key=view.key), code=303)


def _resume(view: WorkItemView, typed: Typed) -> Answer:
    due_at = execute(
        ResumeClock(
            work_item_key=view.key,
            document=typed.of("resume_clock", "document"),
            reason=typed.of("resume_clock", "reason"),
        )
    )
    flash(gettext("已恢复计时，新的办理期限是 %(due)s。", due=office_time(due_at)), "done")
    return redirect(url_for("tasks.show", key=view.key), code=303)


STOP: Final = Verb(
    key="stop_clock",
    name=lazy_gettext("停止计时"),
    hint=lazy_gettext("补正、听证等期间不计入期限"),
    dialog="tasks/verbs/clock.html",
    confirm=lazy_gettext("确认停止计时"),
    act=_stop,
)
RESUME: Final = Verb(
    key="resume_clock",
    name=lazy_gettext("恢复计时"),
    hint=lazy_gettext("从今天起重新计入期限"),
    dialog="tasks/verbs/clock.html",
    confirm=lazy_gettext("确认恢复计时"),
    act=_resume,
)
