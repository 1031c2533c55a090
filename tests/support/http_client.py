"""A person at the end of a network connection, without a browser: fast enough to be cut off."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Any

from engine.bench.http import flat, hidden_fields
from tests.support.people import password_of

if TYPE_CHECKING:
    from collections.abc import Mapping


class UnansweredError(Exception):
    """The connection broke: nobody knows whether the request was carried out."""


@dataclass
class Client:
    """Requests of one person, with cookies that outlive the server.

    Attributes:
        address: the server.
        cookies: what the server has set.
    """

    address: str
    cookies: CookieJar = field(default_factory=CookieJar)

    def log_in(self, login: str) -> None:
        """Log in with the initial password."""
        fields = hidden_fields(self.get("/login")[1])
        self.post("/login", {**fields, "login": login, "password": password_of(login)})

    def get(self, path: str) -> tuple[str, str]:
        """Return path and text of the page that ``path`` leads to.

        Raises:
            UnansweredError: no answer.
            urllib.error.HTTPError: a status from 400 on.
        """
        return self._open(path, None)

    def post(self, path: str, fields: Mapping[str, str]) -> tuple[str, str]:
        """Send a form; return path and text of the page that it leads to.

        Raises:
            UnansweredError: no answer.
            urllib.error.HTTPError: a status from 400 on.
        """
        return self._open(path, urllib.parse.urlencode(fields).encode())

    def fields_of(self, path: str, answers: Mapping[str, Any], **pressed: str) -> dict[str, str]:
        """Return what a browser would send of the page at ``path`` with these answers."""
        hidden = hidden_fields(self.get(path)[1])
        return {**hidden, **dict(flat(answers)), **pressed}

    def _open(self, path: str, data: bytes | None) -> tuple[str, str]:
        processor = urllib.request.HTTPCookieProcessor(self.cookies)
        request = urllib.request.Request(  # noqa: S310 - http
            self.address + path, data, {"Referer": self.address + path}
        )
        try:
            with urllib.request.build_opener(processor).open(request, timeout=30) as answer:
                return urllib.parse.urlsplit(answer.url).path, answer.read().decode()
        except urllib.error.HTTPError:
            raise
        except (urllib.error.URLError, ConnectionError, http.client.HTTPException) as error:
            raise UnansweredError from error
