"""What a person chooses for himself: language, colours, password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from engine.commands import ChangePassword, ChoosePreferences, SetLanguage
from engine.errors import NotAllowedError, ValidationFailedError
from engine.queries import DeskQuery
from webui.access import ask, current_participant, execute, forget
from webui.auth import local_address
from webui.language import LANGUAGE_COOKIE, LANGUAGES, THEME_COOKIE, THEMES, said

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("preferences", __name__)
#: Lifetime of the cookies, seconds.
_YEAR: Final = 31_536_000


@blueprint.get("/preferences")
def show() -> str:
    """Show the choices."""
    return preferences_page()


def preferences_page(**more: str) -> str:
    """Return the page; ``more`` is what was typed and refused."""
    return render_template("preferences/show.html", desk=ask(DeskQuery()), **more)


@blueprint.post("/preferences")
def choose() -> BaseResponse:
    """Keep the chosen language and colours, then lead back to where the person was."""
    language = request.form.get("language", "")
    if language in LANGUAGES and current_participant() is not None:
        execute(SetLanguage(language=language))
    if request.form.get("open_next") in ("0", "1"):
        execute(ChoosePreferences(open_next=request.form["open_next"] == "1"))
    back = local_address(request.form.get("back", "")) or url_for("worklist.index")
    response = redirect(back, code=303)
    if language in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR, samesite="Lax", httponly=True)
    if "theme" in request.form:
        _keep_theme(response, request.form["theme"])
    return response


@blueprint.post("/preferences/password")
def change_password() -> BaseResponse | tuple[str, int]:
    """Change the password; 422 with the reason when it is refused."""
    new = request.form.get("new", "")
    refusal = ""
    if new != request.form.get("again", ""):
        refusal = gettext("两次输入的新密码不一致，请重新输入。")
    else:
        try:
            execute(ChangePassword(old=request.form.get("old", ""), new=new))
        except (NotAllowedError, ValidationFailedError) as error:
            refusal = said(error)
    if refusal:
        return preferences_page(refusal=refusal), 422
    # The engine has ended every session of this person, this one too.
    flash(gettext("密码已修改，请用新密码重新登录。"), "done")
    return forget(redirect(url_for("auth.show_login"), code=303))


def _keep_theme(response: BaseResponse, theme: str) -> None:
    if theme in THEMES:
        response.set_cookie(THEME_COOKIE, theme, max_age=_YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax", httponly=True)
