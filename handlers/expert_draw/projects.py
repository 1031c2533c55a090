"""The project that experts are drawn for: chosen when it is interconnected, else typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.errors import field_error
from engine.handler import Option, lookup
from handlers.records.lots import lots_of
from handlers.records.projects import projects_of_unit

if TYPE_CHECKING:
    from engine.errors import ValidationFailedError
    from engine.handler import RecordContext
    from handlers.expert_draw.answers import ApplicationAnswers
    from handlers.records.lots import Lot
    from handlers.records.projects import Project

#: Between number and name of a lot in the list that a choice fills in.
_GAP: Final = "　"


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the application is about.

    Attributes:
        key: of the interconnected project, ``None`` for one whose name was typed.
        name: of the project.
        lots: row keys.
    """

    key: int | None
    name: str
    lots: tuple[int, ...]


@lookup("expert_draw.projects")
def projects(context: RecordContext) -> list[Option]:
    """Offer the unit's interconnected projects that have lots, newest first."""
    session = context.session
    found = []
    for item in _interconnected(context):
        lots = lots_of(session, item.key)
        if lots:
            found.append(_option(item, lots))
    return found


def _option(item: Project, lots: list[Lot]) -> Option:
    fills: dict[str, Any] = {
        "project_name": item.name,
        "project_number": item.number or "",
        "project_lots": "\n".join(f"{one.number}{_GAP}{one.name}" for one in lots),
    }
    return Option(value=str(item.key), label=item.name, hint=item.number or "", fills=fills)


def chosen_project(context: RecordContext, answers: ApplicationAnswers) -> Chosen:
    """Return the project with its lots.

    Raises:
        ValidationFailedError: ``ERR_PROJECT_SELECTION`` when the name of an interconnected
            project was typed or another unit's was named, ``ERR_LOT_REQUIRED`` without a lot.
    """
    own = _interconnected(context)
    if not answers.project:
        if any(_same(item.name, answers.project_name) for item in own):
            raise _not_chosen()
        return Chosen(key=None, name=answers.project_name, lots=())
    item = next((one for one in own if str(one.key) == answers.project), None)
    if item is None:
        raise _not_chosen()
    lots = {one.number: one.key for one in lots_of(context.session, item.key)}
    if not answers.lots or any(number not in lots for number in answers.lots):
        raise field_error(
            "lots",
            "ERR_LOT_REQUIRED",
            "请至少选择一个本项目的标段。",
            "Choose at least one lot of this project.",
        )
    return Chosen(key=item.key, name=item.name, lots=tuple(lots[one] for one in answers.lots))


def _interconnected(context: RecordContext) -> list[Project]:
    found = projects_of_unit(context.session, context.matter.unit)
    return [item for item in found if item.platform is not None]


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def _not_chosen() -> ValidationFailedError:
    return field_error(
        "project",
        "ERR_PROJECT_SELECTION",
        "互联互通项目不能直接输入名称，请点“选择项目”从列表中选择。",
        "An interconnected project must be chosen from the list; its name cannot be typed.",
    )
