"""The bell: its number, its page, and where a line leads."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Final

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext, lazy_gettext

from engine.commands import ChooseNotices, ReadNotice, ReadNotices
from engine.errors import ValidationFailedError
from engine.model.notices import BELL, Channel, NoticeEvent
from engine.queries import Bell, BellCount, OwnNoticeChoices
from webui.access import ask, current_participant, engine, execute
from webui.language import said
from webui.live import Live, event
from webui.preferences import preferences_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.wrappers import Response as BaseResponse

    from engine.queries.bell import BellLine

blueprint = Blueprint("bell", __name__, url_prefix="/bell")
_LIVE: Final = "procureflow.live"
#: A bell shows no number above it.
MOST: Final = 99
EVENT_WORDS: Final = {
    NoticeEvent.TASK: lazy_gettext("新的待办"),
    NoticeEvent.RETURNED: lazy_gettext("退回给我"),
    NoticeEvent.URGED: lazy_gettext("催办"),
    NoticeEvent.DUE_SOON: lazy_gettext("即将到期"),
    NoticeEvent.OVERDUE: lazy_gettext("已逾期"),
    NoticeEvent.ESCALATED: lazy_gettext("他人逾期（升级）"),
    NoticeEvent.DUE_MOVED: lazy_gettext("期限变动"),
    NoticeEvent.CIRCULATED: lazy_gettext("抄送"),
    NoticeEvent.CONSULTED: lazy_gettext("征求意见"),
    NoticeEvent.ANSWERED: lazy_gettext("外部单位已补正"),
    NoticeEvent.LAPSED: lazy_gettext("外部单位逾期未补正"),
    NoticeEvent.FINISHED: lazy_gettext("我发起的办结"),
    NoticeEvent.SUBSTITUTION: lazy_gettext("代理安排"),
}
WAY_WORDS: Final = {
    BELL: lazy_gettext("站内"),
    Channel.SMS: lazy_gettext("短信"),
    Channel.EMAIL: lazy_gettext("邮件"),
    Channel.WECOM: lazy_gettext("企业微信"),
    Channel.DINGTALK: lazy_gettext("钉钉"),
}


def init_app(app: Flask) -> None:
    """Give the templates the number and the sentences."""
    app.context_processor(
        lambda: {
            "bell_count": _count,
            "bell_words": bell_words,
            "notice_choices": lambda: ask(OwnNoticeChoices()),
            "notice_events": EVENT_WORDS,
            "notice_ways": WAY_WORDS,
        }
    )


def _count() -> str:
    return shown(ask(BellCount()))


def shown(count: int) -> str:
    """Write the number: nothing for none, ``99+`` for many."""
    return f"{MOST}+" if count > MOST else str(count or "")


@blueprint.get("")
def show() -> str:
    """Show the newest lines."""
    return render_template("bell/show.html", view=ask(Bell()))


@blueprint.post("/read")
def read_all() -> BaseResponse:
    """Mark everything as read."""
    execute(ReadNotices())
    flash(gettext("已全部标为已读。"), "done")
    return redirect(url_for(".show"), code=303)


@blueprint.post("/<key>")
def follow(key: str) -> BaseResponse:
    """Mark a line as read and lead to what it is about; 404 when it is somebody else's."""
    notice = execute(ReadNotice(notice_key=key))
    if notice.work_item_key and notice.event not in _ABOUT_MATTERS:
        return redirect(url_for("tasks.show", key=notice.work_item_key), code=303)
    if notice.event is NoticeEvent.SUBSTITUTION:
        return redirect(url_for("substitutions.show"), code=303)
    if notice.root_key:
        return redirect(url_for("instances.show", key=notice.root_key), code=303)
    return redirect(url_for(".show"), code=303)


@blueprint.get("/count")
def count() -> Response:
    """Give the number alone, for pages without a stream."""
    return Response(str(ask(BellCount())), content_type="text/plain")


@blueprint.get("/events")
def events() -> Response:
    """Give the number whenever it changes; a single event where the server cannot hold it open."""
    person, now = current_participant(), ask(BellCount())
    hold_open = request.environ.get("procureflow.hold_open")
    if hold_open is not None and person is not None:
        live, login = _live(), person.login
        hold_open(lambda stream: live.join(login, now, stream))

    def first() -> Iterator[bytes]:
        yield event(now)

    return Response(first(), content_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


def _live() -> Live:
    found: Live = current_app.extensions.setdefault(_LIVE, Live(engine()))
    return found


@blueprint.post("/choices")
def choose() -> BaseResponse | tuple[str, int]:
    """Keep what the person wants to be told; 422 with the reason when it is refused."""
    wanted = {tuple(text.split(":", 1)) for text in request.form.getlist("wanted") if ":" in text}
    try:
        execute(
            ChooseNotices(
                wanted=[(one[0], one[1]) for one in wanted],
                email=request.form.get("email", ""),
                quiet_from=_time("quiet_from"),
                quiet_until=_time("quiet_until"),
            )
        )
    except ValidationFailedError as error:
        return preferences_page(notice_refusal=said(error)), 422
    flash(gettext("通知设置已保存。"), "done")
    return redirect(url_for("preferences.show") + "#notices", code=303)


def _time(name: str) -> time | None:
    try:
        return time.fromisoformat(request.form.get(name, ""))
    except ValueError:
        return None


#: What leads to the matter: the reader need not be one who may do the task.
_ABOUT_MATTERS: Final = frozenset(
    {NoticeEvent.ESCALATED, NoticeEvent.CIRCULATED, NoticeEvent.FINISHED, NoticeEvent.SUBSTITUTION}
)


def bell_words(line: BellLine) -> str:
    """Return the sentence of a line; a global of the templates."""
    step, person = line.detail.get("step", ""), line.detail.get("person", "")
    due, holder = line.detail.get("due", ""), line.detail.get("holder", "")
    sentences = {
        NoticeEvent.TASK: gettext("新的待办：%(step)s", step=step),
        NoticeEvent.RETURNED: gettext("%(person)s 退回给您：%(step)s", person=person, step=step),
        NoticeEvent.URGED: gettext("%(person)s 催办：%(step)s", person=person, step=step),
        NoticeEvent.DUE_SOON: gettext("即将到期：%(step)s，%(due)s 到期", step=step, due=due),
        NoticeEvent.OVERDUE: gettext("已逾期：%(step)s，%(due)s 到期", step=step, due=due),
        NoticeEvent.ESCALATED: gettext(
            "逾期未办：%(step)s，%(due)s 到期，办理人 %(holder)s",
            step=step,
            due=due,
            holder=holder or gettext("尚无"),
        ),
        NoticeEvent.DUE_MOVED: gettext(
            "工作日历更新，%(step)s 的期限由 %(before)s 改为 %(due)s",
            step=step,
            before=line.detail.get("before", ""),
            due=due,
        ),
        NoticeEvent.CIRCULATED: gettext("%(person)s 抄送给您", person=person),
        NoticeEvent.CONSULTED: gettext(
            "%(person)s 征求您的意见：%(step)s", person=person, step=step
        ),
        NoticeEvent.ANSWERED: gettext(
            "%(name)s 已补正：%(step)s", name=line.detail.get("name", ""), step=step
        ),
        NoticeEvent.LAPSED: gettext(
            "%(name)s 逾期未补正，链接已失效：%(step)s",
            name=line.detail.get("name", ""),
            step=step,
        ),
        NoticeEvent.FINISHED: gettext("您发起的事项已办结"),
        NoticeEvent.SUBSTITUTION: _substitution(line),
    }
    return str(sentences[line.event])


def _substitution(line: BellLine) -> str:
    facts = {name: line.detail.get(name, "") for name in ("person", "holder", "first", "last")}
    if line.detail.get("what") == "revoked":
        return str(gettext("%(holder)s 代理 %(person)s（至 %(last)s）已撤销", **facts))
    return str(gettext("%(holder)s 代理 %(person)s：%(first)s 至 %(last)s", **facts))
