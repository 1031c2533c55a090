"""Who may do what, written from docs/ and the catalogue; it shares no engine code.

The rule book knows only what was answered: who holds a task, who was asked, who did which step. A
refusal must have a reason here, and nothing may be accepted against one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.engine.verbs.days.office import DISABLED, FILL, PEOPLE, STAFF, STARTER

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
        holder: whose it is, empty while everybody of the post may take it.
        owner: to whom it comes back after a delegation.
        asked: open questions and signatures.
        decided: what was decided and waits for signatures, ``None`` without.
        signers: everybody who was asked to sign the decision, whether answered or not.
        opened: somebody who may act has looked at it.
    """

    key: int
    place: Place
    holder: str = ""
    owner: str = ""
    asked: list[Asked] = field(default_factory=list)
    decided: int | None = None
    signers: list[Asked] = field(default_factory=list)
    opened: bool = False

    def open_of(self, kind: str) -> list[Asked]:
        """Return who has still to answer."""
        return [one for one in self.asked if one.kind == kind]


class RuleBook:
    """The rules of one matter.

    Attributes:
        acts: who has had a part in a decision at a step, ever.
        decisions: who decided last at a step, by step and round.
        submitted: the initiator has submitted the matter and not taken it back.
        suspended: nothing of it goes on.
    """

    def __init__(self, duties: dict[str, Duty]) -> None:
        """Know the model's duties; nobody has done anything."""
        self._duties = duties
        self.acts: dict[str, set[str]] = {}
        self.decisions: dict[Place, str] = {}
        self.submitted = False
        self.suspended = False
        #: decisions that wait for signatures, by task
        self.pending: dict[int, tuple[str, Place]] = {}

    def act(self, login: str, place: Place) -> None:
        """Somebody had a part in a decision."""
        self.acts.setdefault(place[0], set()).add(login)

    def barred(self, login: str, task: str) -> bool:
        """Tell whether separation keeps somebody away from a step."""
        if task == FILL:
            return False
        if login == STARTER:
            return True
        apart = self._duties[task].apart
        waiting = {place[0] for who, place in self.pending.values() if who == login}
        return bool(apart & waiting) or any(login in self.acts.get(one, ()) for one in apart)

    def has_post(self, login: str, task: str) -> bool:
        """Tell whether somebody holds the post of a step."""
        if task == FILL:
            return login == STARTER
        return STAFF.get(login) == self._duties[task].role

    def may_act(self, login: str, paper: Paper) -> str:
        """Return why somebody may not touch a task, empty if he may."""
        task = paper.place[0]
        if self.suspended:
            return "suspended"
        if login in DISABLED:
            return "disabled"
        if paper.decided is not None:
            return "decided already"
        if paper.holder and paper.holder != login:
            return "somebody else's"
        if not paper.holder and not self.has_post(login, task):
            return "not of the post"
        return "separated" if self.barred(login, task) else ""

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
        if to not in PEOPLE or to in DISABLED or to == login:
            return "not that person"
        if verb == "transfer" and not self.has_post(to, task):
            return "not of the post"
        return self.may_act(login, paper) or ("separated" if self.barred(to, task) else "")

    def may_ask(self, login: str, paper: Paper, people: list[str], kind: str) -> str:
        """Return why somebody may not ask others for opinions or signatures."""
        if paper.place[0] == FILL and not self.submitted:
            return "a draft"
        if paper.owner and kind != "consult":
            return "delegated"
        busy = {one.login for one in paper.asked if (one.kind == "consult") == (kind == "consult")}
        for to in people:
            if to in DISABLED or to == login or to in busy:
                return "not that person"
            if kind != "consult" and (self.barred(to, paper.place[0]) or to == paper.owner):
                return "separated"
        return self.may_act(login, paper)

    def has_part(self, login: str, papers: Iterable[Paper]) -> bool:
        """Tell whether somebody has, had or may take a task of the matter."""
        mine = any(
            login in (paper.holder, paper.owner, *(one.login for one in paper.asked))
            or self.has_post(login, paper.place[0])
            for paper in papers
        )
        past = any(login in people for people in self.acts.values())
        return mine or past or login == STARTER

    def broken(self) -> list[str]:
        """Return the pairs of separated steps that one person has decided."""
        return [
            f"{login} decided {task} and {other}"
            for (task, _rounds), login in self.decisions.items()
            for (other, _others), again in self.decisions.items()
            if other in self._duties[task].apart and login == again
        ]
