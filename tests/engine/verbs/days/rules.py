"""Who may do what, written from docs/ and the catalogue; it shares no engine code.

The rule book knows only what was answered: who holds a task, who was asked, who did which step. A
refusal must have a reason here, and nothing may be accepted against one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.engine.verbs.days.office import DISABLED, FILL, STAFF, STARTER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.engine.bpmn.walks.tokens import Place
    from tests.engine.verbs.days.office import Duty


@dataclass
class Asked:
    """Somebody was asked under a task: for an opinion or for a signature."""

    key: int
    login: str
    kind: str
    by: str


@dataclass
class Paper:
    """A task on somebody's desk.

    Attributes:
        place: element and rounds of loops.
        holder: who has it, empty while everybody of the post may take it.
        principal: for whom the holder has it, empty in his own right.
        owner: to whom it comes back after a delegation.
        asked: open questions and signatures.
        decided: what was decided and waits for signatures, ``None`` without.
        signers: everybody who was asked to sign the decision, whether answered or not.
        opened: somebody who may act has looked at it.
        ballot: the voter whose ballot it is, empty for what is none.
    """

    key: int
    place: Place
    holder: str = ""
    owner: str = ""
    asked: list[Asked] = field(default_factory=list)
    decided: int | None = None
    signers: list[Asked] = field(default_factory=list)
    opened: bool = False
    principal: str = ""
    ballot: str = ""

    @property
    def whose(self) -> str:
        """Whose it is: a substitute has it for the principal."""
        return self.principal or self.holder

    @property
    def people(self) -> set[str]:
        """Who answers for a decision of the holder."""
        return {self.holder, self.whose}

    def open_of(self, kind: str) -> list[Asked]:
        """Return who has still to answer."""
        return [one for one in self.asked if one.kind == kind]


class RuleBook:
    """The rules of one matter.

    Attributes:
        acts: who has had a part in a decision at a step, ever.
        decided: who has decided at a step, ever, and for whom.
        submitted: the initiator has submitted the matter and not taken it back.
        suspended: nothing of it goes on.
        stands_in: the principal by the substitute, from the beginning of the day.
        recused: who keeps away from the matter.
    """

    def __init__(self, duties: dict[str, Duty]) -> None:
        """Know the model's duties; nobody has done anything."""
        self._duties = duties
        self.acts: dict[str, set[str]] = {}
        self.decided: dict[str, set[str]] = {}
        self.submitted = False
        self.suspended = False
        self.stands_in: dict[str, str] = {}
        self.recused: set[str] = set()
        #: decisions that wait for signatures, by task: of whom, and where
        self.pending: dict[int, tuple[set[str], Place]] = {}

    def act(self, people: Iterable[str], place: Place) -> None:
        """Somebody had a part in a decision."""
        self.acts.setdefault(place[0], set()).update(people)

    def barred(self, login: str, task: str) -> bool:
        """Tell whether separation or recusal keeps somebody away from a step."""
        if task == FILL:
            return False
        if login == STARTER or login in self.recused:
            return True
        apart = self._duties[task].apart
        waiting = {place[0] for people, place in self.pending.values() if login in people}
        return bool(apart & waiting) or any(login in self.acts.get(one, ()) for one in apart)

    def has_post(self, login: str, task: str) -> bool:
        """Tell whether somebody holds the post of a step."""
        if task == FILL:
            return login == STARTER
        duty = self._duties[task]
        return login in duty.vote.weights if duty.vote else STAFF.get(login) in duty.roles

    def may_act(self, login: str, paper: Paper) -> str:
        """Return why somebody may not touch a task, empty if he may."""
        own = self._own(login, paper)
        return "" if own and self._principal(login, paper) else own

    def acting_for(self, login: str, paper: Paper) -> str:
        """Return for whom somebody acts at a task, empty in his own right."""
        return self._principal(login, paper) if self._own(login, paper) else ""

    def people(self, login: str, paper: Paper) -> set[str]:
        """Return who answers for what somebody does at a task: he, and for whom."""
        return {login, self.acting_for(login, paper) or login}

    def _own(self, login: str, paper: Paper) -> str:
        """Return why somebody may not touch a task in his own right."""
        task = paper.place[0]
        if self.suspended:
            return "suspended"
        if login in DISABLED:
            return "disabled"
        if paper.decided is not None:
            return "decided already"
        if paper.whose and paper.whose != login:
            return "somebody else's"
        if not paper.whose and not self.has_post(login, task):
            return "not of the post"
        return "separated" if self.barred(login, task) else ""

    def _principal(self, login: str, paper: Paper) -> str:
        """Return for whom a substitute may touch a task; nobody votes twice."""
        principal, task = self.stands_in.get(login, ""), paper.place[0]
        votes_himself = paper.ballot and self.has_post(login, task)
        if not principal or not self.submitted or login in DISABLED or votes_himself:
            return ""
        if login == paper.owner or self.barred(login, task) or self._own(principal, paper):
            return ""
        return principal

    def may_answer(self, login: str, one: Asked, task: str) -> str:
        """Return why somebody may not answer what was asked."""
        principal = self.stands_in.get(login, "") if self.submitted and login != one.by else ""
        if login in DISABLED or one.login not in (login, principal):
            return "not asked"
        away = (
            self.recused
            if one.kind == "consult"
            else {person for person in (login, one.login) if self.barred(person, task)}
        )
        return "keeps away" if {login, one.login} & away else ""

    def may_decide(self, login: str, paper: Paper) -> str:
        """Return why somebody may not decide a task."""
        if paper.owner:
            return "delegated"
        if paper.open_of("sign_before"):
            return "signatures first"
        return self.may_act(login, paper)

    def may_hand_on(self, login: str, paper: Paper, to: str, verb: str) -> str:
        """Return why somebody may not give a task to somebody else."""
        task = paper.place[0]
        if task == FILL:
            return "the initiator's own"
        if paper.owner:
            return "delegated"
        if paper.ballot:
            return "a ballot"
        if to in DISABLED or to in (login, self.acting_for(login, paper)):
            return "not that person"
        if verb == "transfer" and not self.has_post(to, task):
            return "not of the post"
        return self.may_act(login, paper) or ("separated" if self.barred(to, task) else "")

    def may_ask(self, login: str, paper: Paper, people: list[str], kind: str) -> str:
        """Return why somebody may not ask others for opinions or signatures."""
        if paper.place[0] == FILL and not self.submitted:
            return "a draft"
        if (paper.owner or paper.ballot) and kind != "consult":
            return "delegated, or a ballot"
        principal = self.acting_for(login, paper)
        busy = {one.login for one in paper.asked if (one.kind == "consult") == (kind == "consult")}
        for to in people:
            if to in DISABLED or to in (login, principal) or to in busy or to in self.recused:
                return "not that person"
            if kind != "consult" and (self.barred(to, paper.place[0]) or to == paper.owner):
                return "separated"
        return self.may_act(login, paper)

    def has_part(self, login: str, papers: Iterable[Paper]) -> bool:
        """Tell whether somebody has, had or may take a task of the matter, or stands in for one."""
        people = {login, self.stands_in.get(login, login)}
        mine = any(
            people & {paper.holder, paper.principal, paper.owner}
            or people & {one.login for one in paper.asked}
            or any(self.has_post(one, paper.place[0]) for one in people)
            for paper in papers
        )
        past = any(login in acted for acted in self.acts.values())
        return mine or past or login == STARTER

    def sees(self, login: str, paper: Paper) -> bool:
        """Tell whether somebody may look at a task, for himself or for his principal."""
        people = {login, self.stands_in.get(login, login) if self.submitted else login}
        mine = people & {paper.holder, paper.principal, paper.owner}
        may_take = not paper.ballot and any(self.has_post(one, paper.place[0]) for one in people)
        return bool(mine) or may_take

    def broken(self) -> list[str]:
        """Return the pairs of separated steps that one person has decided."""
        return [
            f"{sorted(people & self.decided.get(other, set()))} decided {task} and {other}"
            for task, people in self.decided.items()
            for other in self._duties[task].apart
            if people & self.decided.get(other, set())
        ]
