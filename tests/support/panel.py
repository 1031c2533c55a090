"""A vote of the small office: three signers decide; the rule's properties are the test's."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.catalog import read_package
from engine.commands import CompleteWorkItem, DeployPackage
from engine.model.participants import Actor
from engine.queries import WorkItemQuery
from tests.support.process_driver import ProcessDriver
from tests.support.small_office import PACKAGES, Desk

if TYPE_CHECKING:
    from engine.catalog import Package
    from engine.queries.views import TimelineStep, WorkItemView
    from engine.runtime import Engine

_PASS: Final = '<zeebe:property name="vote.pass" value="2/3" />'
_PARALLEL: Final = '<bpmn:multiInstanceLoopCharacteristics isSequential="false" />'
#: The same, one voter after the other.
IN_TURN: Final = '<bpmn:multiInstanceLoopCharacteristics isSequential="true" />'


def panel_package(*, multi: str = "", **properties: str) -> Package:
    """Read the package ``panel`` with other properties of its vote; ``_`` stands for ``.``.

    Args:
        multi: drawn instead of the parallel multi-instance.
        properties: of the vote.
    """
    values = {"vote.pass": "2/3"} | {
        key.replace("_", "."): text for key, text in properties.items()
    }
    written = "".join(
        f'<zeebe:property name="{name}" value="{text.replace(">", "&gt;")}" />'
        for name, text in values.items()
    )
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(PACKAGES / "processes" / "panel", Path(folder) / "panel")
        file = Path(folder) / "panel" / "panel.bpmn"
        text = file.read_text(encoding="utf-8").replace(_PASS, written)
        if multi:
            text = text.replace(_PARALLEL, multi)
        file.write_text(text, encoding="utf-8")
        return read_package(Path(folder) / "panel", PACKAGES / "forms" / "panel")


class Panel(Desk):
    """A matter on which the signers 易, 尔 and 单 vote."""

    @classmethod
    def convene(cls, engine: Engine, *, multi: str = "", **properties: str) -> Panel:
        """Deploy the rule, start a matter as 安 and hand the form in."""
        package = panel_package(multi=multi, **properties)
        engine.execute(DeployPackage(package=package))
        desk = cls(ProcessDriver.start(engine, "panel", by="an"))
        desk.fill()
        return desk

    @property
    def voters(self) -> list[str]:
        """Who has an open ballot, sorted."""
        items = self.matter.work_items
        return sorted(i.assignee or "" for i in items if i.is_open and i.round_key)

    @property
    def rounds(self) -> list[TimelineStep]:
        """The rounds as the timeline shows them to the publisher, oldest first."""
        steps = self.matter.view(by="an").timeline
        return [step for step in steps if step.vote is not None]

    def ballot(self, login: str) -> str:
        """Key of somebody's open ballot."""
        for item in self.matter.work_items:
            if item.is_open and item.round_key and item.assignee == login:
                return str(item.key)
        message = f"{login} has no open ballot; open: {self.voters}"
        raise AssertionError(message)

    def vote(self, **choices: str) -> None:
        """Let people vote one after the other, e.g. ``yi="agree", er="refuse"``."""
        for login, choice in choices.items():
            command = CompleteWorkItem(
                work_item_key=self.ballot(login),
                outcome=choice,
                opinion="理由不足。" if choice == "refuse" else "",
            )
            self.matter.engine.execute(command, Actor(login=login))

    def seen_by(self, login: str) -> WorkItemView:
        """The page of somebody's open ballot."""
        query = WorkItemQuery(work_item_key=self.ballot(login))
        return self.matter.engine.ask(query, Actor(login=login))
