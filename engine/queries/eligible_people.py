"""The people picker: who may be chosen for a verb, and why somebody may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.commands.change_voters import voter_chooser
from engine.commands.choosing import Chooser
from engine.commands.circulating import circulating_refusal, circulating_step, reader_chooser
from engine.commands.matter import MatterTree
from engine.commands.step import read_step, read_work_item
from engine.errors import NotAllowedError
from engine.model.choosing import CIRCULATE
from engine.queries.views import EligiblePerson, Nearness, PeoplePage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.commands.services import Services
    from engine.model.participants import Participant, Role

#: Lines of the picker beside those who are chosen already.
SHOWN: Final = 30
#: Words of a search that count.
_WORDS: Final = 5


@dataclass(frozen=True, kw_only=True)
class EligiblePeople:
    """Colleagues and holders of the post, or whoever a search finds.

    Attributes:
        work_item_key: the work item at which somebody chooses.
        purpose: key of ``engine.model.choosing.PURPOSES``: ``transfer``, ``consult`` …
        search: words of which each is part of the name, login, department or unit; empty =
            people near by.
        chosen: logins that are chosen already; they stay in sight.
        element_id: the user task of the same model that somebody is chosen for; empty for the
            work item's own.

    Raises:
        NotFoundError: no such work item or user task.
        NotAllowedError: the work item is none of the reader's business.
        TaskGoneError: finished.
    """

    work_item_key: str
    purpose: str
    search: str = ""
    chosen: Sequence[str] = ()
    element_id: str = ""

    def answer(self, services: Services) -> PeoplePage:
        """Find and judge them."""
        chooser = self._chooser(services)
        people = services.store.people
        words = self.search.split()[:_WORDS]
        found = (
            people.matching(words, SHOWN + 1)
            if words
            else people.near(services.person.unit.code, chooser.candidates, SHOWN + 1)
        )
        chosen = people.named(self.chosen)
        picked = {one.login for one in chosen}
        if not words:
            found = [one for one in found if one.login != services.actor.login]
        others = [one for one in found if one.login not in picked][:SHOWN]
        roles = services.store.identity.roles()
        lines = [_line(one, Nearness.CHOSEN, chooser, roles, services) for one in chosen]
        rest = [_line(one, _nearness(one, chooser), chooser, roles, services) for one in others]
        rest.sort(key=lambda line: (_ORDER[line.nearness], not line.allowed))
        return PeoplePage(people=[*lines, *rest], more=len(found) > SHOWN)

    def _chooser(self, services: Services) -> Chooser:
        """Judge as the verb will; copies are sent from done tasks, too."""
        if self.purpose != CIRCULATE:
            step = read_step(services, self.work_item_key)
            if self.purpose == "vote" and not self.element_id:
                return voter_chooser(step, services)
            return Chooser(step, self.purpose, services, element_id=self.element_id)
        item = read_work_item(services, self.work_item_key)
        tree = MatterTree.load(services, item.root_key)
        items = services.store.work_items.of_matter(item.root_key)
        sent_from = circulating_step(tree, items, services)
        refusal = circulating_refusal(sent_from, tree, services)
        if refusal is not None or sent_from is None:
            raise refusal or NotAllowedError
        return reader_chooser(sent_from, services)


_ORDER: Final = {nearness: place for place, nearness in enumerate(Nearness)}


def _nearness(person: Participant, chooser: Chooser) -> Nearness:
    if chooser.holds_post(person):
        return Nearness.POST
    return Nearness.COLLEAGUE if chooser.is_colleague(person) else Nearness.OTHER


def _line(
    person: Participant,
    nearness: Nearness,
    chooser: Chooser,
    roles: Mapping[str, Role],
    services: Services,
) -> EligiblePerson:
    english = services.language == "en"
    bar = chooser.bar(person)
    held = [roles[key] for key in dict.fromkeys(one.role for one in person.memberships)]
    return EligiblePerson(
        login=person.login,
        name=person.name,
        unit=person.unit.name,
        department=person.department,
        posts=[(role.name_en if english else "") or role.name for role in held],
        nearness=nearness,
        allowed=bar is None,
        reason="" if bar is None else (bar.reason_en if english else bar.reason_zh),
    )
