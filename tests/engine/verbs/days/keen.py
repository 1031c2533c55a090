"""Days on which people do one thing more than anything else: planted faults show sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.engine.verbs.days import staffing
from tests.engine.verbs.days.asking import answer, ask
from tests.engine.verbs.days.going_back import recall, send_back, withdraw
from tests.engine.verbs.days.office import STAFF, STARTER
from tests.engine.verbs.days.players import any_paper, press, somebody, transfer

if TYPE_CHECKING:
    from tests.engine.verbs.days.day import Day
    from tests.engine.verbs.days.play import Play
    from tests.engine.verbs.days.rules import Paper


def choose(day: Day) -> Play | None:
    """Let somebody do what the day is about, ``None`` for anything else."""
    if not day.keen or day.random.random() < 0.4:
        return None
    return KEEN[day.keen](day, any_paper(day))


def _apart(day: Day, paper: Paper) -> Play | None:
    """Let somebody decide whom separation keeps away."""
    book, task = day.book, paper.place[0]
    barred = [who for who in STAFF if book.has_post(who, task) and book.barred(who, task)]
    return press(day, paper, day.random.choice(barred)) if barred else None


def _signatures(day: Day, paper: Paper) -> Play | None:
    return answer(day, paper) if paper.asked else ask(day, paper, somebody(day, paper))


def _returns(day: Day, paper: Paper) -> Play | None:
    return send_back(day, paper, somebody(day, paper))


def _withdrawal(day: Day, paper: Paper) -> Play | None:
    return withdraw(day, paper, STARTER) if day.book.submitted else None


def _substitutes(day: Day, paper: Paper) -> Play | None:
    """Let the substitute do the principal's work, and both what that keeps them away from."""
    ((substitute, principal),) = day.book.stands_in.items()
    for one in day.papers.values():
        if one.ballot == principal:
            return press(day, one, substitute)
        for who in (principal, substitute):
            task = one.place[0]
            if day.book.has_post(who, task) and day.book.barred(who, task):
                return press(day, one, who)
    return press(day, paper, substitute)


def _recall(day: Day, paper: Paper) -> Play | None:
    """Want a decision back, also when somebody has gone on."""
    if day.last is None:
        return None
    gives = not day.last.is_acted_upon and day.random.random() < 0.5
    return transfer(day, paper, somebody(day, paper)) if gives else recall(day, day.last)


def _recusal(day: Day, paper: Paper) -> Play | None:
    if day.book.recused:
        return press(day, paper, sorted(day.book.recused)[0])
    return staffing.recuse(day) if day.book.submitted else None


#: What a day may be keen on.
KEEN: Final = {
    "apart": _apart,
    "signatures": _signatures,
    "returns": _returns,
    "withdrawal": _withdrawal,
    "substitutes": _substitutes,
    "recall": _recall,
    "recusal": _recusal,
}
