"""The approval form on paper: A4, the document as it stands, every opinion with its signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, make_response, render_template

from engine.errors import ConfigurationError, NotFoundError
from engine.queries import InstanceQuery, SignatureUnder
from engine.queries.views import StepState
from webui.access import ask, engine
from webui.attachments import disposition

if TYPE_CHECKING:
    from flask import Response

    from engine.queries.views import InstanceView

blueprint = Blueprint("approval", __name__)

#: Addresses inside the form that are answered from the database; nothing else is ever fetched.
_SIGNATURE: Final = "signature:"


@blueprint.get("/instances/<key>/approval.pdf")
def pdf(key: str) -> Response:
    """Send the approval form to a reader of the matter; 403 and 404 as the engine says."""
    view = ask(InstanceQuery(instance_key=key))
    response = make_response(_pdf_of(_page(view)))
    response.headers["Content-Type"] = "application/pdf"
    name = f"{view.matter.number or view.matter.title}.pdf".replace("/", "-")
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _page(view: InstanceView) -> str:
    # Rounds that a return has broken off belong to the record, too.
    decided = [
        step
        for step in view.timeline
        if step.state is StepState.DONE or (step.vote is not None and step.ended_at)
    ]
    current = [step for step in view.timeline if step.state is StepState.CURRENT]
    return render_template(
        "instances/approval.html",
        view=view,
        decided=decided,
        current=current,
        printed_at=engine().clock.now(),
    )


def _pdf_of(page: str) -> bytes:
    """Lay the page out.

    Raises:
        ConfigurationError: the system libraries of WeasyPrint are missing.
    """
    try:
        # Importing takes a second and needs Pango: only who prints pays for it.
        from weasyprint import CSS, HTML
    except OSError as error:
        raise ConfigurationError(
            "服务器缺少打印组件 Pango，请管理员安装 libpango-1.0-0 和 libpangoft2-1.0-0 后重试。",
            "Pango is missing on the server; install libpango-1.0-0 and libpangoft2-1.0-0.",
        ) from error
    sheet = render_template("instances/approval.css")
    document: bytes = HTML(string=page, url_fetcher=_fetch).write_pdf(
        stylesheets=[CSS(string=sheet, url_fetcher=_fetch)], pdf_variant="pdf/a-3u"
    )
    return document


def _fetch(url: str, *_more: Any, **_options: Any) -> Any:
    from weasyprint.urls import URLFetcherResponse

    if not url.startswith(_SIGNATURE):
        raise ValueError(url)
    try:
        stored = ask(SignatureUnder(work_item_key=url.removeprefix(_SIGNATURE)))
    except NotFoundError as error:
        raise ValueError(url) from error
    return URLFetcherResponse(url, stored.content, {"Content-Type": stored.content_type})
