"""What somebody presses, and what a decision does according to the rules."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.engine.verbs.days.office import FILL

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.bpmn.walks.judge import Judge
    from tests.engine.bpmn.walks.tokens import Place
    from tests.engine.verbs.days.day import Day
    from tests.engine.verbs.days.rules import Paper


@dataclass(frozen=True)
class Play:
    """Somebody presses something.

    Attributes:
        reason: why the rules forbid it, empty when they allow it.
        effect: what the rules say that follows.
        said: for messages.
        is_silent: changes nothing, so leaves no line.
        may_refuse: a refusal needs no reason here; what is accepted must still be right.
    """

    login: str
    verb: str
    command: Any
    reason: str
    effect: Callable[[], None]
    said: str
    is_silent: bool = False
    may_refuse: bool = False


@dataclass
class Slip:
    """What a return has ended and will put back: the token model before it, and what came after."""

    judge: Judge
    pick: int
    since: list[tuple[Place, int]]


def play_of(
    paper: Paper,
    login: str,
    command: Any,
    reason: str,
    effect: Callable[[], None],
    **facts: bool,
) -> Play:
    verb = type(command).__name__
    said = f"at {paper.place} {command}"
    return Play(login, verb, command, reason, effect, said, **facts)


def take(day: Day, paper: Paper, login: str) -> None:
    """Put an offered task on somebody's desk."""
    if not paper.holder:
        paper.opened, day.touched = True, True
        paper.holder = login


def decide(day: Day, paper: Paper, login: str, pick: int) -> None:
    """Let a decision move the token."""
    day.book.pending.pop(paper.key, None)
    day.book.act(login, paper.place)
    day.book.decisions[paper.place] = login
    if paper.place[0] == FILL:
        day.book.submitted, day.touched = True, False
    slip = day.slips.pop(paper.place, None)
    if slip is not None and slip.pick == pick:
        day.back = put_back(slip)
    day.judge.act(paper.place, pick)
    for other in day.slips.values():
        other.since.append((paper.place, pick))


def put_back(slip: Slip) -> Judge | None:
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
        decide(day, paper, paper.holder, pick)
