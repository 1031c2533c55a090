"""抄送 by the model: whom a decided step sends copies to (property ``circulate.to``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.commands.circle import circle_of
from engine.commands.circulating import send_copies
from engine.commands.completed import Remark

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.commands.step import Step
    from engine.model.participants import Participant

#: Receivers of one decision; a post that more people hold is read by the first of them.
_MOST: Final = 1_000


def copy_readers(step: Step, services: Services) -> list[Participant]:
    """Return everybody who gets a copy when the actor decides a step, by name.

    Left out are whoever decides, who keeps away from the matter (回避), and who is disabled.

    Raises:
        ConfigurationError: a rule or a lookup is unknown.
    """
    candidates = circle_of(step.element, step.node, step.tree, services)
    if not candidates:
        return []
    away = {step.item.ended_by, services.actor.login, *step.tree.past.recused}
    found = services.store.people.holders(candidates, _MOST)
    return [person for person in found if person.login not in away]


def copy_decision(step: Step, services: Services) -> tuple[Remark, ...]:
    """Send the copies of a step whose decision has just taken effect; say to whom."""
    if not step.tree.root.row.submitted or _goes_on(step):
        return ()
    readers = copy_readers(step, services)
    if not readers:
        return ()
    sender = step.item.ended_by or services.actor.login
    send_copies(step, [person.login for person in readers], "", services, ruled_by=sender)
    names = [person.name for person in readers]
    return (
        Remark(
            f"已按流程规定抄送：{'、'.join(names)}。",
            f"The procedure sent copies to {', '.join(names)}.",
        ),
    )


def _goes_on(step: Step) -> bool:
    """Tell whether others have still to decide at a repeated step, or to vote."""
    return step.element.loop is not None and any(
        wait.element_id == step.element.id for wait in step.node.waiting.values()
    )
