"""Send copies of a matter to people who read it and do nothing else with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.circulating import (
    circulating_refusal,
    circulating_step,
    reader_chooser,
    send_copies,
)
from engine.commands.matter import MatterTree
from engine.commands.reasons import optional_words
from engine.commands.services import key_of
from engine.errors import NotAllowedError, WrongStateError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class CirculateInstance:
    """抄送: each person may read the matter from now on and finds it under 待阅.

    Attributes:
        instance_key: the matter.
        people: logins; property ``circulate.people`` of the actor's step says who may be chosen.
        words: what is said to them, at most 500 characters, may be empty.

    Raises:
        NotFoundError: no such matter.
        NotAllowedError: has and had no task of it.
        WrongStateError: a draft, or the step forbids it.
        ValidationFailedError: nobody, somebody who may not be chosen, or too many words.
    """

    instance_key: str
    people: Sequence[str]
    words: str = ""

    def execute(self, services: Services) -> None:
        """Give everybody a copy."""
        tree = MatterTree.load(services, key_of(self.instance_key, "事项", "matter"))
        items = services.store.work_items.of_matter(tree.root.row.key)
        step = circulating_step(tree, items, services)
        refusal = circulating_refusal(step, tree, services)
        if refusal is not None or step is None:
            raise refusal or NotAllowedError
        words = optional_words(self.words, "words")
        people = reader_chooser(step, services).require(self.people, "people")
        send_copies(step, [person.login for person in people], words, services)
        services.note(
            "matter_circulated",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={"people": [person.name for person in people], "request": words},
        )


@dataclass(frozen=True, kw_only=True)
class ReadCopies:
    """已阅: the actor's copies of a matter have been read.

    Attributes:
        instance_key: the matter.
        comment: a word to the sender, at most 500 characters, may be empty.

    Raises:
        NotFoundError: no such matter.
        WrongStateError: the actor has no copy that was not read.
        ValidationFailedError: the comment is too long.
    """

    instance_key: str
    comment: str = ""

    def execute(self, services: Services) -> None:
        """Mark them."""
        tree = MatterTree.load(services, key_of(self.instance_key, "事项", "matter"))
        root_key, login = tree.root.row.key, services.person.login
        comment = optional_words(self.comment, "comment")
        if not services.store.circulations.read(root_key, login, services.now, comment):
            raise WrongStateError(
                "没有待阅的抄送，可能已经标为已阅。",
                "You have no copy to read here; it may have been marked before.",
            )
        services.note("copy_read", root_key=root_key, detail={"opinion": comment})
