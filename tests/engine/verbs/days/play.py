"""What somebody presses, and what a decision does according to the rules."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.engine.verbs.days.office import FILL

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.bpmn.walks.tokens import Place
    from tests.engine.verbs.days.day import Day
    from tests.engine.verbs.days.rules import Paper
    from tests.engine.verbs.days.votes import VotingJudge


@dataclass(frozen=True)
class Play:
    """Somebody presses something.

    Attributes:
        reason: why the rules forbid it, empty when they allow it.
        effect: what the rules say that follows.
        said: for messages.
        is_silent: changes nothing, so leaves no line.
        may_refuse: a refusal needs no reason here; what is accepted must still be right.
        follows: what workers do because of it, before anybody looks.
        is_for_another: a substitute does it for the principal.
    """

    login: str
    verb: str
    command: Any
    reason: str
    effect: Callable[[], None]
    said: str
    is_silent: bool = False
    may_refuse: bool = False
    follows: tuple[Any, ...] = ()
    is_for_another: bool = False


@dataclass
class Slip:
    """What a return has ended and will put back: the token model before it, and what came after."""

    judge: VotingJudge
    pick: int
    since: list[tuple[Place, int | tuple[str, int]]]

    def copy(self) -> Slip:
        """Return one that goes on by itself."""
        return Slip(self.judge, self.pick, list(self.since))


@dataclass
class Last:
    """The last decision, as long as nothing else has moved a token.

    Attributes:
        judge: the token model before it.
        slips: what returns had ended before it.
        known: tasks that were there before it.
        was_corrected: the step had been returned to.
        is_acted_upon: somebody has asked others, or given away what it has led to.
    """

    paper: Paper
    login: str
    judge: VotingJudge
    slips: dict[Place, Slip]
    known: frozenset[int]
    was_corrected: bool
    is_acted_upon: bool = False


def play_of(
    paper: Paper,
    login: str,
    command: Any,
    reason: str,
    effect: Callable[[], None],
    **facts: Any,
) -> Play:
    verb = type(command).__name__
    said = f"at {paper.place} {command}"
    return Play(login, verb, command, reason, effect, said, **facts)


def take(day: Day, paper: Paper, login: str) -> None:
    """Put an offered task on somebody's desk."""
    if not paper.holder:
        principal = day.book.acting_for(login, paper)
        paper.opened, day.touched = True, True
        paper.holder, paper.principal = login, principal


def acts_upon(day: Day, paper: Paper) -> None:
    """Somebody does more with a task than taking it: who has led to it cannot want it back."""
    if day.last is not None and paper.key not in day.last.known:
        day.last.is_acted_upon = True


def decide(day: Day, paper: Paper, people: set[str], pick: int) -> None:
    """Let a decision move the token.

    Args:
        day: the day.
        paper: the task.
        people: who decided, and for whom.
        pick: what was decided.
    """
    slips = {place: slip.copy() for place, slip in day.slips.items() if place != paper.place}
    corrected = paper.place in day.slips
    last = Last(paper, paper.holder, day.before(), slips, frozenset(day.papers), corrected)
    day.last = None if paper.place[0] == FILL else last
    day.book.pending.pop(paper.key, None)
    day.book.act(people, paper.place)
    day.book.decided.setdefault(paper.place[0], set()).update(people)
    if paper.place[0] == FILL:
        day.book.submitted, day.touched = True, False
    slip = day.slips.pop(paper.place, None)
    if slip is not None and slip.pick == pick:
        day.back = put_back(slip)
    day.judge.act(paper.place, pick)
    for other in day.slips.values():
        other.since.append((paper.place, pick))


def put_back(slip: Slip) -> VotingJudge | None:
    """Return the token model straight after the way back, ``None`` when there is none."""
    judge = deepcopy(slip.judge)
    for place, pick in slip.since:
        if place not in judge.waits():
            return None
        judge.act(place, pick)
    judge.pick = slip.pick
    return judge


def settle(day: Day, paper: Paper) -> None:
    if paper.decided is not None and not paper.open_of("sign_after"):
        pick, paper.decided = paper.decided, None
        decide(day, paper, paper.people, pick)
