"""Votes in the token model: how many ballots there are, and when the rule has decided."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from engine.commands import CompleteWorkItem
from tests.engine.bpmn.walks.judge import Judge
from tests.engine.bpmn.walks.tokens import Token
from tests.engine.verbs.days.play import play_of, put_back

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.engine.bpmn.walks.drawing import Level, Node
    from tests.engine.bpmn.walks.tokens import Place, Scope
    from tests.engine.verbs.days.day import Day
    from tests.engine.verbs.days.office import Vote
    from tests.engine.verbs.days.play import Play
    from tests.engine.verbs.days.rules import Paper


class VotingJudge(Judge):
    """One instance according to the standard and to docs/votes.md.

    Attributes:
        votes: the rules, by user task.
    """

    def __init__(self, level: Level, pick: int, votes: Mapping[str, Vote]) -> None:
        """Start."""
        self.votes = votes
        super().__init__(level, pick)

    def act(self, place: Place, pick: int | tuple[str, int]) -> None:
        """Complete an activity, or cast a ballot."""
        if isinstance(pick, tuple):
            self.vote(place, *pick)
        else:
            super().act(place, pick)

    def vote(self, place: Place, choice: str, weight: int) -> str:
        """Cast a ballot; return how the round stands then."""
        token, ballot = self._find(place)
        rule = self.votes[token.node.id]
        token.work.remove(ballot)
        token.cast.append((choice, weight))
        self.done[token.node.id] += 1
        verdict = _verdict(rule, token.cast)
        if verdict:
            token.work.clear()
            self._complete(token)
        elif token.node.loop == "sequential":
            self._work(token, 0)
        self._settle()
        return verdict or "open"

    def _begin(self, scope: Scope, node: Node) -> None:
        if not node.votes:
            super()._begin(scope, node)
            return
        token = Token(node, scope)
        scope.tokens.append(token)
        ballots = len(self.votes[node.id].weights) if node.loop == "parallel" else 1
        for _ in range(ballots):
            self._work(token, 0)


def _verdict(rule: Vote, cast: list[tuple[str, int]]) -> str:
    """Return ``passed``, ``rejected``, or nothing while that is not certain."""
    total = sum(rule.weights.values())
    agreed = sum(weight for choice, weight in cast if choice == "agree")
    left = total - sum(weight for _choice, weight in cast)
    needed = _needed(rule.passes, total)
    if rule.everybody and len(cast) < len(rule.weights):
        return ""
    if agreed >= needed:
        return "passed"
    return "rejected" if agreed + left < needed else ""


def _needed(passes: str, total: int) -> int:
    """Return the least whole weight that is enough."""
    if passes == "all":
        return total
    if passes.isdigit():
        return int(passes)
    share = Fraction(passes.strip(">%")) / 100 if "%" in passes else Fraction(passes)
    least = share * total
    weights = range(1, total + 1)
    return next(one for one in weights if (one > least if ">" in passes else one >= least))


def cast(day: Day, paper: Paper, login: str, choice: str = "") -> Play:
    """同意, 不同意 or 弃权."""
    task = paper.place[0]
    rule = day.procedure.duties[task].vote
    assert rule is not None
    said = choice or day.random.choice(("agree", "agree", "refuse", "abstain"))
    weight = rule.weights[paper.ballot]

    def effect() -> None:
        people = day.book.people(login, paper)
        day.touched, day.last = True, None
        day.book.act(people, paper.place)
        day.book.decided.setdefault(task, set()).update(people)
        verdict = day.judge.vote(paper.place, said, weight)
        if verdict != "open" and (slip := day.slips.pop(paper.place, None)) is not None:
            day.back = put_back(slip)
        for other in day.slips.values():
            other.since.append((paper.place, (said, weight)))
        day.expect_round(paper, verdict)

    opinion = "" if rule.secret or said == "agree" else "理由不足"
    command = CompleteWorkItem(work_item_key=str(paper.key), outcome=said, opinion=opinion)
    return play_of(paper, login, command, day.book.may_decide(login, paper), effect)


def soonest(day: Day, paper: Paper) -> str:
    """Return the choice that brings a round nearer to its end: one refusal ends 会签."""
    rule = day.procedure.duties[paper.place[0]].vote
    return "refuse" if rule is not None and rule.passes in ("all", "2/3") else "agree"
