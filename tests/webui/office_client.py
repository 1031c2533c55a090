"""A person at the pages without a browser: reads the page's form, presses its buttons."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final

from tests.support.people import password_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')


class _Inputs(HTMLParser):
    """Collects what the browser would send of the form with a given id."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.values: list[tuple[str, str]] = []
        self._form_id = form_id
        self._inside = False
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("id") == self._form_id
        if not self._inside or "disabled" in given:
            return
        if tag == "input" and given.get("type") not in ("file", "submit", "button"):
            self._input(given)
        elif tag == "textarea" and "name" in given:
            self._area = given["name"]
            self.values.append((self._area, ""))
        elif tag == "select":
            self._select = given.get("name")
        elif tag == "option" and self._select and "selected" in given:
            self.values.append((self._select, given.get("value", "")))

    def _input(self, given: Mapping[str, str]) -> None:
        ticked = given.get("type") not in ("radio", "checkbox") or "checked" in given
        if "name" in given and ticked:
            self.values.append((given["name"], given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            name, text = self.values[-1]
            self.values[-1] = (name, text + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._inside = False


@dataclass
class Person:
    """Somebody at a desk.

    Attributes:
        client: Flask's test client with this person's cookies.
        page: the page that is in front of the person.
    """

    client: FlaskClient
    page: str = ""
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def logged_in(cls, app: Flask, login: str) -> Person:
        """Log in through the page."""
        person = cls(app.test_client())
        person.get("/login")
        person.post("/login", {"login": login, "password": password_of(login)})
        return person

    def get(self, address: str) -> str:
        """Open a page and return it; redirects are followed."""
        return self._keep(self.client.get(address, follow_redirects=True))

    def post(self, address: str, values: Mapping[str, Any], *, follow: bool = True) -> str:
        """Send values with the token of the page in front."""
        token = _TOKEN.search(self.page)
        sent = {"csrf_token": token[1] if token else ""} | dict(values)
        return self._keep(self.client.post(address, data=sent, follow_redirects=follow))

    def press(self, address: str, button: tuple[str, str], **typed: Any) -> str:
        """Fill in the task page in front and press one of its buttons."""
        return self.post(address, self.form() | typed | {button[0]: button[1]})

    def form(self) -> dict[str, Any]:
        """Return what the task page in front would send."""
        inputs = _Inputs("task-form")
        inputs.feed(self.page)
        sent: dict[str, Any] = {}
        for name, value in inputs.values:
            sent.setdefault(name, []).append(value)
        return sent

    def start(self, process_id: str) -> str:
        """Start a procedure and return the address of its first task."""
        self.get("/start")
        token = _TOKEN.search(self.page)
        response = self.client.post(
            "/start", data={"csrf_token": token[1] if token else "", "process_id": process_id}
        )
        address = str(response.headers["Location"])
        self.get(address)
        return address

    def _keep(self, response: TestResponse) -> str:
        self.page = response.get_data(as_text=True)
        self.status = response.status_code
        self.headers = dict(response.headers)
        return self.page
