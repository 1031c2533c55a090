"""People under load: every answered request is noted outside, unanswered ones are sent again."""

from __future__ import annotations

import random
import re
import threading
import time
import urllib.error
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from engine.bench.http import hidden_fields
from tests.chaos.installation import CLERKS, PASSWORD, REVIEWERS
from tests.support.http_client import Client, UnansweredError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PAUSE: Final = 0.05
#: How often a reviewer returns, and how often two persons press the button at once.
_RETURNS: Final = 0.15
_STORMS: Final = 0.3


@dataclass(frozen=True)
class Told:
    """An answered request.

    Attributes:
        what: ``started`` or ``completed``.
        item: key of the work item.
        login: whom the answer was given to.
        outcome: what was pressed, empty for a start.
    """

    what: str
    item: str
    login: str
    outcome: str = ""


@dataclass
class Notes:
    """What the people were told, kept outside of the product.

    Attributes:
        told: in order.
        refused: requests that were answered with a conflict.
        lost: requests that were given up without an answer (only at the end).
        troubles: answers that nobody should see.
    """

    told: list[Told] = field(default_factory=list)
    refused: int = 0
    lost: int = 0
    troubles: list[str] = field(default_factory=list)


class Crowd:
    """Clerks and reviewers, a thread each.

    Attributes:
        notes: shared by all threads.
    """

    def __init__(self, addresses: Sequence[str]) -> None:
        """Know the servers."""
        self._addresses = addresses
        self.notes = Notes()
        self._starting = threading.Event()
        self._ending = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Let everybody work."""
        self._starting.set()
        lives: list[tuple[str, Callable[[_Person], None]]] = [
            *((login, self._clerk) for login in CLERKS),
            *((login, self._reviewer) for login in REVIEWERS),
        ]
        for login, life in lives:
            thread = threading.Thread(target=self._live, args=(login, life), daemon=True)
            thread.start()
            self._threads.append(thread)

    def start_nothing_more(self) -> None:
        """Only finish what is open."""
        self._starting.clear()

    def stop(self) -> None:
        """Send everybody home."""
        self._ending.set()
        for thread in self._threads:
            thread.join(timeout=90)

    def _live(self, login: str, life: Callable[[_Person], None]) -> None:
        person = _Person(login, self._addresses, self.notes, self._ending)
        while not self._ending.is_set():
            try:
                life(person)
            except (UnansweredError, TimeoutError):
                time.sleep(_PAUSE * 4)
            except urllib.error.HTTPError as error:
                if error.code >= 500 and error.code != 503:
                    self.notes.troubles.append(f"{error.code} {error.url} for {login}")
                self.notes.refused += 1
                person.forget()
            time.sleep(_PAUSE)

    def _clerk(self, person: _Person) -> None:
        for task in person.tasks():
            person.complete(task, "complete")
        if self._starting.is_set():
            person.begin()

    def _reviewer(self, person: _Person) -> None:
        found = person.tasks()
        if not found:
            return
        task = found[0]
        choices = person.choices(task)
        onward = [key for key in choices if key != "return"]
        if not onward:
            # somebody else was faster
            return
        returns = "return" in choices and person.random.random() < _RETURNS
        outcome = "return" if returns else onward[0]
        if person.random.random() >= _STORMS:
            person.complete(task, outcome)
            return
        colleague = person.random.choice([name for name in REVIEWERS if name != person.login])
        twin = _Person(colleague, self._addresses, self.notes, self._ending)
        other = threading.Thread(target=_quietly, args=(twin, task, outcome))
        other.start()
        try:
            person.complete(task, outcome)
        finally:
            other.join()


def _quietly(person: _Person, task: str, outcome: str) -> None:
    try:
        person.complete(task, outcome)
    except (UnansweredError, TimeoutError, urllib.error.HTTPError):
        person.notes.refused += 1


class _Person:
    """One login; talks to any of the servers."""

    def __init__(
        self, login: str, addresses: Sequence[str], notes: Notes, ending: threading.Event
    ) -> None:
        self.login = login
        self.notes = notes
        self.random = random.Random(login)  # noqa: S311 - not a secret
        self._addresses = addresses
        self._ending = ending
        self._client: Client | None = None

    def forget(self) -> None:
        """Log in again next time."""
        self._client = None

    def begin(self) -> None:
        """Start a matter; the same request again until it is answered."""
        client = self._there()
        fields = client.fields_of("/start", {}, process_id="chaos")
        path = self._send("/start", fields)
        self.notes.told.append(Told("started", path.rpartition("/")[2], self.login))

    def tasks(self) -> list[str]:
        """Return the paths of open tasks, begun ones last, in the order of the lists."""
        pages = "".join(self._there().get(f"/worklist/{box}")[1] for box in ("todo", "drafts"))
        return list(dict.fromkeys(re.findall(r'href="(/tasks/\d+)["?]', pages)))

    def choices(self, task: str) -> list[str]:
        """Return the keys of the buttons of a task page."""
        page = self._there().get(task)[1]
        return re.findall(r'name="_outcome"[^>]*value="(\w+)"', page)

    def complete(self, task: str, outcome: str) -> None:
        """Press a button; the same request again until it is answered."""
        fields = self._there().fields_of(task, {}, _outcome=outcome, _opinion="同意。")
        if "/finished/" not in self._send(task, fields):
            self.notes.refused += 1
            return
        key = task.rpartition("/")[2]
        self.notes.told.append(Told("completed", key, self.login, outcome))

    def _send(self, path: str, fields: dict[str, str]) -> str:
        while True:
            try:
                return self._there().post(path, fields)[0]
            except (UnansweredError, TimeoutError):
                if self._ending.is_set():
                    self.notes.lost += 1
                    raise
                time.sleep(_PAUSE * 2)

    def _there(self) -> Client:
        """Return a logged-in client that points to one of the servers."""
        if self._client is None:
            client = Client(self.random.choice(self._addresses))
            hidden = hidden_fields(client.get("/login")[1])
            client.post("/login", {**hidden, "login": self.login, "password": PASSWORD})
            self._client = client
        self._client.address = self.random.choice(self._addresses)
        return self._client
