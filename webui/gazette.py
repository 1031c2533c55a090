"""The public site: published notices for everybody, without a log-in and without cookies.

A page depends on its address alone (the language stands in it, colours follow the reader's
system), so that browsers and proxies may keep it for a while.
"""

from __future__ import annotations

import re
from datetime import UTC
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from flask import Blueprint, abort, g, make_response, render_template, request, url_for

from engine.gazette import Wanted
from engine.model.keys import LARGEST_KEY, parse_key
from engine.model.participants import PUBLIC
from engine.queries import (
    GazetteAddresses,
    GazetteData,
    GazetteFile,
    GazetteFrontPage,
    GazetteMenu,
    GazetteNotice,
    GazetteNotices,
)
from webui.access import engine
from webui.attachments import disposition
from webui.formats import typed_date
from webui.language import reader_language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from flask import Response

    from engine.commands.services import Query
    from engine.gazette import GazetteGroup, Place

blueprint = Blueprint("gazette", __name__)
#: Seconds for which a copy may be shown without asking again.
_LIST_AGE: Final = 60
_FRAME_AGE: Final = 300
#: A notice is asked for again each time (an unchanged one costs a 304): who follows the link to
#: the version in force must not see the copy of yesterday's.
_ALWAYS_ASK: Final = 0
_YEAR: Final = 31_536_000
#: Lines of a page, of each group on the first page, of a feed.
_PAGE: Final = 20
_FRONT: Final = 6
_FEED: Final = 50
#: Addresses of one site map; the protocol allows 50,000.
_MAP: Final = 10_000
_LAST_PAGE: Final = 10_000
#: Words that a search looks for; each is a pass over the texts.
_MOST_WORDS: Final = 5
_CENTURY: Final = 20
#: How notices write money, aligned at the point.
_AMOUNT: Final = re.compile(r"[\d,]+\.\d\d")


@blueprint.get("/notices/")
def home() -> Response:
    """Show the newest notices of each group."""
    front = _ask(GazetteFrontPage(size=_FRONT))
    return _page(render_template("gazette/home.html", front=front, wanted=Wanted()), _LIST_AGE)


@blueprint.get("/notices/list")
def find() -> Response:
    """Show the notices that the address asks for."""
    wanted = _wanted(_PAGE)
    found = _ask(GazetteNotices(wanted=wanted))
    pages = max(1, -(-found.total // wanted.size))
    text = render_template("gazette/list.html", found=found, wanted=wanted, pages=pages)
    return _page(text, _LIST_AGE)


@blueprint.get("/notices/feed.xml")
def feed() -> Response:
    """Send the newest notices that the address asks for as RSS 2.0."""
    wanted = _wanted(_FEED)
    found = _ask(GazetteNotices(wanted=wanted))
    newest = max((line.published_at for line in found.lines), default=None)
    text = render_template("gazette/feed.xml", found=found, wanted=wanted, newest=newest)
    return _page(text, _LIST_AGE, "application/rss+xml", newest)


@blueprint.get("/notices/about")
def about() -> Response:
    """Say what is published here and how programs get it."""
    return _page(render_template("gazette/about.html", wanted=Wanted()), _FRAME_AGE)


@blueprint.get("/notices/<key>")
@blueprint.get("/notices/<key>/<version>")
def show(key: str, version: str = "") -> Response:
    """Show a version of a notice, the latest when none is named; 404 for what is not published."""
    page = _ask(GazetteNotice(key=key, version=version))
    text = render_template("gazette/notice.html", page=page, wanted=Wanted(group=page.line.group))
    return _page(text, _ALWAYS_ASK)


@blueprint.get("/notices/<key>/<version>/files/<position>")
def download(key: str, version: str, position: str) -> Response:
    """Send a file of a published version, always as a file."""
    stored = _ask(GazetteFile(key=key, version=version, position=position))
    response = make_response(stored.content)
    response.headers["Content-Type"] = stored.content_type
    response.headers["Content-Disposition"] = disposition(stored.name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return _kept(response, _YEAR)


@blueprint.get("/ocds/<path:name>")
def open_data(name: str) -> Response:
    """Send a release package or a record (OCDS 1.1)."""
    response = make_response(_ask(GazetteData(name=name, address=_address())))
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _kept(response, _LIST_AGE)


@blueprint.get("/sitemap.xml")
def site_map() -> Response:
    """List the addresses of all notices; ``after`` continues where a full map ended."""
    after = request.args.get("after", "0")
    rows = _ask(GazetteAddresses(after=_number(after, 0, LARGEST_KEY), number=_MAP))
    text = render_template("gazette/sitemap.xml", rows=rows, first=after == "0")
    return _page(text, _FRAME_AGE, "application/xml")


@blueprint.get("/sitemaps.xml")
def site_maps() -> Response:
    """List the site maps."""
    afters = [0]
    while len(rows := _ask(GazetteAddresses(after=afters[-1], number=_MAP))) == _MAP:
        afters.append(rows[-1][0])
    return _page(
        render_template("gazette/sitemaps.xml", afters=afters), _FRAME_AGE, "application/xml"
    )


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Let search engines see what is published, and nothing else."""
    lines = (
        "User-agent: *",
        *("Allow: /notices/", "Allow: /ocds/", "Allow: /assets/", "Allow: /sitemap"),
        "Disallow: /",
        f"Sitemap: {_address()}{url_for('.site_maps', lang=None)}",
    )
    return _page("\n".join(lines) + "\n", _FRAME_AGE, "text/plain")


@blueprint.get("/notices/<path:_rest>")
def nothing(_rest: str) -> Response:
    """Refuse what is no address of the site (404), instead of asking for a log-in."""
    abort(404)


@blueprint.app_template_global()
def has_gazette() -> bool:
    """Tell whether this installation publishes anything."""
    return engine().registry.gazette is not None


@blueprint.url_defaults
def _keep_language(_endpoint: str, values: dict[str, Any]) -> None:
    if reader_language() == "en" and "lang" not in values:
        values["lang"] = "en"


@blueprint.context_processor
def _frame() -> dict[str, Any]:
    """Return what every page of the site shows."""
    groups, places = _menu()
    return {
        "groups": groups,
        "places": places,
        "address": _address,
        "other_language": _other_language,
        "filters": filters,
        "feed_time": _feed_time,
        "is_amount": lambda cell: bool(_AMOUNT.fullmatch(cell)),
        "place_names": {place.division: place.name for place in places},
    }


def filters(wanted: Wanted, **changes: Any) -> dict[str, Any]:
    """Return the arguments of an address that asks for ``wanted``; what is empty is left out."""
    values = {
        "kind": wanted.group,
        "division": wanted.division,
        "q": wanted.words,
        "from": wanted.first,
        "to": wanted.last,
        "page": wanted.page if wanted.page > 1 else None,
    }
    return {name: text for name, text in (values | changes).items() if text}


def _wanted(size: int) -> Wanted:
    """Read the filters of an address; what cannot be meant is as if it were not there."""
    given = request.args
    division = given.get("division", "")
    known = {group.key for group in _menu()[0]}
    return Wanted(
        group=given.get("kind", "") if given.get("kind") in known else "",
        division=division
        if len(division) == 6 and division.isascii() and division.isdigit()
        else "",
        words=" ".join(given.get("q", "")[:100].split()[:_MOST_WORDS]),
        first=_day("from"),
        last=_day("to"),
        page=_number(given.get("page", ""), 1, _LAST_PAGE),
        size=size,
    )


def _menu() -> tuple[Sequence[GazetteGroup], Sequence[Place]]:
    """Return groups and divisions, asked once in a request."""
    if "gazette_menu" not in g:
        g.gazette_menu = _ask(GazetteMenu())
    menu: tuple[Sequence[GazetteGroup], Sequence[Place]] = g.gazette_menu
    return menu


def _number(text: str, low: int, high: int) -> int:
    return min(max(parse_key(text) or low, low), high)


def _day(name: str) -> date | None:
    """Read a day of the address; notices are of this century."""
    found = typed_date(request.args.get(name, ""))
    return found if found is not None and found.year // 100 == _CENTURY else None


def _other_language() -> str:
    """Return the address of the page in the other language."""
    values = {name: text for name, text in request.args.items() if name != "lang"}
    if reader_language() != "en":
        values["lang"] = "en"
    return f"{request.path}?{urlencode(values)}" if values else request.path


def _ask(query: Query[Any]) -> Any:
    return engine().ask(query, PUBLIC)


def _address() -> str:
    """Return the address of the site: the configured one, else that of the request."""
    return engine().settings.public_address or request.url_root.rstrip("/")


def _feed_time(moment: datetime) -> str:
    """Write a moment as RSS does (RFC 822)."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _page(
    text: str,
    age: int,
    media_type: str = "text/html",
    changed: datetime | None = None,
) -> Response:
    response = make_response(text)
    response.headers["Content-Type"] = f"{media_type}; charset=utf-8"
    if changed is not None:
        response.last_modified = changed
    return _kept(response, age)


def _kept(response: Response, age: int) -> Response:
    """Let everybody keep the answer for ``age`` seconds, and answer 304 to who has it already."""
    response.headers["Cache-Control"] = f"public, max-age={age}" if age else "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
