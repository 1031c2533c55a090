"""征求意见, 加签, what they answer, and doing without it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from engine.commands import (
    AddSigners,
    AnswerConsultation,
    CancelParts,
    ConsultPeople,
    SignWorkItem,
)
from tests.engine.bpmn.walks.walking import DifferenceError
from tests.engine.verbs.days.office import PEOPLE
from tests.engine.verbs.days.play import acts_upon, play_of, settle, take
from tests.engine.verbs.days.rules import Asked

if TYPE_CHECKING:
    from tests.engine.verbs.days.day import Day
    from tests.engine.verbs.days.play import Play
    from tests.engine.verbs.days.rules import Paper


def ask(day: Day, paper: Paper, login: str) -> Play:
    """征求意见 and 加签."""
    kind = day.random.choice(["consult", "sign_before", "sign_after"])
    people = list({day.anybody() for _ in range(day.random.randint(1, 2))})
    key = str(paper.key)
    command: Any = ConsultPeople(work_item_key=key, people=people, request="请提意见")
    if kind != "consult":
        when = kind.removeprefix("sign_")
        command = AddSigners(work_item_key=key, people=people, when=when, request="请会签")

    def effect() -> None:
        take(day, paper, login)
        acts_upon(day, paper)
        note_asked(day, paper, kind, login)

    reason = day.book.may_ask(login, paper, people, kind)
    return play_of(paper, login, command, reason, effect)


def answer(day: Day, paper: Paper) -> Play:
    one = day.random.choice(paper.asked)
    able = [who for who in PEOPLE if not day.book.may_answer(who, one, paper.place[0])]
    login = day.random.choice(able) if able and day.random.random() < 0.8 else day.anybody()
    if day.random.random() < 0.2:
        return cancel(day, paper, [one.key], one.by if day.random.random() < 0.7 else login)
    if one.kind != "consult":
        return sign(day, paper, one.key, login, agree=day.random.random() < 0.8)

    def effect() -> None:
        paper.asked.remove(one)
        day.touched = True

    command = AnswerConsultation(work_item_key=str(one.key), opinion="无意见")
    return play_of(paper, login, command, day.book.may_answer(login, one, paper.place[0]), effect)


def sign(day: Day, paper: Paper, key: int, login: str, *, agree: bool) -> Play:
    one = next(asked for asked in paper.asked if asked.key == key)
    reason = day.book.may_answer(login, one, paper.place[0])
    if one.kind == "sign_after" and paper.decided is None:
        reason = reason or "not yet"

    def effect() -> None:
        day.book.act({login, one.login}, paper.place)
        paper.asked.remove(one)
        day.touched = True
        if agree:
            settle(day, paper)
        elif paper.decided is not None:
            # The decision is void: it is made anew, and everybody has to sign the new one.
            paper.decided = None
            day.book.pending.pop(paper.key)
            _ask_anew(day, paper)

    command = SignWorkItem(work_item_key=str(key), agree=agree, opinion="意见如此")
    return play_of(paper, login, command, reason, effect)


def cancel(day: Day, paper: Paper, keys: list[int], login: str) -> Play:
    chosen = [one for one in paper.asked if one.key in keys]
    mine = all(one.by == login or (paper.holder == login and one.by != login) for one in chosen)

    def effect() -> None:
        paper.asked = [one for one in paper.asked if one not in chosen]
        paper.signers = [one for one in paper.signers if one not in chosen]
        settle(day, paper)

    command = CancelParts(
        work_item_key=str(paper.key), parts=[str(key) for key in keys], reason="不再需要"
    )
    return play_of(paper, login, command, "" if mine else "not his", effect)


def note_asked(day: Day, paper: Paper, kind: str, by: str) -> None:
    """Note whom somebody has just asked."""
    known = {one.key for one in paper.asked}
    new = [
        Asked(part.key, part.assignee or "", kind, by)
        for part in day.items.values()
        if part.parent_key == paper.key and part.kind == kind and part.key not in known
        if part.is_live
    ]
    paper.asked += new
    paper.signers += [one for one in new if one.kind == "sign_after"]


def _ask_anew(day: Day, paper: Paper) -> None:
    """Everybody who had to sign a decision that is void has to sign the next one."""
    wanted = Counter(one.login for one in paper.signers)
    paper.asked = [one for one in paper.asked if one.kind != "sign_after"]
    senders = {one.login: one.by for one in paper.signers}
    paper.signers = []
    note_asked(day, paper, "sign_after", "")
    for one in paper.signers:
        one.by = senders.get(one.login, "")
    if Counter(one.login for one in paper.signers) != wanted:
        raise DifferenceError("asked", f"{paper.place}: to sign anew {wanted}")
