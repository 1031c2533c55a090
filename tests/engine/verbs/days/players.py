"""What people press: a command, why the rules forbid it, and what follows when they do not."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.commands import (
    AddSigners,
    AnswerConsultation,
    CancelParts,
    ClaimWorkItem,
    CompleteWorkItem,
    ConsultPeople,
    DelegateWorkItem,
    HandBackWorkItem,
    OpenWorkItem,
    ReleaseWorkItem,
    ReturnWorkItem,
    SignWorkItem,
    TakeBackWorkItem,
    TransferWorkItem,
    WithdrawInstance,
)
from tests.engine.bpmn.walks import jumping
from tests.engine.bpmn.walks.drawing import PICKS
from tests.engine.verbs.days.office import DISABLED, FILL, PEOPLE, STARTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.engine.bpmn.walks.drawing import Level
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


def choose(day: Day) -> Play:
    """Let somebody do something at a task, more often rightly than not."""
    paper = day.random.choice(list(day.papers.values()))
    if day.book.submitted and not day.touched and day.random.random() < 0.3:
        return withdraw(day, paper, STARTER)
    returned = [one for one in day.papers.values() if one.place in day.slips]
    if returned and day.random.random() < 0.4:
        return complete(day, returned[0], _somebody(day, returned[0]))
    if paper.asked and day.random.random() < 0.5:
        return _answer(day, paper)
    if paper.owner and day.random.random() < 0.6:
        return _hand_back(day, paper)
    player = day.random.choice(_PLAYERS)
    return player(day, paper, _somebody(day, paper))


def go_on(day: Day, pick: int) -> Play:
    """Do rightly what brings the matter nearer to its end."""
    paper = sorted(day.papers.values(), key=lambda one: one.key)[0]
    if paper.decided is not None or paper.open_of("sign_before"):
        asked = [one for one in paper.asked if one.kind != "consult"]
        mine = next((one for one in asked if not day.book.barred(one.login, paper.place[0])), None)
        if mine is not None:
            return _sign(day, paper, mine.key, mine.login, agree=True)
        return _cancel(day, paper, [asked[0].key], asked[0].by)
    if paper.owner:
        return _take_back(day, paper, paper.owner)
    able = [login for login in PEOPLE if not day.book.may_decide(login, paper)]
    if not able:
        # Whoever holds it may no longer decide: it goes back to the others of the post.
        return release(day, paper, paper.holder)
    return complete(day, paper, able[0], pick)


def _somebody(day: Day, paper: Paper) -> str:
    able = [login for login in PEOPLE if not day.book.may_act(login, paper)]
    return day.random.choice(able) if able and day.random.random() < 0.8 else day.anybody()


def _play(
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


def claim(day: Day, paper: Paper, login: str) -> Play:
    """认领."""

    has_it = paper.holder == login

    def effect() -> None:
        if not has_it:
            take(day, paper, login)

    command = ClaimWorkItem(work_item_key=str(paper.key))
    reason = day.book.may_act(login, paper)
    return _play(paper, login, command, reason, effect, is_silent=has_it)


def take(day: Day, paper: Paper, login: str) -> None:
    """Put an offered task on somebody's desk."""
    if not paper.holder:
        paper.opened, day.touched = True, True
        paper.holder = login


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
    return _play(paper, login, command, reason, effect)


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
    return _play(paper, login, command, day.book.may_decide(login, paper), effect)


def decide(day: Day, paper: Paper, login: str, pick: int) -> None:
    """Let a decision move the token."""
    day.book.pending.pop(paper.key, None)
    day.book.act(login, paper.place)
    day.book.decisions[paper.place] = login
    if paper.place[0] == FILL:
        day.book.submitted, day.touched = True, False
    slip = day.slips.pop(paper.place, None)
    if slip is not None and slip.pick == pick:
        day.back = _put_back(slip)
    day.judge.act(paper.place, pick)
    for other in day.slips.values():
        other.since.append((paper.place, pick))


def _put_back(slip: Slip) -> Judge | None:
    """Return the token model straight after the way back, ``None`` when there is none."""
    judge = deepcopy(slip.judge)
    for place, pick in slip.since:
        if place not in judge.waits():
            return None
        judge.act(place, pick)
    judge.pick = slip.pick
    return judge


def transfer(day: Day, paper: Paper, login: str) -> Play:
    """转办."""
    to = day.anybody()

    def effect() -> None:
        day.touched = True
        paper.holder, paper.opened = to, False

    command = TransferWorkItem(work_item_key=str(paper.key), to=to, reason="出差")
    reason = day.book.may_hand_on(login, paper, to, "transfer")
    return _play(paper, login, command, reason, effect)


def delegate(day: Day, paper: Paper, login: str) -> Play:
    """委派."""
    to = day.anybody()

    def effect() -> None:
        paper.holder, paper.owner, paper.opened = to, login, False

    command = DelegateWorkItem(work_item_key=str(paper.key), to=to, reason="请核对金额")
    reason = day.book.may_hand_on(login, paper, to, "delegate")
    return _play(paper, login, command, reason, effect)


def _hand_back(day: Day, paper: Paper) -> Play:
    login = paper.holder if day.random.random() < 0.8 else day.anybody()
    if day.random.random() < 0.3:
        return _take_back(day, paper, paper.owner if day.random.random() < 0.8 else login)

    def effect() -> None:
        day.touched = True
        day.book.act(login, paper.place)
        paper.holder, paper.owner, paper.opened = paper.owner, "", False

    command = HandBackWorkItem(work_item_key=str(paper.key), opinion="已核对")
    return _play(paper, login, command, day.book.may_act(login, paper), effect)


def _take_back(day: Day, paper: Paper, login: str) -> Play:
    def effect() -> None:
        paper.holder, paper.owner, paper.opened = login, "", False

    reason = "" if paper.owner == login else "not the owner"
    command = TakeBackWorkItem(work_item_key=str(paper.key), reason="我已回来")
    return _play(paper, login, command, reason, effect)


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
    return _play(paper, login, command, reason, effect)


def _answer(day: Day, paper: Paper) -> Play:
    one = day.random.choice(paper.asked)
    login = one.login if day.random.random() < 0.8 else day.anybody()
    if day.random.random() < 0.2:
        return _cancel(day, paper, [one.key], one.by if day.random.random() < 0.7 else login)
    if one.kind != "consult":
        return _sign(day, paper, one.key, login, agree=day.random.random() < 0.8)

    def effect() -> None:
        paper.asked.remove(one)
        day.touched = True

    command = AnswerConsultation(work_item_key=str(one.key), opinion="无意见")
    return _play(paper, login, command, "" if login == one.login else "not asked", effect)


def _sign(day: Day, paper: Paper, key: int, login: str, *, agree: bool) -> Play:
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
            _settle(day, paper)
        elif paper.decided is not None:
            # The decision is void: it is made anew, and everybody has to sign the new one.
            paper.decided = None
            day.book.pending.pop(paper.key)
            day.asked_anew(paper)

    command = SignWorkItem(work_item_key=str(key), agree=agree, opinion="意见如此")
    return _play(paper, login, command, reason, effect)


def _settle(day: Day, paper: Paper) -> None:
    if paper.decided is not None and not paper.open_of("sign_after"):
        pick, paper.decided = paper.decided, None
        decide(day, paper, paper.holder, pick)


def _cancel(day: Day, paper: Paper, keys: list[int], login: str) -> Play:
    chosen = [one for one in paper.asked if one.key in keys]
    mine = all(one.by == login or (paper.holder == login and one.by != login) for one in chosen)

    def effect() -> None:
        paper.asked = [one for one in paper.asked if one not in chosen]
        paper.signers = [one for one in paper.signers if one not in chosen]
        _settle(day, paper)

    command = CancelParts(
        work_item_key=str(paper.key), parts=[str(key) for key in keys], reason="不再需要"
    )
    return _play(paper, login, command, "" if mine else "not his", effect)


def look(day: Day, paper: Paper, login: str) -> Play:
    """打开."""
    sees = login in (paper.holder, paper.owner) or day.book.has_post(login, paper.place[0])
    reason = "" if sees and login not in DISABLED else "hidden"

    is_first = not paper.opened and not day.book.may_act(login, paper)

    def effect() -> None:
        paper.opened = paper.opened or is_first
        day.touched = day.touched or is_first

    command = OpenWorkItem(work_item_key=str(paper.key))
    return _play(paper, login, command, reason, effect, is_silent=not is_first)


def send_back(day: Day, paper: Paper, login: str) -> Play:
    """退回."""
    tasks = [node.id for _, node in day.procedure.level.everything() if node.kind == "task"]
    done = [task for task in tasks if day.judge.done[task]]
    target = day.random.choice(done if done and day.random.random() < 0.8 else tasks)
    reason = day.book.may_decide(login, paper)
    if target not in jumping.targets(day.judge, paper.place):
        reason = reason or "out of reach"
    elif not day.judge.done[target] or not leads(day.procedure.level, target, paper.place[0]):
        reason = reason or "not done on the way here"

    def effect() -> None:
        day.touched = True
        day.book.act(login, paper.place)
        policy = day.procedure.duties[paper.place[0]].policy
        before = deepcopy(day.judge)
        jumping.jump(day.judge, paper.place, target)
        if policy == "resume":
            new = [place for place in day.judge.waits() if place[0] == target]
            day.slips |= {place: Slip(before, before.pick, []) for place in new}

    command = ReturnWorkItem(work_item_key=str(paper.key), target=target, reason="金额有误")
    return _play(paper, login, command, reason, effect, may_refuse=True)


def withdraw(day: Day, paper: Paper, login: str) -> Play:
    """撤回 by the initiator."""
    reason = "" if login == STARTER else "not the initiator"
    if not day.book.submitted:
        reason = reason or "a draft"
    if day.touched:
        reason = reason or "looked at"

    def effect() -> None:
        root = day.judge.root
        root.clear()
        root.moving.append(root.level.nodes[FILL])
        day.judge._settle()
        day.book.submitted = False
        day.slips.clear()

    command = WithdrawInstance(instance_key=str(day.key), reason="内容有误")
    return _play(paper, login, command, reason, effect)


def leads(level: Level, source: str, target: str) -> bool:
    """Tell whether the drawn flows lead from one step to another, into and out of sub-processes."""
    onward: dict[str, set[str]] = {}
    for inner, node in level.everything():
        ways = onward.setdefault(node.id, set())
        ways |= {flow.target for flow in inner.out(node.id)}
        if node.inside is not None:
            ways |= {start.id for start in node.inside.of_kind("start")}
            for end in node.inside.of_kind("end"):
                onward.setdefault(end.id, set()).update(f.target for f in inner.out(node.id))
    seen: set[str] = set()
    pending = list(onward[source])
    while pending:
        one = pending.pop()
        if one not in seen:
            seen.add(one)
            pending += onward.get(one, ())
    return target in seen


_PLAYERS: Final = (
    *(complete, complete, complete, complete, send_back, send_back, send_back),
    *(claim, claim, release, transfer, transfer, delegate, delegate, ask, ask, look, withdraw),
)
