"""Who gets a new work item: the model's rule, then whoever did it before, then the post.

Whoever separation of duties keeps away never gets it; when nobody is left, ``nobody`` decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.assignment import Case, person_rule, unit_rule
from engine.commands.automatic import record_context
from engine.commands.duties import bars_of
from engine.errors import ConfigurationError
from engine.model.participants import Candidate
from engine.model.places import PlaceKind
from engine.model.states import AssignedBy, WorkItemState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.bpmn import Element, Wait
    from engine.commands.matter import MatterTree, Node
    from engine.commands.services import Services
    from engine.model.places import Place


#: Places whose unit only the database knows.
_FOUND_BY_READING: Final = (PlaceKind.ABOVE, PlaceKind.OFFICE)


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Where a work item goes.

    Attributes:
        state: ``CLAIMED`` when a person has it from the start, else ``OFFERED``.
        assignee: that person's login.
        candidates: who may take it.
        assigned_by: how it came to them.
    """

    state: WorkItemState = WorkItemState.OFFERED
    assignee: str | None = None
    candidates: tuple[Candidate, ...] = ()
    assigned_by: AssignedBy = AssignedBy.RULE


@dataclass(frozen=True)
class Facts:
    """What rules ask about a matter, answered from its tree."""

    tree: MatterTree
    node: Node
    services: Services

    def handler_of(self, element_id: str) -> str | None:
        """Return who answers for a user task of the same process: the principal, if any."""
        doing = self.tree.past.last_at(self.node.row.process_id, element_id)
        return None if doing is None else doing.on_behalf_of or doing.login

    def answer(self, form_id: str, path: str) -> Any:
        """Return the latest stored answer of a field."""
        value: Any = self.tree.answers.get(form_id, {})
        for name in path.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def record(self, lookup: str) -> Sequence[str]:
        """Return the values that a lookup gives for this matter.

        Raises:
            ConfigurationError: no such lookup.
        """
        function = self.services.registry.lookup(lookup)
        if function is None:
            raise ConfigurationError(
                f"没有名为“{lookup}”的查询程序，请管理员安装后重试。",
                f"There is no lookup {lookup!r}; install it and try again.",
            )
        context = record_context(self.tree, self.node, "", self.services)
        return [option.value for option in function(context)]


def case_of(tree: MatterTree, node: Node, services: Services) -> Case:
    """Return the matter as the rules see it."""
    root = tree.root.row
    return Case(
        unit=root.unit,
        division=root.division,
        initiator=root.initiator,
        organisation=services.store.staffing,
        facts=Facts(tree, node, services),
    )


class Search:
    """Looks for the people of one user task.

    Attributes:
        element: the user task.
        case: its matter.
        roles: keys of the roles whose holders may do it.
        barred: logins that separation of duties keeps away.
    """

    def __init__(self, wait: Wait, node: Node, tree: MatterTree, services: Services) -> None:
        """Read what the model says; nothing is looked up yet."""
        self.element: Element = node.model.elements[wait.element_id]
        self.case = case_of(tree, node, services)
        self.roles = wait.candidate_groups or _roles_of_lane(wait, self.element, services)
        self.barred = frozenset(bars_of(self.element, node.model, tree, roles=self.roles))
        self._wait, self._node, self._tree, self._services = wait, node, tree, services
        self._candidates: tuple[Candidate, ...] | None = None
        self._somebody: str | None = None

    def assign(self) -> Assignment | None:
        """Apply the element's rule; ``None`` when nobody fits.

        The person who did this element before in this matter gets it again (catalogue 0.3),
        unless the account is disabled or the post was lost; then it goes to the post's holders.

        Raises:
            ConfigurationError: the rule or a lookup is unknown.
        """
        if self._wait.round_key and self._wait.assignee:
            # A voter was judged with the others when the round began.
            return Assignment(state=WorkItemState.CLAIMED, assignee=self._wait.assignee)
        chosen = self._chosen()
        if chosen is not None:
            return chosen
        named = self._named()
        if named is not None and self.fits(named):
            return self._given(named, AssignedBy.RULE)
        earlier = self._earlier()
        if earlier is not None:
            return self._given(earlier, AssignedBy.AGAIN)
        if not self._anybody():
            return None
        way = AssignedBy.RULE if named is None else AssignedBy.POST
        return Assignment(candidates=self.candidates, assigned_by=way)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Who may take it: one group per role, then the people whom the model names."""
        if self._candidates is None:
            users = (
                Candidate(role="", unit=None, division=self.case.division, login=login)
                for login in self._wait.candidate_users
            )
            self._candidates = (*self._of_roles(), *users)
        return self._candidates

    def fits(self, login: str) -> bool:
        """Tell whether a person can log in and is not kept away."""
        if login in self.barred:
            return False
        person = self._services.participant(login)
        return person is not None and person.active

    def _chosen(self) -> Assignment | None:
        """Return whom the step before has chosen: one has it, several share it."""
        logins = self._tree.choices.take(self._node.row.process_id, self.element)
        active = self._services.store.staffing.active(set(logins) - self.barred)
        left = [login for login in logins if login in active]
        if not left:
            return None
        if len(left) == 1:
            return self._given(left[0], AssignedBy.CHOSEN)
        division = self.case.division
        return Assignment(
            candidates=tuple(
                Candidate(role="", unit=None, division=division, login=login) for login in left
            ),
            assigned_by=AssignedBy.CHOSEN,
        )

    def _named(self) -> str | None:
        rule = person_rule(self.element)
        if rule is not None:
            return rule[0].person(self.case, rule[1])
        return self._wait.assignee or None

    def _given(self, login: str, way: AssignedBy) -> Assignment:
        return Assignment(
            state=WorkItemState.CLAIMED,
            assignee=login,
            candidates=self.candidates,
            assigned_by=way,
        )

    def _earlier(self) -> str | None:
        if self.element.properties.get("sticky") == "false" or self._wait.round_key:
            return None
        doing = self._tree.past.last_at(self._node.row.process_id, self.element.id)
        login = None if doing is None else doing.on_behalf_of or doing.login
        if login is None or login in self.barred:
            return None
        person = self._services.participant(login)
        if person is None or not person.active:
            return None
        admitted = any(
            candidate.admits(membership)
            for candidate in self.candidates
            for membership in person.memberships
        )
        return login if admitted else None

    def _of_roles(self) -> tuple[Candidate, ...]:
        if not self.roles:
            return ()
        rule, parameter = unit_rule(self.element)
        place = rule.place(self.case, parameter)
        return candidates_at(self.roles, self._unit_of(place), self.case.division)

    def _unit_of(self, place: Place) -> str | None:
        """Return the unit's code; reads only what is not known already."""
        if place.kind not in _FOUND_BY_READING:
            return place.unit
        staff = self._services.store.staffing.staff(place, self.roles, self.barred)
        self._somebody = staff.somebody
        return staff.unit

    def _anybody(self) -> bool:
        """Tell whether an active person may take it."""
        users = set(self._wait.candidate_users) - self.barred
        if self.roles and self.candidates and self._somebody is None:
            rule, parameter = unit_rule(self.element)
            place = rule.place(self.case, parameter)
            if place.kind not in _FOUND_BY_READING:
                staff = self._services.store.staffing.staff(place, self.roles, self.barred)
                self._somebody = staff.somebody
        return self._somebody is not None or bool(self._services.store.staffing.active(users))


def candidates_of(element: Element, tree: MatterTree, services: Services) -> tuple[Candidate, ...]:
    """Return one candidate group per role that the model names, before the step is reached.

    Raises:
        ConfigurationError: the rule is unknown.
    """
    roles = element.user_task.candidate_groups if element.user_task else ()
    if not roles:
        return ()
    rule, parameter = unit_rule(element)
    place = rule.place(case_of(tree, tree.root, services), parameter)
    return candidates_at(roles, unit_at(place, roles, services), tree.root.row.division)


def unit_at(place: Place, roles: Sequence[str], services: Services) -> str | None:
    """Return the code of the unit at a place; reads only what is not known already."""
    if place.kind in _FOUND_BY_READING:
        return services.store.staffing.staff(place, roles).unit
    return place.unit


def candidates_at(roles: Sequence[str], unit: str | None, division: str) -> tuple[Candidate, ...]:
    """Return one candidate group per role at one unit (``None`` = by scope)."""
    return tuple(Candidate(role=role, unit=unit, division=division) for role in roles)


def _roles_of_lane(wait: Wait, element: Element, services: Services) -> tuple[str, ...]:
    """Return the role that a lane names by key or Chinese name; else the lane's own name."""
    named = wait.assignee or wait.candidate_users or element.properties.get("assignee")
    if named or not element.lane:
        return ()
    roles = services.store.identity.roles().values()
    lane = element.lane
    return (next((role.key for role in roles if lane in (role.key, role.name)), lane),)
