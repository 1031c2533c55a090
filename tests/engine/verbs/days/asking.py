"""征求意见, 加签, what they answer, and doing without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.commands import (
    AddSigners,
    AnswerConsultation,
    CancelParts,
    ConsultPeople,
    SignWorkItem,
)
from tests.engine.verbs.days.play import play_of, settle, take

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
        day.asked(paper, kind, login)

    reason = day.book.may_ask(login, paper, people, kind)
    return play_of(paper, login, command, reason, effect)


def answer(day: Day, paper: Paper) -> Play:
    one = day.random.choice(paper.asked)
    login = one.login if day.random.random() < 0.8 else day.anybody()
    if day.random.random() < 0.2:
        return cancel(day, paper, [one.key], one.by if day.random.random() < 0.7 else login)
    if one.kind != "consult":
        return sign(day, paper, one.key, login, agree=day.random.random() < 0.8)

    def effect() -> None:
        paper.asked.remove(one)
        day.touched = True

    command = AnswerConsultation(work_item_key=str(one.key), opinion="无意见")
    return play_of(paper, login, command, "" if login == one.login else "not asked", effect)


def sign(day: Day, paper: Paper, key: int, login: str, *, agree: bool) -> Play:
    one = next(asked for asked in paper.asked if asked.key == key)
    reason = "" if login == one.login else "not asked"
    if one.kind == "sign_after" and paper.decided is None:
        reason = "not yet"
    if day.book.barred(login, paper.place[0]):
        reason = "separated"

    def effect() -> None:
        day.book.act(login, paper.place)
        paper.asked.remove(one)
        day.touched = True
        if agree:
            settle(day, paper)
        elif paper.decided is not None:
            # The decision is void: it is made anew, and everybody has to sign the new one.
            paper.decided = None
            day.book.pending.pop(paper.key)
            day.asked_anew(paper)

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
