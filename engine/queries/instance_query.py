"""A matter's page for everyone entitled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.entitlement import require_reader
from engine.commands.matter import MatterTree
from engine.commands.services import key_of
from engine.commands.standing_in import judge_actor
from engine.model.states import WorkItemState
from engine.queries.diagrams import Diagrams
from engine.queries.language import translator
from engine.queries.papers import document_views
from engine.queries.timeline import Timeline
from engine.queries.verbs.matter import matter_verbs
from engine.queries.views import CopyView, InstanceView, MatterView, PersonView, SuspensionView

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.model.work import Instance
    from engine.queries.language import Translator


@dataclass(frozen=True, kw_only=True)
class InstanceQuery:
    """The whole trace of a matter.

    Raises:
        NotFoundError: no such matter.
        NotAllowedError: not entitled.
    """

    instance_key: str

    def answer(self, services: Services) -> InstanceView:
        """Read it."""
        tree = MatterTree.load(services, key_of(self.instance_key, "事项", "matter"))
        items = services.store.work_items.of_matter(tree.root.row.key)
        require_reader(tree.root.row, items, services)
        words = translator(services, tree.root.row.binding)
        files = services.store.records.attachments(tree.root.row.key)
        documents = document_views(tree, list(tree.documents), files, words, services)
        person = services.person
        mine = [
            str(item.key)
            for item in items
            if item.is_open and judge_actor(item, tree.root.row, services, bars={}).allowed
        ]
        return InstanceView(
            matter=matter_view(tree, words, services),
            revision=tree.root.row.revision,
            documents=documents,
            timeline=Timeline(tree, items, files, words, services).steps(),
            diagrams=Diagrams(tree, items, words, services).views(),
            verbs=matter_verbs(tree, items, words, services),
            my_work_items=mine,
            copies=_copies(tree, services),
            my_decisions=[
                str(item.key)
                for item in items
                if item.is_task
                and item.state is WorkItemState.WAITING
                and item.ended_by == person.login
            ],
        )


def matter_view(tree: MatterTree, words: Translator, services: Services) -> MatterView:
    """Return the head of a page."""
    root = tree.root.row
    unit = services.store.identity.unit(root.unit)
    people = services.store.identity.people([root.initiator])
    name, initiator_unit, _active = people.get(root.initiator, (root.initiator, "", True))
    return MatterView(
        instance_key=str(root.key),
        title=root.title or words.process_name,
        number=root.number,
        process_id=root.process_id,
        process_name=words.process_name,
        version=root.version,
        region=root.region,
        state=root.state,
        is_draft=not root.submitted,
        unit=unit.name if unit else root.unit,
        initiator=PersonView(login=root.initiator, name=name, unit=initiator_unit),
        started_at=root.started_at,
        ended_at=root.ended_at,
        suspension=_suspension(root, services),
    )


def _suspension(root: Instance, services: Services) -> SuspensionView | None:
    if root.suspended_at is None or root.suspended_by is None:
        return None
    people = services.store.identity.people([root.suspended_by])
    name = people.get(root.suspended_by, (root.suspended_by, "", True))[0]
    return SuspensionView(since=root.suspended_at, by=name, reason=root.suspend_reason)


def _copies(tree: MatterTree, services: Services) -> list[CopyView]:
    sent = services.store.circulations.of_matter(tree.root.row.key)
    logins = {login for head, copy in sent for login in (head.sender, copy.receiver)}
    people = services.store.identity.people(sorted(logins)) if logins else {}

    def person(login: str) -> PersonView:
        name, unit, _active = people.get(login, (login, "", True))
        return PersonView(login=login, name=name, unit=unit)

    return [
        CopyView(
            sender=person(head.sender),
            receiver=person(copy.receiver),
            words=head.words,
            ruled=head.ruled,
            sent_at=head.sent_at,
            read_at=copy.read_at,
            comment=copy.comment,
            mine=copy.receiver == services.actor.login and copy.read_at is None,
        )
        for head, copy in sent
    ]
