"""Choosing people: by the step's policy, and with the reason why somebody cannot be chosen.

The picker's query and the verbs' commands ask the same ``Chooser``, so that nobody is offered who
is then refused, and nobody is accepted who was not offered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.assignment import candidates_of
from engine.commands.duties import UNKNOWN, Bar, bars_of, obstacle, refused
from engine.model.choosing import PURPOSES, Pool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.model.participants import Candidate, Participant

#: People chosen at once.
MAX_CHOSEN = 20


class Chooser:
    """Judges people for one purpose at one step.

    Attributes:
        pools: the circles that the step's properties name.
        candidates: who holds the post of the step.
    """

    def __init__(
        self,
        step: Step,
        purpose: str,
        services: Services,
        *,
        element_id: str = "",
        taken: Mapping[str, Bar] | None = None,
    ) -> None:
        """Prepare.

        Args:
            step: the work item at which somebody chooses.
            purpose: key of ``PURPOSES``.
            services: the command's or query's.
            element_id: the user task of the same model that the person is chosen for; empty for
                the work item's own.
            taken: ``{login: why}`` of people whom the verb itself excludes.
        """
        what = PURPOSES[purpose]
        element = step.tree.element(step.node.row.key, element_id) if element_id else step.element
        self.pools = what.pools(element.properties)
        self.candidates: tuple[Candidate, ...] = (
            candidates_of(element, step.tree, services) if element_id else step.item.candidates
        )
        bars = bars_of(element, step.node.model, step.tree) if element_id else step.bars
        recused = step.tree.past.recused
        self._bars = {login: bar for login, bar in bars.items() if what.decides or login in recused}
        self._taken = taken or {}
        self._services = services

    def bar(self, person: Participant) -> Bar | None:
        """Return why the person cannot be chosen, ``None`` if he can."""
        return (
            obstacle(person, self._bars, self._services)
            or self._taken.get(person.login)
            or self._outside(person)
        )

    def require(self, logins: Sequence[str], field: str) -> list[Participant]:
        """Return the chosen people in the order given, each once.

        Args:
            logins: as sent by the page.
            field: where a refusal is shown.

        Raises:
            ValidationFailedError: nobody or too many chosen, or somebody who cannot be.
        """
        wanted = list(dict.fromkeys(login.strip() for login in logins if login.strip()))
        if not wanted:
            raise refused(field, Bar("请选择人员。", "Choose a person."))
        if len(wanted) > MAX_CHOSEN:
            raise refused(
                field,
                Bar(
                    f"一次最多选择 {MAX_CHOSEN} 人，请减少人员。",
                    f"At most {MAX_CHOSEN} people at once; choose fewer.",
                ),
            )
        found = {one.login: one for one in self._services.store.people.named(wanted)}
        for login in wanted:
            bar = self.bar(found[login]) if login in found else UNKNOWN
            if bar is not None:
                raise refused(field, bar)
        return [found[login] for login in wanted]

    def holds_post(self, person: Participant) -> bool:
        """Tell whether the step names the person or a post of his."""
        return any(candidate.takes(person) for candidate in self.candidates)

    def is_colleague(self, person: Participant) -> bool:
        """Tell whether the person belongs to the chooser's own unit."""
        return person.unit.code == self._services.person.unit.code

    def _outside(self, person: Participant) -> Bar | None:
        pools = self.pools
        is_outsider = person.unit.kind in self._services.registry.outsiders
        if Pool.ANYBODY in pools and (not is_outsider or self.is_colleague(person)):
            return None
        if Pool.POST in pools and self.holds_post(person):
            return None
        if Pool.UNIT in pools and self.is_colleague(person):
            return None
        name = person.name
        if is_outsider:
            return Bar(
                f"{name}是外部单位（{person.unit.kind}）的人员，请选择其他人员。",
                f"{name} is of an outside unit; choose somebody else.",
            )
        if Pool.UNIT in pools:
            return Bar(
                f"{name}不是本单位人员，也未担任此环节的岗位，请选择其他人员。"
                if Pool.POST in pools
                else f"{name}不是本单位人员，请选择本单位人员。",
                f"{name} neither belongs to your unit nor holds this step's post; choose another."
                if Pool.POST in pools
                else f"{name} does not belong to your unit; choose a colleague.",
            )
        return Bar(
            f"{name}未担任此环节的岗位，请选择担任该岗位的人员。",
            f"{name} does not hold this step's post; choose somebody who does.",
        )
