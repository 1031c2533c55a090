"""人员与单位: administrators arrange people and their posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from engine.commands import (
    CancelPostChange,
    ChangePerson,
    CreatePerson,
    DisablePerson,
    EnablePerson,
    GivePost,
    PersonFacts,
    ResetPassword,
    TakePost,
)
from engine.errors import ValidationFailedError
from engine.queries import Person, Staff, UnitList
from webui.access import ask, execute
from webui.formats import typed_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response as BaseResponse

    from engine.commands.services import Command

blueprint = Blueprint("staff", __name__, url_prefix="/staff")


@blueprint.get("")
def index() -> str:
    """Show people by name, or those whom a search finds."""
    search = request.args.get("q", "").strip()[:60]
    page = ask(Staff(search=search, after=request.args.get("after", "")))
    return render_template("staff/people.html", page=page, search=search)


@blueprint.get("/new")
def new() -> str:
    """Show the form of a new person."""
    return _new_page({})


@blueprint.post("/new")
def create() -> str | tuple[str, int]:
    """Create a person and show the initial password once; 422 with everything typed."""
    login = request.form.get("login", "").strip()
    try:
        password = execute(CreatePerson(login=login, facts=_facts()))
    except ValidationFailedError as error:
        return _new_page(request.form, error), 422
    return _page(login, password=password)


@blueprint.get("/people/<login>")
def show(login: str) -> str:
    """Show a person."""
    return _page(login)


@blueprint.post("/people/<login>")
def change(login: str) -> BaseResponse | tuple[str, int]:
    """Change what is known of a person."""
    command = ChangePerson(login=login, facts=_facts())
    return _done(command, login, "facts", gettext("已保存。"))


@blueprint.post("/people/<login>/give")
def give(login: str) -> BaseResponse | tuple[str, int]:
    """Give a post, at once or from a day on."""
    form = request.form
    command = GivePost(
        login=login,
        role=form.get("role", ""),
        unit=form.get("post_unit", ""),
        scope=form.get("scope", ""),
        starts_on=typed_date(form.get("starts_on", "")),
        reason=form.get("reason", ""),
    )
    try:
        before = execute(command)
    except ValidationFailedError as error:
        return _page(login, form="give", error=error), 422
    flash(gettext("任职已登记。"), "done")
    if before is not None:
        flash(
            gettext(
                "同一岗位在一个单位只有一个负责范围，原来的“%(scope)s”由本次登记的取代。",
                scope=_scope_words(before.scope_prefix),
            ),
            "warn",
        )
    return redirect(url_for(".show", login=login), code=303)


def _scope_words(prefix: str | None) -> str:
    if prefix is None:
        return str(gettext("本单位"))
    return str(gettext("区划 %(division)s", division=prefix) if prefix else gettext("全国"))


@blueprint.post("/people/<login>/take")
def take(login: str) -> BaseResponse | tuple[str, int]:
    """Take a post, at once or from a day on."""
    form = request.form
    role, _, unit = form.get("post", "").partition("@")
    command = TakePost(
        login=login,
        role=role,
        unit=unit,
        ends_on=typed_date(form.get("ends_on", "")),
        reason=form.get("reason", ""),
    )
    return _done(command, login, "take", gettext("免职已登记，不能再办的任务将转由他人办理。"))


@blueprint.post("/people/<login>/cancel/<key>")
def cancel(login: str, key: str) -> BaseResponse | tuple[str, int]:
    """Cancel a change of a post whose day has not come."""
    command = CancelPostChange(change_key=key)
    return _done(command, login, "take", gettext("已取消。"))


@blueprint.post("/people/<login>/disable")
def disable(login: str) -> BaseResponse | tuple[str, int]:
    """Disable the account."""
    command = DisablePerson(login=login, reason=request.form.get("reason", ""))
    return _done(command, login, "disable", gettext("账号已停用，其任务将转由他人办理。"))


@blueprint.post("/people/<login>/password")
def password(login: str) -> str:
    """Renew the password, of a disabled account with enabling it; shown once."""
    enables = request.form.get("_action") == "enable"
    command = EnablePerson(login=login) if enables else ResetPassword(login=login)
    return _page(login, password=execute(command))


def _facts() -> PersonFacts:
    names = ("name", "unit", "department", "phone", "leader")
    return PersonFacts(**{name: request.form.get(name, "") for name in names})


def _done(
    command: Command[object], login: str, form: str, words: str
) -> BaseResponse | tuple[str, int]:
    """Execute and show the person again; refused input (422) comes back in its form."""
    try:
        execute(command)
    except ValidationFailedError as error:
        return _page(login, form=form, error=error), 422
    flash(words, "done")
    return redirect(url_for(".show", login=login), code=303)


def _page(
    login: str, *, password: str = "", form: str = "", error: ValidationFailedError | None = None
) -> str:
    return render_template(
        "staff/person.html",
        view=ask(Person(login=login)),
        password=password,
        form=form,
        typed=request.form if error else {},
        errors={_field(form, fault.field): fault for fault in error.errors} if error else {},
    )


def _field(form: str, field: str) -> str:
    """Return the name of a field on the page: two forms ask for a unit."""
    return "post_unit" if form == "give" and field == "unit" else field


def _new_page(typed: Mapping[str, str], error: ValidationFailedError | None = None) -> str:
    return render_template(
        "staff/new.html",
        typed=typed,
        errors={fault.field: fault for fault in error.errors} if error else {},
        units=ask(UnitList()),
    )
