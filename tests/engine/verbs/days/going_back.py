"""退回 and 撤回: against the drawn flows."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from engine.commands import RecallWorkItem, ReturnWorkItem, WithdrawInstance
from tests.engine.bpmn.walks import jumping
from tests.engine.verbs.days.office import FILL, STARTER
from tests.engine.verbs.days.play import Slip, play_of

if TYPE_CHECKING:
    from tests.engine.bpmn.walks.drawing import Level
    from tests.engine.verbs.days.day import Day
    from tests.engine.verbs.days.play import Last, Play
    from tests.engine.verbs.days.rules import Paper


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
        day.touched, day.last = True, None
        day.book.act(day.book.people(login, paper), paper.place)
        policy = day.procedure.duties[paper.place[0]].policy
        before = deepcopy(day.judge)
        jumping.jump(day.judge, paper.place, target)
        if policy == "resume":
            new = [place for place in day.judge.waits() if place[0] == target]
            day.slips |= {place: Slip(before, before.pick, []) for place in new}

    command = ReturnWorkItem(work_item_key=str(paper.key), target=target, reason="金额有误")
    return play_of(paper, login, command, reason, effect, may_refuse=True)


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
        day.book.submitted, day.last = False, None
        day.slips.clear()

    command = WithdrawInstance(instance_key=str(day.key), reason="内容有误")
    return play_of(paper, login, command, reason, effect)


def recall(day: Day, last: Last) -> Play:
    """撤回 of the last decision by whoever made it."""
    login = last.login if day.random.random() < 0.8 else day.anybody()
    task = last.paper.place[0]
    reason = "" if login == last.login else "not his"
    if any(node.loop for _, node in day.procedure.level.everything() if node.id == task):
        reason = reason or "counted"
    if last.is_acted_upon:
        reason = reason or "acted upon"

    def effect() -> None:
        last.judge.pick = day.judge.pick
        day.judge, day.slips = last.judge, last.slips
        day.touched, day.last = True, None

    # A step that was corrected, or that lies in a repeated sub-process, may have gone elsewhere.
    plain = not last.paper.place[1] and not last.was_corrected
    command = RecallWorkItem(work_item_key=str(last.paper.key), reason="金额有误")
    return play_of(last.paper, login, command, reason, effect, may_refuse=not plain)


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
