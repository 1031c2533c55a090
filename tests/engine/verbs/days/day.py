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
from tests.engine.bpmn.walks.walking import DifferenceError, Tally, place_of
from tests.engine.verbs.days import keen, players, staffing
from tests.engine.verbs.days.office import FILL, PEOPLE, STARTER
from tests.engine.verbs.days.rules import Paper, RuleBook
from tests.engine.verbs.days.votes import VotingJudge
from tests.support.counting import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from engine.commands.services import Services
    from engine.embedded import Embedded
    from engine.model.voting import VoteRound
    from engine.model.work import WorkItem
    from tests.engine.bpmn.walks.tokens import Place
    from tests.engine.verbs.days.office import Procedure
    from tests.engine.verbs.days.play import Last, Play, Slip

VERBS_A_DAY: Final = 30
#: A sound model ends long before.
_TO_THE_END: Final = 600
#: What a verb may cost.
_STATEMENTS: Final = 15
#: What is possible while a matter is suspended.
_WHILE_SUSPENDED: Final = frozenset(
    {"OpenWorkItem", "CirculateInstance", "ResumeInstance", "AddRecusal", "HandOver"}
)
_KINDS: Final = (WorkItemKind.CONSULT, WorkItemKind.SIGN_BEFORE, WorkItemKind.SIGN_AFTER)


@dataclass(frozen=True)
class _Look:
    key: int

    def answer(
        self, services: Services
    ) -> tuple[dict[str, Place], list[WorkItem], int, bool, dict[int, VoteRound]]:
        tree = MatterTree.load(services, self.key)
        places = {wait.token_id: place_of(wait) for wait in tree.root.interpreter.waits()}
        items = services.store.work_items.of_matter(self.key)
        counting = select(func.count()).select_from(audit_entry)
        lines = services.store.session.execute(counting).scalar_one()
        rounds = {one.key: one for one in services.store.votes.of_matter(self.key)}
        return places, items, lines, tree.root.interpreter.is_completed, rounds


class Day:
    """One matter of one procedure.

    Attributes:
        papers: the live tasks by key, as the rules have them.
        judge: the token model.
        book: the rules.
        random: what people choose.
    """

    def __init__(
        self,
        embedded: Embedded,
        procedure: Procedure,
        random: Random,
        tally: Tally,
        keenness: str = "",
    ) -> None:
        """Let the initiator start the matter.

        Args:
            embedded: the office.
            procedure: what is started.
            random: what people choose.
            tally: counts what has happened.
            keenness: what people do more than anything else, empty for nothing in particular.
        """
        self.keen = keenness
        self.random = random
        self.embedded = embedded
        self._engine = embedded.engine
        self.procedure = procedure
        self._tally = tally
        self.book = RuleBook(procedure.duties)
        pick = random.randint(0, PICKS)
        self.judge = VotingJudge(procedure.level, pick, procedure.votes)
        command = StartInstance(process_id=procedure.process_id, variables={"pick": pick})
        self.key = int(self._engine.execute(command, Actor(login=STARTER)).instance_key)
        self.papers: dict[int, Paper] = {}
        #: what a return with ``resume`` has ended, by the place that corrects it
        self.slips: dict[Place, Slip] = {}
        #: the last decision, while it may be taken back
        self.last: Last | None = None
        #: somebody has looked at or done something since the submission
        self.touched = False
        self._look()
        self._compare("start")

    def go(self) -> None:
        """Let the day pass, then finish everything rightly.

        Raises:
            DifferenceError: a rule was broken, or the matter does not end.
        """
        luck = 1.0 if self.keen == "substitutes" else 0.5
        appointed = staffing.appoint(self) if self.random.random() < luck else ""
        self._look()
        for _ in range(VERBS_A_DAY):
            if self.judge.is_over:
                break
            self._play(keen.choose(self) or players.choose(self))
        for _ in range(_TO_THE_END):
            if self.judge.is_over:
                break
            self._play(players.go_on(self, FINISH))
        if not self.judge.is_over:
            raise DifferenceError("end", "the matter does not end")
        if self.book.broken():
            raise DifferenceError("separation", str(self.book.broken()))
        if appointed:
            staffing.revoke(self, appointed)
        self._tally.add("days")

    def _play(self, play: Play) -> None:
        said = f"{play.login}: {play.verb} {play.said}"
        rests = self.book.suspended and play.verb not in _WHILE_SUSPENDED
        reason = play.reason or ("suspended" if rests else "")
        before = self._facts
        refusal, cost = self._press(play)
        self._look()
        if refusal:
            self._tally.add(f"refused {play.verb}")
            if not reason and not play.may_refuse:
                raise DifferenceError("refused", f"{said} without a reason: {refusal}")
            _unchanged(before, self._facts, said)
            return
        self._tally.add(play.verb)
        self._tally.add("for another" if play.is_for_another else "for oneself")
        if reason:
            raise DifferenceError("accepted", f"{said} although {reason}")
        if cost["commits"] != 1 or cost["statements"] > self._allowed(before[2]):
            raise DifferenceError("cost", f"{said}: {cost}")
        if (self._facts[1] <= before[1]) is not play.is_silent:
            raise DifferenceError("trail", f"{said} left {self._facts[1] - before[1]} lines")
        play.effect()
        self._compare(said)

    def _press(self, play: Play) -> tuple[str, dict[str, int]]:
        """Execute a verb and what workers do because of it; return the refusal and the cost."""
        with counted(self._engine) as cost:
            try:
                self._engine.execute(play.command, Actor(login=play.login))
            except WorkflowError as error:
                return f"{type(error).__name__}: {error}", cost
        for command in play.follows:
            while self._engine.execute(command):
                pass
        return "", cost

    def _allowed(self, tasks: int) -> int:
        """Return the statements of a verb: each further step that begins looks for its people."""
        begun = self._facts[2] - tasks
        return _STATEMENTS + max(0, begun - 1)

    def _look(self) -> None:
        found = self._engine.ask(_Look(self.key))
        self._places, items, lines, self._is_completed, self._rounds = found
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
    back: VotingJudge | None = None

    def _new_papers(self, tasks: Sequence[WorkItem], after: str) -> None:
        live = {item.key for item in tasks}
        self.papers = {key: paper for key, paper in self.papers.items() if key in live}
        for item in tasks:
            if item.key in self.papers:
                continue
            place, holder = self._places[item.token_id], item.assignee or ""
            vote = self.procedure.duties[place[0]].vote
            known = {STARTER} if place[0] == FILL else {"", *self.book.acts.get(place[0], ())}
            if holder not in (known if vote is None else vote.weights):
                raise DifferenceError("holder", f"after {after}: {place} is given to {holder}")
            ballot = holder if vote is not None else ""
            self.papers[item.key] = Paper(item.key, place, holder, ballot=ballot)
            if ballot and [one.ballot for one in self._beside(place)].count(ballot) != 1:
                raise DifferenceError("ballots", f"after {after}: {holder} has two at {place}")

    def _beside(self, place: Place) -> list[Paper]:
        return [one for one in self.papers.values() if one.place == place]

    def _compare_papers(self, after: str) -> None:
        for paper in self.papers.values():
            item = self.items[paper.key]
            decided = item.decision is not None
            shown = (item.assignee or "", item.on_behalf_of or "", item.owner or "", decided)
            principal = paper.principal
            ruled = (paper.holder, principal, paper.owner, paper.decided is not None)
            if shown != ruled:
                raise DifferenceError("desk", f"after {after}: {paper.place} {shown}, {ruled}")
            parts = {
                part.key
                for part in self.items.values()
                if part.parent_key == paper.key and part.kind in _KINDS and part.is_live
            }
            if parts != {one.key for one in paper.asked}:
                raise DifferenceError("asked", f"after {after}: {paper.place} {parts}")

    def expect_round(self, paper: Paper, state: str) -> None:
        """Look whether a round stands as the rule says after a ballot."""
        self._tally.add(state)
        round_key = self.items[paper.key].round_key or 0
        if self._rounds[round_key].state != state:
            found = self._rounds[round_key]
            raise DifferenceError("round", f"{paper.place}: {found}, but it is {state}")

    def anybody(self) -> str:
        """Return somebody."""
        return self.random.choice(PEOPLE)

    def before(self) -> VotingJudge:
        """Return the token model as it is."""
        return deepcopy(self.judge)


def _unchanged(before: tuple[Any, int, int], after: tuple[Any, int, int], said: str) -> None:
    """Look whether a refusal has left one line and nothing else."""
    if after[0] != before[0]:
        raise DifferenceError("half done", f"{said} was refused and changed something")
    if after[1] != before[1] + 1:
        raise DifferenceError("trail", f"{said} was refused with {after[1] - before[1]} lines")
