"""A procedure whose review has a due date; the date and its properties are the test's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from engine.catalog import PackageFile, build_package
from engine.clock import OFFICE_ZONE
from engine.commands import DeployPackage, ResumeClock, StopClock
from engine.model.participants import Actor
from engine.store.unit_of_work import UnitOfWork
from engine.worker import Worker
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.model.notices import Notice
    from engine.model.work import WorkItem
    from engine.runtime import Engine

_MODEL: Final = Path(__file__).with_suffix(".bpmn").read_text(encoding="utf-8")
_INFO: Final = (
    'id = "permit"\nname = "许可申请"\ncategory = "测试"\nstarters = ["purchaser_handler"]\n'
    'title = "\\"王某的许可申请\\""\nwithdraw = true\n'
)


def permit_files(due: str, properties: dict[str, str], timer: str = "P300D") -> list[PackageFile]:
    """Return the package with a due date and properties at the review."""
    lines = "".join(
        f'<zeebe:property name="{name}" value="{escape(value)}" />'
        for name, value in properties.items()
    )
    model = _MODEL.replace("DUE", escape(due)).replace("PROPERTIES", lines)
    model = model.replace("TIMER", timer)
    return [
        PackageFile(path="processes/permit/process.toml", content=_INFO.encode()),
        PackageFile(path="processes/permit/permit.bpmn", content=model.encode()),
    ]


def beijing(text: str) -> datetime:
    """Return a moment of office time, ``2026-06-10 09:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


@dataclass
class Permit:
    """A matter that waits at its review, with the clock in the test's hand."""

    matter: ProcessDriver
    engine: Engine
    clock: FakeClock

    @classmethod
    def asked(
        cls,
        engine: Engine,
        clock: FakeClock,
        due: str = "P5WD",
        *,
        at: str = "2026-06-10 09:00",
        timer: str = "P300D",
        **properties: str,
    ) -> Permit:
        """Deploy, start as ``jia`` and submit at a moment.

        Args:
            engine: with the people of the leave request.
            clock: set to ``at``.
            due: ``dueDate`` of the review.
            at: office time.
            timer: of the boundary event.
            properties: of the review, ``_`` for ``.``, ``__`` for ``-``.
        """
        named = {
            name.replace("__", "-").replace("_", "."): value for name, value in properties.items()
        }
        files = permit_files(due, named, timer)
        engine.execute(DeployPackage(package=build_package("permit", files)))
        clock.set(beijing(at))
        matter = ProcessDriver.start(engine, "permit", by="jia")
        matter.complete("ask", by="jia")
        return cls(matter, engine, clock)

    @property
    def item(self) -> WorkItem:
        """The newest work item of the review."""
        return [one for one in self.matter.work_items if one.element_id == "review"][-1]

    @property
    def due(self) -> str:
        """When the review is due, office time; ``-`` without."""
        due = self.item.due_at
        return due.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M") if due else "-"

    def pass_to(self, at: str) -> int:
        """Let the clock stand at a moment and do everything that is due then."""
        self.clock.set(beijing(at))
        return Worker(self.engine).run_due()

    def stop(self, *, by: str = "yi", **values: Any) -> None:
        """Stop the review's clock."""
        said = {"ground": "补正", "document": "补正〔2026〕3号"} | values
        command = StopClock(work_item_key=str(self.item.key), **said)
        self.engine.execute(command, Actor(login=by))

    def resume(self, *, by: str = "yi", **values: Any) -> None:
        """Let the review's clock run again."""
        said = {"document": "收件〔2026〕8号"} | values
        command = ResumeClock(work_item_key=str(self.item.key), **said)
        self.engine.execute(command, Actor(login=by))

    def notices(self, login: str) -> list[Notice]:
        """Return everything on somebody's bell that has a row, oldest first."""
        with self.engine.database.session(write=False) as session:
            return UnitOfWork(session).notices.of(login, limit=100)[::-1]

    def told(self, login: str) -> list[str]:
        """Return the events of somebody's bell, oldest first."""
        return [str(notice.event) for notice in self.notices(login)]

    def actions(self, name: str) -> list[dict[str, Any]]:
        """Return the details of audit lines of a kind, oldest first."""
        return [dict(row.detail) for row in self.matter.audit() if row.action == name]
