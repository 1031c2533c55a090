"""代理, 回避 and 离职交接: who may act changes, and open work follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from engine.commands import (
    AddRecusal,
    AppointSubstitute,
    FollowStaffChange,
    HandOver,
    HandOverNext,
    RevokeSubstitution,
)
from engine.model.participants import Actor
from tests.engine.verbs.days.office import ADMIN, DISABLED, PANELS, STAFF
from tests.engine.verbs.days.play import Play, acts_upon

if TYPE_CHECKING:
    from tests.engine.verbs.days.day import Day
    from tests.engine.verbs.days.rules import Asked, Paper

_ABLE = [login for login in STAFF if login not in DISABLED]


def appoint(day: Day) -> str:
    """Let somebody of one post stand in for somebody of another; returns the key."""
    panel = day.random.choice(list(PANELS.values()))
    principal = day.random.choice(panel if day.random.random() < 0.5 else _ABLE)
    near = [login for login in panel if login != principal]
    others = [login for login in _ABLE if STAFF[login] != STAFF[principal]]
    # Who votes in the same round may not cast the principal's ballot as well.
    substitute = day.random.choice(near if principal in panel else others)
    today = day.embedded.clock.now().date()
    command = AppointSubstitute(
        substitute=substitute,
        starts_on=today,
        ends_on=today + timedelta(days=3),
        reason="出差",
        processes=[day.procedure.process_id],
    )
    day.book.stands_in = {substitute: principal}
    return str(day.embedded.engine.execute(command, Actor(login=principal)))


def revoke(day: Day, key: str) -> None:
    """End it with the day."""
    day.embedded.engine.execute(RevokeSubstitution(substitution_key=key), Actor(login=ADMIN))


def choose(day: Day) -> Play | None:
    """Let something change for somebody, ``None`` where the rules of the game have no room."""
    return day.random.choice((recuse, _hand_over))(day)


def recuse(day: Day) -> Play | None:
    """登记回避: what the person has goes on by the rule of its step."""
    # One is enough: the others of the post must do. Voters who leave have tests of their own.
    holders = [paper.whose for paper in day.papers.values() if paper.whose in _ABLE]
    away = day.random.choice(holders if holders and day.random.random() < 0.6 else _ABLE)
    if day.book.recused or any(away in vote.weights for vote in day.procedure.votes.values()):
        return None
    login = ADMIN if day.random.random() < 0.8 else day.anybody()
    reason = "" if login in (ADMIN, away) else "not his to say"

    def effect() -> None:
        day.book.recused.add(away)
        for paper in day.papers.values():
            if paper.decided is None and paper.whose == away:
                _goes_on(day, paper)
            elif paper.decided is None and paper.holder == away:
                paper.holder, paper.principal = paper.principal, ""

    command = AddRecusal(person=away, instance_key=str(day.key), reason="近亲属")
    follows = (FollowStaffChange(),)
    return Play(login, "AddRecusal", command, reason, effect, str(command), follows=follows)


def _goes_on(day: Day, paper: Paper) -> None:
    """A delegated task comes back; another one goes to who did it before, or to the post."""
    task = paper.place[0]
    given = day.items[paper.key].assignee or ""
    known = {"", *day.book.acts.get(task, ())}
    rightly = given in known and not (given and day.book.barred(given, task))
    back = paper.owner if paper.owner and not day.book.barred(paper.owner, task) else ""
    paper.holder = back or (given if rightly else "")
    paper.owner, paper.principal, paper.opened = "", "", False


def _hand_over(day: Day) -> Play | None:
    """离职交接: each thing is judged by itself; what is refused stays."""
    login = ADMIN if day.random.random() < 0.9 else day.anybody()
    busy = [paper.whose for paper in day.papers.values() if paper.whose in _ABLE]
    leaver, to = day.random.choice(busy or _ABLE), day.random.choice([*STAFF])
    if {leaver, to} & {*day.book.stands_in, *day.book.stands_in.values()}:
        return None
    held, asked = _held(day, leaver), _asked(day, leaver)
    lent = [paper for paper in day.papers.values() if paper.owner == leaver]
    reason = "" if login == ADMIN else "no administrator"
    if to in DISABLED or to == leaver or not (held or asked or lent):
        reason = reason or "not that person, or nothing to hand over"

    def effect() -> None:
        _succeed(day, to, held, lent)
        for paper, one in asked:
            if _may_be_asked(day, to, paper, one):
                one.login = to

    command = HandOver(leaver=leaver, to=to, reason="调离")
    follows = (HandOverNext(),)
    return Play(login, "HandOver", command, reason, effect, str(command), follows=follows)


def _succeed(day: Day, to: str, held: list[Paper], lent: list[Paper]) -> None:
    """Give a leaver's tasks, and those that come back to him, to the successor."""
    for paper in held:
        if _may_have(day, to, paper) and to != paper.owner:
            acts_upon(day, paper)
            paper.holder, paper.principal, paper.opened = to, "", False
    for paper in lent:
        if _may_have(day, to, replace(paper, owner="")) and paper.holder != to:
            paper.owner = to


def _held(day: Day, login: str) -> list[Paper]:
    papers = day.papers.values()
    return [one for one in papers if one.decided is None and login in (one.holder, one.principal)]


def _asked(day: Day, login: str) -> list[tuple[Paper, Asked]]:
    return [
        (paper, one)
        for paper in day.papers.values()
        for one in paper.asked
        if one.login == login and (one.kind != "sign_after" or paper.decided is not None)
    ]


def _may_have(day: Day, login: str, paper: Paper) -> bool:
    """Tell whether a successor may have a task: one that comes back later needs no post."""
    task = paper.place[0]
    fits = bool(paper.owner) or day.book.has_post(login, task)
    return fits and not paper.ballot and not day.book.barred(login, task)


def _may_be_asked(day: Day, login: str, paper: Paper, one: Asked) -> bool:
    """Tell whether a successor may answer in place of the leaver."""
    refused = day.book.may_answer(login, replace(one, login=login), paper.place[0])
    return login != one.by and not refused
