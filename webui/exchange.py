"""外部系统: messages with partners, for administrators; the development outbox."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext

from engine.clock import OFFICE_ZONE
from engine.commands import GiveUpSending, GiveUpTaking, SendAgain, TakeAgain
from engine.errors import ValidationFailedError
from engine.model.participants import ADMIN_ROLE
from engine.model.states import ReceivedState
from engine.queries import ExchangeQuery, StoppedMessages
from engine.queries.views.exchange import ExchangeBox
from webui.access import ask, current_participant, execute
from webui.language import said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("exchange", __name__, url_prefix="/exchange")
BOX_WORDS: Final = {
    ExchangeBox.STOPPED: lazy_gettext("待处理"),
    ExchangeBox.WAITING: lazy_gettext("待发送"),
    ExchangeBox.SENT: lazy_gettext("已发送"),
    ExchangeBox.RECEIVED: lazy_gettext("已接收"),
    ExchangeBox.DEVELOPMENT: lazy_gettext("开发发件箱"),
}


@blueprint.get("/", defaults={"box": ExchangeBox.STOPPED.value})
@blueprint.get("/<box>")
def show(box: str) -> str:
    """Show one list; 403 for everybody but administrators, 404 for an unknown list."""
    if box not in set(ExchangeBox):
        abort(404)
    return _page(ExchangeBox(box))


@blueprint.post("/outgoing/<key>")
def outgoing(key: str) -> BaseResponse | tuple[str, int]:
    """Send a stopped message again or give it up; 409 when somebody else was faster."""
    reason = request.form.get("reason", "")
    if request.form.get("_action") == "again":
        execute(SendAgain(job_key=key))
        flash(gettext("已重新放入发件箱，将以原编号发送。"), "done")
    else:
        try:
            execute(GiveUpSending(job_key=key, reason=reason))
        except ValidationFailedError as error:
            return _page(ExchangeBox.STOPPED, {key: said(error)}), 422
        flash(gettext("已放弃发送，等待它的事项继续办理。"), "done")
    return redirect(url_for(".show"), code=303)


@blueprint.post("/incoming/<key>")
def incoming(key: str) -> BaseResponse | tuple[str, int]:
    """Take a held message again or put it away; 409 when somebody else was faster."""
    reason = request.form.get("reason", "")
    if request.form.get("_action") == "again":
        state = execute(TakeAgain(message_key=key))
        if state is ReceivedState.DONE:
            flash(gettext("已接收，消息已处理。"), "done")
        else:
            flash(gettext("仍然无法处理，原因见消息。"), "warn")
    else:
        try:
            execute(GiveUpTaking(message_key=key, reason=reason))
        except ValidationFailedError as error:
            return _page(ExchangeBox.STOPPED, {key: said(error)}), 422
        flash(gettext("已标记为不予处理。"), "done")
    return redirect(url_for(".show"), code=303)


@blueprint.app_template_global()
def stopped_messages() -> int:
    """Return how many messages wait for this administrator, asked once in a request."""
    if "stopped_messages" not in g:
        g.stopped_messages = ask(StoppedMessages())
    counted: int = g.stopped_messages
    return counted


@blueprint.app_template_global()
def is_administrator() -> bool:
    """Tell whether the reader looks after the installation."""
    person = current_participant()
    return person is not None and person.has_role(ADMIN_ROLE)


@blueprint.app_template_filter()
def office_clock(moment: datetime) -> str:
    """Write day and second in the office's time: tries may be seconds apart."""
    return moment.astimezone(OFFICE_ZONE).strftime("%m-%d %H:%M:%S")


@blueprint.app_template_filter()
def as_lines(content: Mapping[str, Any]) -> str:
    """Write a message's content for people who read JSON."""
    return json.dumps(content, ensure_ascii=False, indent=2, default=str)


def _page(box: ExchangeBox, refusals: Mapping[str, str] | None = None) -> str:
    search = request.args.get("q", "").strip()[:150]
    page = ask(ExchangeQuery(box=box, message_id=search, before=request.args.get("before", "")))
    return render_template(
        "exchange/show.html",
        page=page,
        box_words=BOX_WORDS,
        search=search,
        refusals=refusals or {},
    )
