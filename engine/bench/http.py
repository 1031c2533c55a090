"""Completions through HTTP: log-in, task page, submission, against a server process."""

from __future__ import annotations

import http.client
import time
import urllib.parse
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any, Final

from engine.bench.figures import Figures, Sample
from engine.bench.scenario import next_item, start
from engine.errors import WorkflowError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.bench.scenario import Part, Scenario
    from engine.runtime import Engine

_FORM_HEADERS: Final = {"Content-Type": "application/x-www-form-urlencoded"}


class HttpRefusedError(WorkflowError):
    """The server answered something else than was expected."""

    code = "ERR_BENCH_HTTP"

    def __init__(self, what: str, status: int) -> None:
        """Name the request and the status."""
        super().__init__(f"{what} 返回了 {status}。", f"{what} answered {status}.")


class _Fields(HTMLParser):
    """Collects what a browser would send of the first form that posts to ``action``."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the hidden fields."""
        found = dict(attrs)
        if tag == "input" and found.get("type") == "hidden" and found.get("name"):
            self.values.setdefault(str(found["name"]), found.get("value") or "")


@dataclass
class Browser:
    """One person's connection with cookies; keeps the connection open.

    Attributes:
        host: address of the server.
        port: its TCP port.
    """

    host: str
    port: int
    _cookies: SimpleCookie = field(default_factory=SimpleCookie)
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> str:
        """Return a page.

        Raises:
            HttpRefusedError: not 200.
        """
        status, body, _location = self._request("GET", path, None)
        if status != http.client.OK:
            raise HttpRefusedError(f"GET {path}", status)
        return body

    def post(self, path: str, fields: Mapping[str, str]) -> str:
        """Send a form and return where it redirects to.

        Raises:
            HttpRefusedError: no redirect.
        """
        status, _body, location = self._request("POST", path, urllib.parse.urlencode(fields))
        if status not in (http.client.FOUND, http.client.SEE_OTHER):
            raise HttpRefusedError(f"POST {path}", status)
        return location

    def log_in(self, login: str, password: str) -> None:
        """Log in through the page.

        Raises:
            HttpRefusedError: refused.
        """
        fields = hidden_fields(self.get("/login"))
        self.post("/login", {**fields, "login": login, "password": password})

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()

    def _request(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        headers = dict(_FORM_HEADERS) if body is not None else {}
        headers["Cookie"] = "; ".join(f"{k}={m.value}" for k, m in self._cookies.items())
        headers["Origin"] = f"http://{self.host}:{self.port}"
        headers["Referer"] = f"http://{self.host}:{self.port}{path}"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode("utf-8", errors="replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            self._cookies.load(line)
        return answer.status, text, answer.headers.get("Location") or ""


def hidden_fields(page: str) -> dict[str, str]:
    """Return the hidden fields of a page: tokens and keys that a browser sends back."""
    parser = _Fields()
    parser.feed(page)
    return parser.values


def flat(answers: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield form field names and values: ``items-0-unit_price`` for lists of groups."""
    for key, value in answers.items():
        name = f"{prefix}{key}"
        if isinstance(value, list) and all(isinstance(row, dict) for row in value):
            for index, row in enumerate(value):
                yield from flat(row, f"{name}-{index}-")
        elif isinstance(value, dict):
            yield from flat(value, f"{name}-")
        elif value is not None:
            yield name, str(value)


def measure_http(
    engine: Engine,
    scenario: Scenario,
    parts: Sequence[Part],
    browsers: Mapping[str, Browser],
    *,
    matters: int,
    label: str = "",
) -> Figures:
    """Play ``matters`` matters through HTTP and time page and submission of every step.

    Args:
        engine: on the server's database; starts matters and finds the next work item, untimed.
        scenario: what is played.
        parts: from a rehearsal.
        browsers: one that is logged in per login.
        matters: how many matters, ≥ 1.
        label: name in the report.
    """
    figures = Figures(label)
    for _ in range(matters):
        instance_key = start(engine, scenario)
        for part in parts:
            found = next_item(engine, instance_key)
            if found is None or found[1] != part.element_id:
                raise HttpRefusedError(part.element_id, 0)
            figures.samples.append(_complete(browsers[part.login], found[0], part, scenario))
    figures.seconds = figures.busy_seconds
    return figures


def _complete(browser: Browser, key: str, part: Part, scenario: Scenario) -> Sample:
    began = time.perf_counter()
    page = browser.get(f"/tasks/{key}")
    read = time.perf_counter()
    fields = {
        **hidden_fields(page),
        **dict(flat(part.answers)),
        "_opinion": scenario.opinion,
        "_outcome": part.outcome,
    }
    sent = time.perf_counter()
    browser.post(f"/tasks/{key}", fields)
    done = time.perf_counter()
    return Sample(step=part.element_id, seconds=done - sent, page_seconds=read - began)
