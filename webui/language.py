"""Which language and which colours the reader chose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request
from flask_babel import Babel, get_locale

from webui.access import PUBLIC_SITE, current_participant

if TYPE_CHECKING:
    from flask import Flask

    from engine.errors import WorkflowError

#: Languages by key, each named in itself.
LANGUAGES: Final = {"zh": "中文", "en": "English"}
LANGUAGE_COOKIE: Final = "procureflow_language"
THEMES: Final = ("light", "dark")
THEME_COOKIE: Final = "procureflow_theme"


def init_app(app: Flask) -> None:
    """Translate with Flask-Babel; the sources are Chinese, so Chinese needs no catalogue."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "zh")
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Asia/Shanghai")
    Babel(app, locale_selector=reader_language)
    app.context_processor(
        lambda: {
            "language": reader_language(),
            "language_tag": "en" if reader_language() == "en" else "zh-CN",
            "languages": LANGUAGES,
            "theme": reader_theme(),
        }
    )


def reader_language() -> str:
    """Return ``zh`` or ``en``: the person's own choice, before log-in the cookie's.

    The public site has it in the address, so that a page is the same for everybody.
    """
    if request.blueprint == PUBLIC_SITE:
        return "en" if request.args.get("lang") == "en" else "zh"
    person = current_participant()
    chosen = person.language if person is not None else request.cookies.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else "zh"


def reader_theme() -> str:
    """Return ``light`` or ``dark``, ``""`` when the system decides."""
    chosen = request.cookies.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


def said(error: WorkflowError) -> str:
    """Return what ``error`` says in the reader's language."""
    return error.message(reader_language())


def in_english() -> bool:
    """Tell whether the page is being written in English."""
    return str(get_locale()) == "en"
