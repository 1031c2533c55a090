"""Who presses what: a task, somebody, and a verb that may be right or wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.commands import (
    AgreeInBatch,
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
from tests.engine.verbs.days import staffing
from tests.engine.verbs.days.around import circulate, resume, suspend
from tests.engine.verbs.days.asking import answer, ask, cancel, sign
from tests.engine.verbs.days.going_back import recall, send_back, withdraw
from tests.engine.verbs.days.office import ADMIN, DISABLED, FILL, PEOPLE, STARTER
from tests.engine.verbs.days.play import acts_upon, decide, play_of, take
from tests.engine.verbs.days.votes import cast, soonest

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
    paper = any_paper(day)
    if day.book.submitted and not day.touched and day.random.random() < 0.3:
        return withdraw(day, paper, STARTER)
    if day.last is not None and day.random.random() < 0.25:
        return recall(day, day.last)
    changed = staffing.choose(day) if day.book.submitted and day.random.random() < 0.12 else None
    return changed or _at_a_task(day, paper)


def any_paper(day: Day) -> Paper:
    """Choose where, then which: the ballots of one vote are no more than one task."""
    where = day.random.choice(list(dict.fromkeys(one.place for one in day.papers.values())))
    return day.random.choice([one for one in day.papers.values() if one.place == where])


def _at_a_task(day: Day, paper: Paper) -> Play:
    corrected = [one for one in day.papers.values() if one.place in day.slips]
    returned = [one for one in corrected if not one.ballot]
    if returned and day.random.random() < 0.4:
        return complete(day, returned[0], somebody(day, returned[0]))
    if paper.asked and day.random.random() < 0.5:
        return answer(day, paper)
    if paper.owner and day.random.random() < 0.6:
        return hand_back(day, paper)
    if paper.ballot and day.random.random() < 0.6:
        return cast(day, paper, somebody(day, paper))
    player = day.random.choice(_PLAYERS)
    return player(day, paper, somebody(day, paper))


def go_on(day: Day, pick: int) -> Play:
    """Do rightly what brings the matter nearer to its end."""
    if day.book.suspended:
        return resume(day, ADMIN)
    paper = sorted(day.papers.values(), key=lambda one: one.key)[0]
    if paper.decided is not None or paper.open_of("sign_before"):
        return _sign_or_do_without(day, paper)
    if paper.owner:
        return take_back(day, paper, paper.owner)
    able = [login for login in PEOPLE if not day.book.may_decide(login, paper)]
    if not able:
        # Whoever holds it may no longer decide: it goes back to the others of the post.
        return release(day, paper, paper.holder)
    if paper.ballot:
        return cast(day, paper, able[0], soonest(day, paper))
    return complete(day, paper, able[0], pick)


def _sign_or_do_without(day: Day, paper: Paper) -> Play:
    """Let somebody sign who may; where nobody may, the signature is not waited for."""
    asked = paper.open_of("sign_before" if paper.decided is None else "sign_after")
    task = paper.place[0]
    mine = next((one for one in asked if not day.book.may_answer(one.login, one, task)), None)
    if mine is not None:
        return sign(day, paper, mine.key, mine.login, agree=True)
    return cancel(day, paper, [asked[0].key], asked[0].by)


def somebody(day: Day, paper: Paper) -> str:
    able = [login for login in PEOPLE if not day.book.may_act(login, paper)]
    return day.random.choice(able) if able and day.random.random() < 0.8 else day.anybody()


def claim(day: Day, paper: Paper, login: str) -> Play:
    """认领."""

    # A substitute needs no claim on what the principal has; the principal claims back.
    principal = day.book.acting_for(login, paper)
    has_it = paper.holder == login or (bool(principal) and paper.whose == principal)

    def effect() -> None:
        if not has_it:
            paper.holder, paper.principal = "", ""
            take(day, paper, login)

    command = ClaimWorkItem(work_item_key=str(paper.key))
    reason = day.book.may_act(login, paper)
    return play_of(paper, login, command, reason, effect, is_silent=has_it)


def release(day: Day, paper: Paper, login: str) -> Play:
    """释放."""

    def effect() -> None:
        paper.holder = paper.principal = ""

    reason = ""
    if paper.holder != login or not login:
        reason = "not the holder"
    elif paper.owner or paper.decided is not None or paper.ballot or paper.place[0] == FILL:
        reason = "not to be released"
    command = ReleaseWorkItem(work_item_key=str(paper.key))
    return play_of(paper, login, command, reason, effect)


def press(day: Day, paper: Paper, login: str) -> Play:
    """Decide in the way that fits, and sometimes in one that does not."""
    if paper.ballot:
        return cast(day, paper, login)
    batch = day.procedure.duties[paper.place[0]].batch
    if paper.place not in day.slips and day.random.random() < (0.6 if batch else 0.05):
        return agree(day, paper, login)
    return complete(day, paper, login)


def complete(day: Day, paper: Paper, login: str, pick: int | None = None) -> Play:
    """同意."""
    choice = day.random.randint(0, PICKS) if pick is None else pick
    slip = day.slips.get(paper.place)
    if slip is not None and pick is None and day.random.random() < 0.6:
        choice = slip.pick
    after = [one for one in paper.asked if one.kind == "sign_after"]

    def effect() -> None:
        people, principal = day.book.people(login, paper), day.book.acting_for(login, paper)
        paper.holder, paper.principal, day.touched = login, principal, True
        if after:
            paper.decided = choice
            day.book.pending[paper.key] = (people, paper.place)
        else:
            decide(day, paper, people, choice)

    command = CompleteWorkItem(
        work_item_key=str(paper.key), outcome="complete", variables={"pick": choice}
    )
    another = bool(day.book.acting_for(login, paper))
    reason = day.book.may_decide(login, paper)
    return play_of(paper, login, command, reason, effect, is_for_another=another)


def transfer(day: Day, paper: Paper, login: str) -> Play:
    """转办."""
    able = [who for who in PEOPLE if not day.book.may_hand_on(login, paper, who, "transfer")]
    to = day.random.choice(able) if able and day.random.random() < 0.5 else day.anybody()

    def effect() -> None:
        day.touched = True
        acts_upon(day, paper)
        paper.holder, paper.principal, paper.opened = to, "", False

    command = TransferWorkItem(work_item_key=str(paper.key), to=to, reason="出差")
    reason = day.book.may_hand_on(login, paper, to, "transfer")
    return play_of(paper, login, command, reason, effect)


def delegate(day: Day, paper: Paper, login: str) -> Play:
    """委派."""
    to = day.anybody()

    def effect() -> None:
        acts_upon(day, paper)
        paper.owner = day.book.acting_for(login, paper) or login
        paper.holder, paper.principal, paper.opened = to, "", False

    command = DelegateWorkItem(work_item_key=str(paper.key), to=to, reason="请核对金额")
    reason = day.book.may_hand_on(login, paper, to, "delegate")
    return play_of(paper, login, command, reason, effect)


def hand_back(day: Day, paper: Paper) -> Play:
    login = paper.holder if day.random.random() < 0.8 else day.anybody()
    if day.random.random() < 0.3:
        return take_back(day, paper, paper.owner if day.random.random() < 0.8 else login)

    def effect() -> None:
        day.touched = True
        day.book.act(day.book.people(login, paper), paper.place)
        paper.holder, paper.owner, paper.opened = paper.owner, "", False
        paper.principal = ""

    command = HandBackWorkItem(work_item_key=str(paper.key), opinion="已核对")
    return play_of(paper, login, command, day.book.may_act(login, paper), effect)


def take_back(day: Day, paper: Paper, login: str) -> Play:
    def effect() -> None:
        paper.holder, paper.owner, paper.principal = login, "", ""

    reason = "" if paper.owner == login else "not the owner"
    command = TakeBackWorkItem(work_item_key=str(paper.key), reason="我已回来")
    return play_of(paper, login, command, reason, effect)


def look(day: Day, paper: Paper, login: str) -> Play:
    """打开."""
    reason = "" if day.book.sees(login, paper) and login not in DISABLED else "hidden"

    is_first = not paper.opened and not day.book.may_act(login, paper)

    def effect() -> None:
        paper.opened = paper.opened or is_first
        day.touched = day.touched or is_first

    command = OpenWorkItem(work_item_key=str(paper.key))
    return play_of(paper, login, command, reason, effect, is_silent=not is_first)


def agree(day: Day, paper: Paper, login: str) -> Play:
    """批量同意: of one task of a batch; the others are commands of their own."""
    pick = day.judge.pick
    after = bool(paper.open_of("sign_after"))

    def effect() -> None:
        people, principal = day.book.people(login, paper), day.book.acting_for(login, paper)
        paper.holder, paper.principal, day.touched = login, principal, True
        if after:
            paper.decided = pick
            day.book.pending[paper.key] = (people, paper.place)
        else:
            decide(day, paper, people, pick)

    allowed = day.procedure.duties[paper.place[0]].batch
    reason = day.book.may_decide(login, paper) or ("" if allowed else "one by one")
    return play_of(paper, login, AgreeInBatch(work_item_key=str(paper.key)), reason, effect)


_PLAYERS: Final = (
    *(press, press, press, press, send_back, send_back, send_back),
    *(claim, claim, release, transfer, transfer, delegate, delegate, ask, ask, look, withdraw),
    circulate,
)
