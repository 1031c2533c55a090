"""The one page of somebody whose password must be changed before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from engine.commands import ChangePassword
from engine.errors import ValidationFailedError
from webui.access import current_participant, execute, forget
from webui.language import said

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("passwords", __name__)


@blueprint.before_request
def _only_forced() -> BaseResponse | None:
    """Lead everybody else to the preferences, where the old password is asked for."""
    person = current_participant()
    is_forced = person is not None and person.must_change_password
    return None if is_forced else redirect(url_for("preferences.show"), code=303)


@blueprint.get("/password")
def show() -> str:
    """Show the form."""
    return render_template("passwords/change.html")


@blueprint.post("/password")
def change() -> BaseResponse | tuple[str, int]:
    """Set the new password and lead to the log-in; 422 with the reason when it is refused."""
    new = request.form.get("new", "")
    refusal = ""
    if new != request.form.get("again", ""):
        refusal = gettext("两次输入的新密码不一致，请重新输入。")
    else:
        try:
            execute(ChangePassword(old="", new=new))
        except ValidationFailedError as error:
            refusal = said(error)
    if refusal:
        return render_template("passwords/change.html", refusal=refusal), 422
    flash(gettext("密码修改成功！请用新密码登录。"), "done")
    return forget(redirect(url_for("auth.show_login"), code=303))
