"""Plays the demonstration's projects: real commands by its people, on days that have passed.

``story.json`` tells what everybody did; nothing is written past the commands, so that what is
shown is what the product makes. Outside systems are not called: their messages are kept in the
development outbox, and what they sent is signed with the installation's own keys.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from engine.calendar import NATION, library_calendar
from engine.clock import OFFICE_ZONE, FakeClock
from engine.commands import (
    AddAttachment,
    CompleteWorkItem,
    ReceiveMessage,
    StartInstance,
)
from engine.model.participants import Actor
from engine.partners import Partners, derived_key
from engine.runtime import Engine
from engine.signing import sign
from engine.store.unit_of_work import UnitOfWork
from engine.worker import Worker
from handlers.records.demo.plans import plan_answers
from handlers.records.notices import notice_of_matter
from handlers.records.projects import project_of_plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.settings import Settings

_FILE: Final = Path(__file__).with_name("story.json")
#: The smallest file that is a PDF.
_PDF: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def play(settings: Settings, today: date) -> int:
    """Let everything happen that ``story.json`` tells, ending before ``today``.

    Args:
        settings: of the installation; its demonstration data are loaded.
        today: the office's date that plays 2026-06-10.

    Returns:
        How many projects there are now; 0 when a procedure is not deployed: nothing was done.
    """
    clock = FakeClock(datetime.combine(today, time(9), tzinfo=OFFICE_ZONE))
    engine = Engine(replace(settings, partners=Partners()), clock=clock)
    try:
        if not _are_deployed(engine):
            return 0
        story = _Story(engine, clock, today)
        for moment, project, step in sorted(_steps(today), key=lambda one: one[0]):
            clock.set(moment)
            story.tell(project, step)
    finally:
        engine.close()
    return len(_told()["projects"])


def _are_deployed(engine: Engine) -> bool:
    steps = [step for steps in _told()["projects"].values() for step in steps]
    with engine.database.session(write=False) as session:
        known = UnitOfWork(session).definitions
        return all(
            known.latest_of(process) is not None
            for process in {step["start"] for step in steps if "start" in step}
        )


def _steps(today: date) -> Iterator[tuple[datetime, str, Mapping[str, Any]]]:
    """Yield the steps with project and moment; nobody works on a free day."""
    for project, steps in _told()["projects"].items():
        done: Counter[date] = Counter()
        for step in steps:
            day = _working_day(today + timedelta(days=step["day"]))
            begins = datetime.combine(day, time(9), tzinfo=OFFICE_ZONE)
            yield begins + timedelta(minutes=20 * done[day]), project, step
            done[day] += 1


def _working_day(day: date) -> date:
    calendar = library_calendar().of(NATION)
    while not calendar.works(day):
        day -= timedelta(days=1)
    return day


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return told


class _Days:
    """``{day[-20]}`` in an answer: the day on which a step twenty days before today is done."""

    def __init__(self, today: date) -> None:
        self._today = today

    def __getitem__(self, distance: str) -> str:
        return _working_day(self._today + timedelta(days=int(distance))).isoformat()


class _Dates(_Days):
    """``{date[-20]}``: that very date, for periods, which free days do not shorten."""

    def __getitem__(self, distance: str) -> str:
        return (self._today + timedelta(days=int(distance))).isoformat()


@dataclass
class _Story:
    """Who has begun what, by project.

    Attributes:
        matters: keys of matters by project and name.
        words: what answers may refer to, by project: numbers of matters, keys of their notices.
    """

    engine: Engine
    clock: FakeClock
    today: date
    matters: dict[tuple[str, str], str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)

    def tell(self, project: str, step: Mapping[str, Any]) -> None:
        """Let one step happen, and all that follows from it by itself."""
        if "type" in step:
            self._receive(project, step)
        else:
            self._act(project, step)
        worker = Worker(self.engine)
        while worker.run_due():
            pass
        if "matter" in step:
            self._note_number(project, step["matter"])

    def _act(self, project: str, step: Mapping[str, Any]) -> None:
        by, place = Actor(login=step["by"]), (project, step["matter"])
        if "start" in step:
            started = self.engine.execute(StartInstance(process_id=step["start"]), by)
            self.matters[place] = started.instance_key
        key = self._open(self.matters[place], step["step"])
        for name, file in step.get("files", {}).items():
            upload = AddAttachment(work_item_key=key, field=name, name=file, content=_PDF)
            self.engine.execute(upload, by)
        command = CompleteWorkItem(
            work_item_key=key,
            outcome=step.get("outcome", "complete"),
            answers=self._answers(project, step),
            opinion=step.get("opinion", ""),
        )
        self.engine.execute(command, by)

    def _answers(self, project: str, step: Mapping[str, Any]) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        if "plan" in step:
            answers |= plan_answers(step["plan"], self.today)
        if "like" in step:
            answers |= _told()["forms"][step["like"]]
        answers |= step.get("answers", {})
        filled: dict[str, Any] = self._filled(project, answers)
        return filled

    def _filled(self, project: str, value: Any) -> Any:
        """Put days and numbers into the texts of an answer."""
        if isinstance(value, dict):
            return {key: self._filled(project, one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._filled(project, one) for one in value]
        if isinstance(value, str):
            days = {"day": _Days(self.today), "date": _Dates(self.today)}
            return value.format_map({**days, **self.words.get(project, {})})
        return value

    def _receive(self, project: str, step: Mapping[str, Any]) -> None:
        """Let an outside system send a message, signed with the key that it has from us."""
        partner, said = step["partner"], self._filled(project, step)
        envelope = {name: said[name] for name in ("id", "type", "subject", "data")}
        body = json.dumps({"specversion": "1.0", "source": partner, **envelope}).encode()
        path = f"/api/partners/{partner}/messages"
        key = derived_key(self.engine.settings.secret_key(), partner, partner)
        headers = sign(key, "POST", path, body, created=self.clock.now(), nonce=_nonce(said["id"]))
        command = ReceiveMessage(
            partner=partner,
            path=path,
            headers={name.lower(): value for name, value in headers.items()},
            body=body,
        )
        answered = self.engine.execute(command, Actor(login=f"partner:{partner}"))
        if answered.status != 200:
            message = f"{said['id']}: {answered.body}"
            raise ValueError(message)

    def _open(self, instance_key: str, element_id: str) -> str:
        with self.engine.database.session(write=False) as session:
            items = UnitOfWork(session).work_items.of_matter(int(instance_key))
        return str(next(one.key for one in items if one.is_open and one.element_id == element_id))

    def _note_number(self, project: str, matter: str) -> None:
        """Keep what later answers may name: a matter's number, its notice, its project."""
        key = int(self.matters[project, matter])
        with self.engine.database.session(write=False) as session:
            (root,) = UnitOfWork(session).instances.roots([key])
            notice = notice_of_matter(session, key)
            owner = project_of_plan(session, key)
        known = self.words.setdefault(project, {})
        if root.number:
            known[matter] = root.number
        if notice is not None:
            known[f"{matter}_notice"] = str(notice)
        if owner is not None:
            known[f"{matter}_project"] = str(owner.key)


def _nonce(message_id: str) -> str:
    """Return a nonce of a message: letters and digits only."""
    return message_id.encode().hex()[-64:].rjust(16, "0")
