"""Who presses what: a task, somebody, and a verb that may be right or wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.commands import (
    ClaimWorkItem,
    CompleteWorkItem,
    DelegateWorkItem,
    HandBackWorkItem,
    OpenWorkItem,
    ReleaseWorkItem,
    TakeBackWorkItem,
    TransferWorkItem,
)
from tests.engine.bpmn.walks.drawing import PICKS
from tests.engine.verbs.days.around import circulate, resume, suspend
from tests.engine.verbs.days.asking import answer, ask, cancel, sign
from tests.engine.verbs.days.going_back import send_back, withdraw
from tests.engine.verbs.days.office import ADMIN, DISABLED, FILL, PEOPLE, STARTER
from tests.engine.verbs.days.play import decide, play_of, take

if TYPE_CHECKING:
    from tests.engine.verbs.days.day import Day
    from tests.engine.verbs.days.play import Play
    from tests.engine.verbs.days.rules import Paper


def choose(day: Day) -> Play:
    """Let somebody do something, more often rightly than not."""
    luck = day.random.random()
    boss = ADMIN if day.random.random() < 0.7 else day.anybody()
    if luck < (0.4 if day.book.suspended else 0.04):
        return resume(day, boss) if day.book.suspended else suspend(day, boss)
    paper = day.random.choice(list(day.papers.values()))
    if day.book.submitted and not day.touched and day.random.random() < 0.3:
        return withdraw(day, paper, STARTER)
    return _at_a_task(day, paper)


def _at_a_task(day: Day, paper: Paper) -> Play:
    returned = [one for one in day.papers.values() if one.place in day.slips]
    if returned and day.random.random() < 0.4:
        return complete(day, returned[0], _somebody(day, returned[0]))
    if paper.asked and day.random.random() < 0.5:
        return answer(day, paper)
    if paper.owner and day.random.random() < 0.6:
        return hand_back(day, paper)
    player = day.random.choice(_PLAYERS)
    return player(day, paper, _somebody(day, paper))


def go_on(day: Day, pick: int) -> Play:
    """Do rightly what brings the matter nearer to its end."""
    if day.book.suspended:
        return resume(day, ADMIN)
    paper = sorted(day.papers.values(), key=lambda one: one.key)[0]
    if paper.decided is not None or paper.open_of("sign_before"):
        asked = [one for one in paper.asked if one.kind != "consult"]
        mine = next((one for one in asked if not day.book.barred(one.login, paper.place[0])), None)
        if mine is not None:
            return sign(day, paper, mine.key, mine.login, agree=True)
        return cancel(day, paper, [asked[0].key], asked[0].by)
    if paper.owner:
        return take_back(day, paper, paper.owner)
    able = [login for login in PEOPLE if not day.book.may_decide(login, paper)]
    if not able:
        # Whoever holds it may no longer decide: it goes back to the others of the post.
        return release(day, paper, paper.holder)
    return complete(day, paper, able[0], pick)


def _somebody(day: Day, paper: Paper) -> str:
    able = [login for login in PEOPLE if not day.book.may_act(login, paper)]
    return day.random.choice(able) if able and day.random.random() < 0.8 else day.anybody()


def claim(day: Day, paper: Paper, login: str) -> Play:
    """认领."""

    has_it = paper.holder == login

    def effect() -> None:
        if not has_it:
            take(day, paper, login)

    command = ClaimWorkItem(work_item_key=str(paper.key))
    reason = day.book.may_act(login, paper)
    return play_of(paper, login, command, reason, effect, is_silent=has_it)


def release(day: Day, paper: Paper, login: str) -> Play:
    """释放."""

    def effect() -> None:
        paper.holder = ""

    reason = ""
    if paper.holder != login or not login:
        reason = "not the holder"
    elif paper.owner or paper.decided is not None or paper.place[0] == FILL:
        reason = "not to be released"
    command = ReleaseWorkItem(work_item_key=str(paper.key))
    return play_of(paper, login, command, reason, effect)


def complete(day: Day, paper: Paper, login: str, pick: int | None = None) -> Play:
    """同意."""
    choice = day.random.randint(0, PICKS) if pick is None else pick
    slip = day.slips.get(paper.place)
    if slip is not None and pick is None and day.random.random() < 0.6:
        choice = slip.pick
    after = [one for one in paper.asked if one.kind == "sign_after"]

    def effect() -> None:
        paper.holder, day.touched = login, True
        if after:
            paper.decided = choice
            day.book.pending[paper.key] = (login, paper.place)
        else:
            decide(day, paper, login, choice)

    command = CompleteWorkItem(
        work_item_key=str(paper.key), outcome="complete", variables={"pick": choice}
    )
    return play_of(paper, login, command, day.book.may_decide(login, paper), effect)


def transfer(day: Day, paper: Paper, login: str) -> Play:
    """转办."""
    to = day.anybody()

    def effect() -> None:
        day.touched = True
        paper.holder, paper.opened = to, False

    command = TransferWorkItem(work_item_key=str(paper.key), to=to, reason="出差")
    reason = day.book.may_hand_on(login, paper, to, "transfer")
    return play_of(paper, login, command, reason, effect)


def delegate(day: Day, paper: Paper, login: str) -> Play:
    """委派."""
    to = day.anybody()

    def effect() -> None:
        paper.holder, paper.owner, paper.opened = to, login, False

    command = DelegateWorkItem(work_item_key=str(paper.key), to=to, reason="请核对金额")
    reason = day.book.may_hand_on(login, paper, to, "delegate")
    return play_of(paper, login, command, reason, effect)


def hand_back(day: Day, paper: Paper) -> Play:
    login = paper.holder if day.random.random() < 0.8 else day.anybody()
    if day.random.random() < 0.3:
        return take_back(day, paper, paper.owner if day.random.random() < 0.8 else login)

    def effect() -> None:
        day.touched = True
        day.book.act(login, paper.place)
        paper.holder, paper.owner, paper.opened = paper.owner, "", False

    command = HandBackWorkItem(work_item_key=str(paper.key), opinion="已核对")
    return play_of(paper, login, command, day.book.may_act(login, paper), effect)


def take_back(day: Day, paper: Paper, login: str) -> Play:
    def effect() -> None:
        paper.holder, paper.owner, paper.opened = login, "", False

    reason = "" if paper.owner == login else "not the owner"
    command = TakeBackWorkItem(work_item_key=str(paper.key), reason="我已回来")
    return play_of(paper, login, command, reason, effect)


def look(day: Day, paper: Paper, login: str) -> Play:
    """打开."""
    sees = login in (paper.holder, paper.owner) or day.book.has_post(login, paper.place[0])
    reason = "" if sees and login not in DISABLED else "hidden"

    is_first = not paper.opened and not day.book.may_act(login, paper)

    def effect() -> None:
        paper.opened = paper.opened or is_first
        day.touched = day.touched or is_first

    command = OpenWorkItem(work_item_key=str(paper.key))
    return play_of(paper, login, command, reason, effect, is_silent=not is_first)


_PLAYERS: Final = (
    *(complete, complete, complete, complete, send_back, send_back, send_back),
    *(claim, claim, release, transfer, transfer, delegate, delegate, ask, ask, look, withdraw),
    circulate,
)
