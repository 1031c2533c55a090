"""A random day: people press what they like, rightly and wrongly; every answer is judged.

The token model says where the matter is, the rule book who may do what, the database what is
there. They are compared after every verb.
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from engine.commands import StartInstance
from engine.commands.matter import MatterTree
from engine.errors import WorkflowError
from engine.model.participants import Actor
from engine.model.states import WorkItemKind
from engine.store.tables import audit_entry
from tests.engine.bpmn.walks.drawing import FINISH, PICKS
from tests.engine.bpmn.walks.judge import Judge
from tests.engine.bpmn.walks.walking import DifferenceError, Tally, place_of
from tests.engine.verbs.days import players
from tests.engine.verbs.days.office import FILL, PEOPLE, STARTER
from tests.engine.verbs.days.rules import Asked, Paper, RuleBook
from tests.support.counting import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from engine.commands.services import Services
    from engine.embedded import Embedded
    from engine.model.work import WorkItem
    from tests.engine.bpmn.walks.tokens import Place
    from tests.engine.verbs.days.office import Procedure
    from tests.engine.verbs.days.play import Play, Slip

VERBS_A_DAY: Final = 30
#: A sound model ends long before.
_TO_THE_END: Final = 600
#: What a verb may cost.
_STATEMENTS: Final = 15
#: More when a signature, or doing without it, lets an earlier decision take effect at once.
_SETTLING: Final = 2
#: What is possible while a matter is suspended.
_WHILE_SUSPENDED: Final = frozenset({"OpenWorkItem", "CirculateInstance", "ResumeInstance"})
_KINDS: Final = (WorkItemKind.CONSULT, WorkItemKind.SIGN_BEFORE, WorkItemKind.SIGN_AFTER)


@dataclass(frozen=True)
class _Look:
    key: int

    def answer(self, services: Services) -> tuple[dict[str, Place], list[WorkItem], int, bool]:
        tree = MatterTree.load(services, self.key)
        places = {wait.token_id: place_of(wait) for wait in tree.root.interpreter.waits()}
        items = services.store.work_items.of_matter(self.key)
        counting = select(func.count()).select_from(audit_entry)
        lines = services.store.session.execute(counting).scalar_one()
        return places, items, lines, tree.root.interpreter.is_completed


class Day:
    """One matter of one procedure.

    Attributes:
        papers: the live tasks by key, as the rules have them.
        judge: the token model.
        book: the rules.
        random: what people choose.
    """

    def __init__(
        self, embedded: Embedded, procedure: Procedure, random: Random, tally: Tally
    ) -> None:
        """Let the initiator start the matter."""
        self.random = random
        self._engine = embedded.engine
        self.procedure = procedure
        self._tally = tally
        self.book = RuleBook(procedure.duties)
        pick = random.randint(0, PICKS)
        self.judge = Judge(procedure.level, pick)
        command = StartInstance(process_id=procedure.process_id, variables={"pick": pick})
        self.key = int(self._engine.execute(command, Actor(login=STARTER)).instance_key)
        self.papers: dict[int, Paper] = {}
        #: what a return with ``resume`` has ended, by the place that corrects it
        self.slips: dict[Place, Slip] = {}
        #: somebody has looked at or done something since the submission
        self.touched = False
        self._look()
        self._compare("start")

    def go(self) -> None:
        """Let the day pass, then finish everything rightly.

        Raises:
            DifferenceError: a rule was broken, or the matter does not end.
        """
        for _ in range(VERBS_A_DAY):
            if self.judge.is_over:
                break
            self._play(players.choose(self))
        for _ in range(_TO_THE_END):
            if self.judge.is_over:
                break
            self._play(players.go_on(self, FINISH))
        if not self.judge.is_over:
            raise DifferenceError("end", "the matter does not end")
        if self.book.broken():
            raise DifferenceError("separation", str(self.book.broken()))
        self._tally.add("days")

    def _play(self, play: Play) -> None:
        said = f"{play.login}: {play.verb} {play.said}"
        rests = self.book.suspended and play.verb not in _WHILE_SUSPENDED
        reason = play.reason or ("suspended" if rests else "")
        before = self._facts
        with counted(self._engine) as cost:
            try:
                self._engine.execute(play.command, Actor(login=play.login))
                refusal = ""
            except WorkflowError as error:
                refusal = f"{type(error).__name__}: {error}"
        self._look()
        if refusal:
            self._tally.add(f"refused {play.verb}")
            if not reason and not play.may_refuse:
                raise DifferenceError("refused", f"{said} without a reason: {refusal}")
            self._unchanged(before, said)
            return
        self._tally.add(play.verb)
        if reason:
            raise DifferenceError("accepted", f"{said} although {reason}")
        if cost["commits"] != 1 or cost["statements"] > self._allowed(play, before[2]):
            raise DifferenceError("cost", f"{said}: {cost}")
        if (self._facts[1] <= before[1]) is not play.is_silent:
            raise DifferenceError("trail", f"{said} left {self._facts[1] - before[1]} lines")
        play.effect()
        self._compare(said)

    def _allowed(self, play: Play, tasks: int) -> int:
        """Return the statements of a verb: each further step that begins looks for its people."""
        begun = self._facts[2] - tasks
        two_in_one = _SETTLING if begun and play.verb in ("SignWorkItem", "CancelParts") else 0
        return _STATEMENTS + max(0, begun - 1) + two_in_one

    def _unchanged(self, before: tuple[Any, int, int], said: str) -> None:
        rows, lines, _begun = self._facts
        if rows != before[0]:
            raise DifferenceError("half done", f"{said} was refused and changed something")
        if lines != before[1] + 1:
            raise DifferenceError("trail", f"{said} was refused with {lines - before[1]} lines")

    def _look(self) -> None:
        self._places, items, lines, self._is_completed = self._engine.ask(_Look(self.key))
        self.items = {item.key: item for item in items}
        self._facts = (items, lines, sum(item.is_task for item in items))

    def _compare(self, after: str) -> None:
        tasks = [item for item in self.items.values() if item.is_task and item.is_live]
        lost = [item.element_id for item in tasks if item.token_id not in self._places]
        if lost:
            raise DifferenceError("tasks", f"after {after}: {lost} are open without a token")
        found = Counter(self._places[item.token_id] for item in tasks)
        wanted = self._resumed(found)
        if found != wanted:
            more, less = dict(found - wanted), dict(wanted - found)
            raise DifferenceError("tasks", f"after {after}: more {more}, less {less}")
        if self._is_completed != self.judge.is_over:
            raise DifferenceError("over", f"after {after}: {self._is_completed}")
        self._new_papers(tasks, after)
        self._compare_papers(after)

    def _resumed(self, found: Counter[Place]) -> Counter[Place]:
        """Take the way straight back where the engine took it and it was right."""
        wanted = self.judge.waits()
        if found != wanted and self.back is not None and self.back.waits() == found:
            self.judge = self.back
            self._tally.add("straight back")
            wanted = found
        self.back = None
        return wanted

    #: the token model if the matter went straight back, while that would be right
    back: Judge | None = None

    def _new_papers(self, tasks: Sequence[WorkItem], after: str) -> None:
        live = {item.key for item in tasks}
        self.papers = {key: paper for key, paper in self.papers.items() if key in live}
        for item in tasks:
            if item.key in self.papers:
                continue
            place, holder = self._places[item.token_id], item.assignee or ""
            known = {STARTER} if place[0] == FILL else {"", *self.book.acts.get(place[0], ())}
            if holder not in known:
                raise DifferenceError("holder", f"after {after}: {place} is given to {holder}")
            self.papers[item.key] = Paper(item.key, place, holder)

    def _compare_papers(self, after: str) -> None:
        for paper in self.papers.values():
            item = self.items[paper.key]
            shown = (item.assignee or "", item.owner or "", item.decision is not None)
            ruled = (paper.holder, paper.owner, paper.decided is not None)
            if shown != ruled:
                raise DifferenceError("desk", f"after {after}: {paper.place} {shown}, {ruled}")
            parts = {
                part.key
                for part in self.items.values()
                if part.parent_key == paper.key and part.kind in _KINDS and part.is_live
            }
            if parts != {one.key for one in paper.asked}:
                raise DifferenceError("asked", f"after {after}: {paper.place} {parts}")

    def asked(self, paper: Paper, kind: str, by: str) -> None:
        """Note whom somebody has just asked."""
        known = {one.key for one in paper.asked}
        new = [
            Asked(part.key, part.assignee or "", kind, by)
            for part in self.items.values()
            if part.parent_key == paper.key and part.kind == kind and part.key not in known
            if part.is_live
        ]
        paper.asked += new
        paper.signers += [one for one in new if one.kind == "sign_after"]

    def asked_anew(self, paper: Paper) -> None:
        """Everybody who had to sign a decision that is void has to sign the next one."""
        wanted = Counter(one.login for one in paper.signers)
        paper.asked = [one for one in paper.asked if one.kind != "sign_after"]
        senders = {one.login: one.by for one in paper.signers}
        paper.signers = []
        self.asked(paper, "sign_after", "")
        for one in paper.signers:
            one.by = senders.get(one.login, "")
        if Counter(one.login for one in paper.signers) != wanted:
            raise DifferenceError("asked", f"{paper.place}: to sign anew {wanted}")

    def anybody(self) -> str:
        """Return somebody."""
        return self.random.choice(PEOPLE)

    def before(self) -> Judge:
        """Return the token model as it is."""
        return deepcopy(self.judge)
