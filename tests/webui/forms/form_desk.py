"""One form on one page, without an engine: what a person sees, types and sends."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, render_template_string, request
from werkzeug.serving import make_server

from engine.errors import ValidationFailedError
from engine.forms import check_answers
from engine.queries.views import AttachmentView, DocumentView
from webui import assets, forms
from webui.security import CONTENT_SECURITY_POLICY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.forms import Form
    from engine.handler import Option

_PAGE = """
{% from "forms/form.html" import render_form, render_document, error_summary with context %}
<!doctype html><html lang="zh-CN"><head><title>表单</title>
<link rel="stylesheet" href="{{ asset('app.css') }}">
<script type="module" src="{{ asset('app.js') }}"></script></head><body><main><h1>表单</h1>
{{ error_summary(state) }}
<form method="post" enctype="multipart/form-data" novalidate id="task-form">
{{ render_form(state) }}
<button name="_outcome" value="submit">提交</button></form>
{% if document %}<section id="document">{{ render_document(document) }}</section>{% endif %}
</main></body></html>
"""


@dataclass
class Desk:
    """A page with a form; keeps uploaded files and the last accepted answers.

    Attributes:
        form: the form.
        options: choices by lookup name.
        language: ``zh`` or ``en``.
        attachments: uploaded files.
        stored: accepted answers, ``None`` until the first.
    """

    form: Form
    options: Mapping[str, Sequence[Option]]
    language: str = "zh"
    attachments: list[AttachmentView] = field(default_factory=list)
    stored: Mapping[str, Any] | None = None

    def app(self) -> Flask:
        """Return the page as a WSGI application under the product's CSP."""
        app = Flask("webui", root_path="webui")
        app.template_folder = assets.DIST.parents[1] / "templates"
        app.register_blueprint(assets.blueprint)
        forms.install(app.jinja_env, lambda key: f"/attachments/{key}")
        app.add_url_rule("/", view_func=self.page, methods=["GET", "POST"])
        app.add_url_rule("/favicon.ico", view_func=lambda: "", endpoint="icon")
        return app

    def page(self) -> Response:
        """Answer GET and POST."""
        answers = forms.parse_submission(self.form, request.form) if request.form else {}
        self._upload()
        errors = self._submit(answers) if "_outcome" in request.form else ()
        around = forms.Surroundings(
            errors=errors,
            attachments=self.attachments,
            options=self.options,
            context={"unit_name": "<i>一中</i>", "today": date(2026, 6, 10)},
            language=self.language,
            refresh_url="/",
            attachment_url=lambda key: f"/attachments/{key}",
            searches=forms.searches_in(request.form),
        )
        state = forms.form_state(self.form, answers, around)
        html = render_template_string(
            _PAGE, state=state, document=self._document(), language=self.language
        )
        return Response(
            html,
            status=422 if errors else 200,
            headers={
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": CONTENT_SECURITY_POLICY,
            },
        )

    def _upload(self) -> None:
        for name, file in request.files.items(multi=True):
            if file.filename:
                self.attachments.append(attachment(name.replace("-", "."), file.filename))
        removed = request.form.get("_remove")
        self.attachments = [one for one in self.attachments if one.key != removed]

    def _submit(self, answers: Mapping[str, Any]) -> Sequence[Any]:
        counts: dict[str, int] = {}
        for one in self.attachments:
            counts[one.field] = counts.get(one.field, 0) + 1
        try:
            checked = check_answers(
                self.form,
                answers,
                {"today": date(2026, 6, 10)},
                complete=True,
                attachments=counts,
                options=self.options,
            )
        except ValidationFailedError as error:
            return error.errors
        self.stored = checked.stored
        return ()

    def _document(self) -> DocumentView | None:
        if self.stored is None:
            return None
        return DocumentView(
            form=self.form,
            answers=self.stored,
            version=1,
            stored_by="张文",
            stored_at=datetime(2026, 6, 10, tzinfo=UTC),
            attachments=self.attachments,
        )


def attachment(field_path: str, name: str) -> AttachmentView:
    """Return an uploaded file."""
    return AttachmentView(
        key=f"{abs(hash((field_path, name)))}",
        field=field_path,
        name=name,
        size=1536,
        content_type="application/pdf",
        uploaded_by="张文",
        uploaded_at=datetime(2026, 6, 10, tzinfo=UTC),
        sha256="0" * 64,
    )


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """Serve the page on a free port; gives the address."""
    server = make_server("127.0.0.1", 0, desk.app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
