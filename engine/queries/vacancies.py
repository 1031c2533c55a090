"""Steps of the deployed procedures that nobody could do if they were reached today, by region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.assignment import Case, unit_rule
from engine.bpmn import ElementKind
from engine.catalog import Manifest, bindings
from engine.errors import NoVariantError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.bpmn import Element
    from engine.catalog import ProcessInfo
    from engine.commands.services import Services
    from engine.model.participants import Membership, OrgUnit
    from engine.model.places import Place

#: Rules that ask what was filled in or recorded: nobody knows before the matter is there.
_OF_THE_MATTER: Final = ("field", "record")


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    """A step without anybody.

    Attributes:
        division: division code of the units whose matters would stop there.
        units: their names.
        process_id: root process.
        process: its name.
        step: name of the user task.
        posts: names of the roles that are asked.
        policy: value of property ``nobody``: what would happen.
    """

    division: str
    units: Sequence[str]
    process_id: str
    process: str
    step: str
    posts: Sequence[str]
    policy: str


@dataclass(frozen=True, kw_only=True)
class Vacancies:
    """Every step of every procedure, for every unit that may start it."""

    def answer(self, services: Services) -> Sequence[Vacancy]:
        """Look; the answer is sorted by division, procedure and step."""
        return _Search(services).vacancies()


class _Search:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._roles = services.store.identity.roles()
        self._known: dict[tuple[Place, tuple[str, ...]], bool] = {}

    def vacancies(self) -> list[Vacancy]:
        found: dict[tuple[str, str, str, str], list[str]] = {}
        facts: dict[tuple[str, str, str, str], tuple[str, Element]] = {}
        for row in self._services.store.definitions.latest():
            manifest = Manifest.from_json(row.manifest, self._services.catalog)
            for unit in self._starting_units(manifest.info):
                for process_id, element in self._steps(manifest, unit.division):
                    if self._somebody(element, unit):
                        continue
                    place = (unit.division, manifest.info.id, process_id, element.id)
                    found.setdefault(place, []).append(unit.name)
                    name = manifest.info.name_in(self._services.language)
                    facts[place] = (name, element)
        return [
            self._vacancy(place, units, *facts[place]) for place, units in sorted(found.items())
        ]

    def _vacancy(
        self, place: tuple[str, str, str, str], units: list[str], process: str, element: Element
    ) -> Vacancy:
        groups = element.user_task.candidate_groups if element.user_task else ()
        return Vacancy(
            division=place[0],
            units=list(dict.fromkeys(units)),
            process_id=place[1],
            process=process,
            step=element.name or element.id,
            posts=[self._roles[key].name if key in self._roles else key for key in groups],
            policy=element.properties.get("nobody", "incident"),
        )

    def _starting_units(self, info: ProcessInfo) -> Iterator[OrgUnit]:
        """Yield the units in which somebody may start the procedure."""
        holders = self._services.store.identity.holders(info.starters) if info.starters else []
        posts: list[Membership] = [membership for *_, membership in holders]
        for code in dict.fromkeys(post.unit for post in posts):
            unit = self._services.store.identity.unit(code)
            if unit is not None and info.covers(unit.division):
                yield unit

    def _steps(self, manifest: Manifest, division: str) -> Iterator[tuple[str, Element]]:
        """Yield (process, user task) of the variant of a division, where roles are asked."""
        try:
            binding = bindings(manifest, manifest.info.id, division)
        except NoVariantError:
            return
        for process_id, sha256 in binding.processes.items():
            for element in self._services.catalog.model(sha256).elements.values():
                if element.kind is ElementKind.USER_TASK and _asks_roles(element):
                    yield process_id, element

    def _somebody(self, element: Element, unit: OrgUnit) -> bool:
        rule, parameter = unit_rule(element)
        case = Case(
            unit=unit.code,
            division=unit.division,
            initiator="",
            organisation=self._services.store.staffing,
            facts=_NoFacts(),
        )
        place = rule.place(case, parameter)
        roles = element.user_task.candidate_groups if element.user_task else ()
        if (place, roles) not in self._known:
            staff = self._services.store.staffing.staff(place, roles)
            self._known[place, roles] = staff.somebody is not None
        return self._known[place, roles]


class _NoFacts:
    """There is no matter yet."""

    def handler_of(self, element_id: str) -> str | None:
        """Nobody has done anything."""
        return None

    def answer(self, form_id: str, path: str) -> None:
        """Nothing is filled in."""

    def record(self, lookup: str) -> Sequence[str]:
        """Nothing is recorded."""
        return ()


def _asks_roles(element: Element) -> bool:
    task = element.user_task
    rule = element.properties.get("unit", "").partition(":")[0]
    by_person = bool(element.properties.get("assignee")) or (task is not None and task.assignee)
    if task is None or by_person or task.candidate_users or rule in _OF_THE_MATTER:
        return False
    return bool(task.candidate_groups) and not task.candidate_groups[0].startswith("=")
