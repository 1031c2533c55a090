"""Rounds of votes in one run: who votes is found out, and where every round stands is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.commands.assignment import Facts, Search
from engine.errors import ConfigurationError
from engine.model.keys import new_key
from engine.model.voting import (
    MAX_VOTERS,
    RoundState,
    Tally,
    Voter,
    VoteRound,
    Voters,
    VoteRule,
    read_weights,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.bpmn import Element, RoundChange, Wait
    from engine.commands.matter import MatterTree, Node
    from engine.commands.services import Services
    from engine.model.participants import Participant


class Rounds:
    """The rounds of one matter while it runs to rest."""

    def __init__(self, tree: MatterTree, services: Services) -> None:
        """Start with none."""
        self._tree, self._services = tree, services
        self._begun: dict[int, VoteRound] = {}

    def begin(self, wait: Wait, node: Node) -> None:
        """Find the voters of a vote and give them their ballots.

        Raises:
            ConfigurationError: too many voters, or more must agree than there are.
        """
        element = node.model.elements[wait.element_id]
        rule = _rule(element)
        search = Search(wait, node, self._tree, self._services)
        people = [
            person
            for person in self._people(rule, search, node)
            if person.active and person.login not in search.barred
        ]
        voters = weighed(people, rule) or [Voter("")]
        needed = require_enough(element, voters)
        key = new_key()
        self._begun[key] = VoteRound(
            key=key,
            root_key=node.row.root_key,
            instance_key=node.row.key,
            process_id=node.row.process_id,
            element_id=element.id,
            passes=rule.passes,
            secret=rule.secret,
            sequential=element.loop is not None and element.loop.sequential,
            needed=needed,
            state=RoundState.OPEN,
            opened_at=self._services.now,
            **vars(Tally()),
        )
        node.interpreter.begin_vote(wait.token_id, voters, key, now=self._services.now)

    def write(self, node: Node) -> None:
        """Write what has happened to the rounds of an instance."""
        for change in node.interpreter.take_rounds():
            element = node.model.elements[change.element_id]
            needed = _rule(element).needed(change.tally.total)
            begun = self._begun.get(change.round_key)
            values: dict[str, Any] = {**vars(change.tally), "state": change.state, "needed": needed}
            if begun is not None:
                self._services.store.votes.add(replace(begun, **values), self._services.now)
            else:
                self._services.store.votes.save(
                    change.round_key, change.tally, change.state, needed, self._services.now
                )
            if change.state is not RoundState.OPEN:
                self._note_end(element, change)

    def _note_end(self, element: Element, change: RoundChange) -> None:
        tally, secret = change.tally, _rule(element).secret
        # What a broken off secret vote has come to is nobody's business.
        told = {} if secret and change.state is RoundState.ENDED else _tally(change)
        self._services.note(
            f"vote_{change.state}",
            root_key=self._tree.root.row.key,
            element_name=element.name or element.id,
            detail={"voted": f"{tally.cast}/{tally.voters}", **told},
        )

    def _people(self, rule: VoteRule, search: Search, node: Node) -> Sequence[Participant]:
        people = self._services.store.people
        source, _, parameter = rule.voters.partition(":")
        facts = Facts(self._tree, node, self._services)
        if source == "record":
            return people.named(_logins(facts.record(parameter)))
        if source == "field":
            process_id, step, *path = parameter.split(".")
            return people.named(_logins(facts.answer(f"{process_id}.{step}", ".".join(path))))
        if source == Voters.CHOSEN:
            chosen = self._tree.choices.take(node.row.process_id, search.element)
            if chosen:
                return people.named(chosen)
        elif source != Voters.POST:
            raise ConfigurationError(
                f"环节“{search.element.name}”的投票人来源“{rule.voters}”无法识别，请检查流程图。",
                f"The voters {rule.voters!r} of {search.element.id} mean nothing.",
            )
        return people.holders(search.candidates, MAX_VOTERS + 1)


def weighed(people: Sequence[Participant], rule: VoteRule) -> list[Voter]:
    """Return people as voters; who holds several weighed roles has the greatest weight."""
    weights = read_weights(rule.weights) if rule.weights else {}
    return [
        Voter(
            person.login,
            max((weights.get(one.role, 1) for one in person.memberships), default=1)
            if weights
            else 1,
        )
        for person in people
    ]


def require_room(voters: int) -> None:
    """Refuse more voters than a round can have.

    Raises:
        ConfigurationError: there are more.
    """
    if voters > MAX_VOTERS:
        raise ConfigurationError(
            f"一轮表决最多 {MAX_VOTERS} 人投票，请缩小范围。",
            f"At most {MAX_VOTERS} people vote in one round; choose fewer.",
        )


def require_enough(element: Element, voters: Sequence[Voter]) -> int:
    """Return the weight that must agree.

    Raises:
        ConfigurationError: more than the voters have, or too many voters.
    """
    require_room(len(voters))
    total = sum(voter.weight for voter in voters)
    needed = _rule(element).needed(total)
    name = element.name or element.id
    if needed > total and voters[0].login:
        raise ConfigurationError(
            f"环节“{name}”需要 {needed} 票同意，而投票人一共只有 {total} 票，请先增加投票人。",
            f"{name} needs {needed} votes, but its voters have only {total}; add voters first.",
        )
    return needed


def _rule(element: Element) -> VoteRule:
    if element.vote is None:
        raise ConfigurationError(
            f"环节“{element.id}”不是表决环节。", f"{element.id} is not a vote."
        )
    return element.vote


def _tally(change: RoundChange) -> dict[str, int]:
    tally = change.tally
    return {
        "agreed": tally.agreed,
        "against": tally.refused,
        "abstained": tally.abstained,
    }


def _logins(value: object) -> list[str]:
    """Return logins out of an answer: a list, or a text with commas."""
    if isinstance(value, str):
        return [login.strip() for login in value.replace("，", ",").split(",") if login.strip()]
    return [str(one) for one in value] if isinstance(value, (list, tuple)) else []
