"""One timeline of past, current and coming steps with people, opinions and files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.bpmn import is_return
from engine.commands.assignment import candidates_of
from engine.commands.deciding import signers_after
from engine.model.duties import acting_name
from engine.model.states import Arrival, WorkItemKind, WorkItemState
from engine.queries.ballots import ROUND_STATES, ballot_entry, vote_view
from engine.queries.entries import entry_of, is_pending
from engine.queries.outlook import coming_steps
from engine.queries.papers import attachment_views
from engine.queries.views import PersonView, StepState, TimelineStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.bpmn import ProcessModel
    from engine.commands.matter import MatterTree
    from engine.commands.services import Services
    from engine.model.participants import Candidate, Membership
    from engine.model.voting import VoteRound
    from engine.model.work import AttachmentRow, WorkItem
    from engine.queries.language import Translator
    from engine.queries.outlook import ComingStep
    from engine.queries.views import StepEntry

_STATES = {
    WorkItemState.COMPLETED: StepState.DONE,
    WorkItemState.CANCELLED: StepState.CANCELLED,
    WorkItemState.CLAIMED: StepState.CURRENT,
    WorkItemState.OFFERED: StepState.CURRENT,
    WorkItemState.WAITING: StepState.CURRENT,
}


class Timeline:
    """Builds the timeline of one matter."""

    def __init__(
        self,
        tree: MatterTree,
        items: Sequence[WorkItem],
        files: Sequence[AttachmentRow],
        words: Translator,
        services: Services,
    ) -> None:
        """Read names of people and roles once."""
        self._tree, self._words = tree, words
        self._tasks = [item for item in items if item.is_task]
        self._items = [item for item in self._tasks if not item.round_key]
        voted = len(self._items) < len(self._tasks)
        self.rounds = services.store.votes.of_matter(tree.root.row.key) if voted else []
        self._parts = [item for item in items if not item.is_task]
        self._task_of = _tasks_of(self._parts)
        asked = any(part.kind is WorkItemKind.OUTSIDE for part in self._parts)
        root_key = tree.root.row.key
        self._parties = services.store.outside.parties(root_key) if asked else {}
        self._services = services
        self._files = files
        self._coming = self._ahead()
        groups = [self._candidates(step) for step in self._coming]
        roles = {c.role for group in groups for c in group}
        roles |= {c.role for item in items for c in item.candidates}
        self._groups = groups
        identity = services.store.identity
        self._roles = identity.roles()
        self._holders = identity.holders(sorted(roles))
        named = [
            (item.ended_by, item.assignee, item.sender, item.owner, item.on_behalf_of)
            for item in items
        ]
        logins = [login for people in named for login in people if login]
        logins += [c.login for item in items for c in item.candidates if c.login]
        self._people = identity.people(logins)

    def steps(self) -> list[TimelineStep]:
        """Return done and cancelled, then current, then coming steps."""
        past = [item for item in self._items if not item.is_live]
        current = [item for item in self._items if item.is_live]
        ended = [
            (item.ended_at or item.created_at, item.key, self._of_item(item))
            for item in past
            if item.ended_by or item.opened_at
        ]
        votes = [(one.ended_at, one.key, self._of_round(one)) for one in self.rounds]
        ended += [(at, key, step) for at, key, step in votes if at is not None]
        shown = [step for _at, _key, step in sorted(ended, key=lambda one: one[:2])]
        shown += [self._of_item(item) for item in current]
        shown += [step for at, _key, step in votes if at is None]
        ahead = zip(self._coming, self._groups, strict=True)
        return shown + [self._of_coming(step, group) for step, group in ahead]

    def _of_item(self, item: WorkItem) -> TimelineStep:
        parts = self._parts_of(item)
        waits = item.state is WorkItemState.WAITING
        return TimelineStep(
            element_id=item.element_id,
            process_id=item.process_id,
            name=self._words(item.name),
            state=_STATES[item.state],
            people=self._signers(item, parts)
            or (
                [self._actor(item)]
                if item.ended_by or item.holder
                else self._holders_of(item.candidates)
            ),
            role=self._role_names(item.candidates),
            outcome="" if waits else self._words(item.outcome_label),
            opinion="" if waits else item.opinion,
            attachments=attachment_views(
                [row for row in self._files if row.work_item_key == item.key and not row.form_id],
                self._services,
            ),
            started_at=item.created_at,
            ended_at=None if waits else item.ended_at,
            due_at=item.due_at,
            work_item_key=str(item.key),
            returns=self._returned(item),
            taken_back=item.arrival in (Arrival.WITHDRAW, Arrival.RECALL),
            signed=item.signature is not None,
            entries=self._asked(item),
        )

    def _of_round(self, one: VoteRound) -> TimelineStep:
        ballots = [item for item in self._tasks if item.round_key == one.key]
        first = ballots[0]
        entries = [ballot_entry(item, self._actor, self._words) for item in ballots]
        asked = [entry for ballot in ballots for entry in self._asked(ballot)]
        return TimelineStep(
            element_id=one.element_id,
            process_id=one.process_id,
            name=self._words(first.name),
            state=ROUND_STATES[one.state],
            people=[entry.person for entry in entries if entry.answered_at],
            started_at=one.opened_at,
            ended_at=one.ended_at,
            due_at=first.due_at,
            entries=[*entries, *asked],
            vote=vote_view(one, self.rounds),
        )

    def _asked(self, item: WorkItem) -> list[StepEntry]:
        return [
            entry_of(part, self._person, self._actor)
            for part in self._parts_of(item)
            # The decision has taken effect: the step itself says so.
            if not (item.state is WorkItemState.COMPLETED and is_pending(part))
        ]

    def _parts_of(self, item: WorkItem) -> list[WorkItem]:
        return [part for part in self._parts if self._task_of[part.key] == item.key]

    def _signers(self, item: WorkItem, parts: Sequence[WorkItem]) -> list[PersonView]:
        """Return whose signature a decision waits for."""
        if item.state is not WorkItemState.WAITING:
            return []
        return [self._person(part.assignee or "") for part in signers_after(parts)]

    def _returned(self, item: WorkItem) -> bool:
        element = self._tree.nodes[item.instance_key].model.elements.get(item.element_id)
        return bool(item.outcome) and element is not None and is_return(element, item.outcome)

    def _of_coming(self, step: ComingStep, group: tuple[Candidate, ...]) -> TimelineStep:
        return TimelineStep(
            element_id=step.element.id,
            process_id=step.model.process_id,
            name=self._words(step.element.name),
            state=StepState.COMING,
            people=self._holders_of(group),
            role=self._role_names(group),
            conditional=step.conditional,
        )

    def _ahead(self) -> list[ComingStep]:
        """Follow every open work item through its own model and its callers'."""
        found: dict[tuple[str, str], ComingStep] = {}
        for item in self._tasks:
            if not item.is_live:
                continue
            node = self._tree.nodes[item.instance_key]
            element_id: str | None = item.element_id
            while element_id is not None:
                for step in coming_steps(node.model, element_id, self._called):
                    found.setdefault((step.model.process_id, step.element.id), step)
                element_id = None
                if node.row.parent_key is not None:
                    token_id = node.row.parent_token
                    node = self._tree.nodes[node.row.parent_key]
                    waits = node.interpreter.waits()
                    element_id = next(
                        (wait.element_id for wait in waits if wait.token_id == token_id), None
                    )
        open_ids = {(item.process_id, item.element_id) for item in self._tasks if item.is_live}
        return [step for key, step in found.items() if key not in open_ids]

    def _called(self, process_id: str) -> ProcessModel | None:
        pinned = self._tree.binding.processes.get(process_id)
        return self._services.catalog.model(pinned) if pinned else None

    def _candidates(self, step: ComingStep) -> tuple[Candidate, ...]:
        return candidates_of(step.element, self._tree, self._services)

    def _holders_of(self, candidates: Sequence[Candidate]) -> list[PersonView]:
        def admitted(membership: Membership) -> bool:
            return any(candidate.admits(membership) for candidate in candidates)

        found = {
            login: PersonView(login=login, name=name, unit=unit, role=self._role(membership.role))
            for login, name, unit, membership in self._holders
            if admitted(membership)
        }
        named = [self._person(c.login) for c in candidates if c.login and c.login not in found]
        return [*found.values(), *named]

    def _person(self, login: str) -> PersonView:
        name, unit, _active = self._people.get(login, (login, "", True))
        return PersonView(login=login, name=name, unit=unit)

    def _actor(self, item: WorkItem) -> PersonView:
        """Return who did or has a work item, and for whom."""
        if item.kind is WorkItemKind.OUTSIDE:
            return PersonView(login="", name=self._parties.get(item.key, ""))
        person = self._person(item.ended_by or item.assignee or "")
        principal = self._person(item.on_behalf_of).name if item.on_behalf_of else ""
        return replace(person, name=acting_name(person.name, principal, self._words.language))

    def _role_names(self, candidates: Sequence[Candidate]) -> str:
        names = [self._role(candidate.role) for candidate in candidates if candidate.role]
        return "、".join(dict.fromkeys(names))

    def _role(self, key: str) -> str:
        role = self._roles.get(key)
        if role is None:
            return key
        return (role.name_en if self._words.language == "en" else "") or role.name


def _tasks_of(parts: Sequence[WorkItem]) -> dict[int, int | None]:
    """Return the task of every part; what is said about a part belongs to that part's task."""
    parents = {part.key: part.parent_key for part in parts}
    return {key: parents.get(parent or 0, parent) for key, parent in parents.items()}
