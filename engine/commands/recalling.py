"""Whether somebody may take the own decision back, and what that ends; known beforehand."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from engine.bpmn import ElementKind, is_return
from engine.commands.course import RETURNED, Course
from engine.commands.routes import Router, moving_from
from engine.commands.suspending import suspended_error
from engine.errors import NotAllowedError, WrongStateError
from engine.model.states import WorkItemKind, WorkItemState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.bpmn import Element
    from engine.commands.matter import MatterTree
    from engine.commands.routes import Route
    from engine.commands.services import Services
    from engine.errors import WorkflowError
    from engine.model.work import WorkItem

#: What a decision may have passed and can be taken back from: nothing there has told anybody.
_SILENT: Final = frozenset(
    {
        ElementKind.USER_TASK,
        ElementKind.BUSINESS_RULE_TASK,
        ElementKind.SCRIPT_TASK,
        ElementKind.SUB_PROCESS,
        ElementKind.CALL_ACTIVITY,
        ElementKind.EXCLUSIVE_GATEWAY,
        ElementKind.PARALLEL_GATEWAY,
        ElementKind.INCLUSIVE_GATEWAY,
        ElementKind.START_EVENT,
        ElementKind.END_EVENT,
    }
)


class Decision:
    """A decision that its maker may want back.

    Attributes:
        item: the completed task.
        followers: the tasks that it has led to.
    """

    def __init__(
        self, item: WorkItem, tree: MatterTree, items: Sequence[WorkItem], services: Services
    ) -> None:
        """Look at what came of it."""
        self.item, self._tree, self._items, self._services = item, tree, items, services
        self.element: Element = tree.element(item.instance_key, item.element_id)
        self.followers = [one for one in items if one.cause_key == item.key and one.is_task]

    @property
    def when(self) -> str:
        """Property ``recall`` of the step."""
        return self.element.properties.get("recall", "undone")

    @cached_property
    def route(self) -> Route | None:
        """The way back from the first task that it has led to, ``None`` without one."""
        if not self.followers:
            return None
        course, first = Course(self._tree, self._items), self.followers[0]
        path = course.path(self.item)
        if course.done.get(path) is not self.item:
            return None
        router = Router(self._tree, course.places)
        route = router.route(moving_from(first, self._tree), course.path(first), path)
        return route if route is not None and route.path == path else None

    @cached_property
    def scope(self) -> str:
        """The scope of its parallel branch, where that waits at its join; empty without."""
        node = self._tree.nodes[self.item.instance_key]
        if self.followers or not node.is_active:
            return ""
        found, element_id = node.interpreter, self.item.element_id
        scopes = (found.scope_of(token_id, element_id) for token_id in node.waiting)
        return next(
            (scope for scope in scopes if scope and found.can_re_enter(scope, element_id)), ""
        )

    @property
    def is_acted_upon(self) -> bool:
        """Whether somebody has gone on: decided, asked others, given it away, maybe looked."""
        keys = {one.key for one in self.followers}
        handled = any(
            part.parent_key in keys and part.kind is not WorkItemKind.URGE for part in self._items
        )
        opened = self.when == "unopened" and any(one.opened_at for one in self.followers)
        return handled or opened or not all(one.is_open for one in self.followers)

    @cached_property
    def has_told(self) -> bool:
        """Whether it has led to what cannot be undone: a job, a record, a message."""
        root_key = self._tree.root.row.key
        for event in self._services.store.instances.caused_by(root_key, self.item.key):
            model = self._tree.nodes[event.instance_key].model
            element = model.elements.get(event.element_id)
            if element is not None and (element.job_type or element.kind not in _SILENT):
                return True
        return False


def recalling_refusal(
    decision: Decision, tree: MatterTree, services: Services
) -> WorkflowError | None:
    """Return why the actor cannot take a decision back, ``None`` if he can."""
    item, root = decision.item, tree.root.row
    if item.ended_by != services.actor.login or not item.is_task:
        return NotAllowedError(
            "只能撤回您本人办理的决定。", "You can take back your own decisions only."
        )
    if root.suspended_at is not None:
        return suspended_error()
    for applies, message_zh, message_en in (
        (
            item.state is not WorkItemState.COMPLETED or not tree.root.is_active,
            "事项已经结束或决定尚未生效，不能撤回。",
            "The matter has ended, or the decision has not taken effect.",
        ),
        (decision.when == "never", "此环节的决定不能撤回。", "This step allows no recall."),
        (
            item.outcome == RETURNED or is_return(decision.element, item.outcome),
            "退回后不能撤回，请联系对方办理后再处理。",
            "A return cannot be taken back; ask the receiver to send it on.",
        ),
        (
            decision.element.loop is not None,
            "会签、票签的意见已经计入，不能撤回。",
            "A vote has been counted and cannot be taken back.",
        ),
        (
            decision.is_acted_upon,
            "下一环节已经查看或办理，不能撤回；请联系对方退回。",
            "The next step has gone on already; ask for a return instead.",
        ),
    ):
        if applies:
            return WrongStateError(message_zh, message_en)
    return _no_way(decision)


def _no_way(decision: Decision) -> WorkflowError | None:
    if decision.has_told:
        return WrongStateError(
            "之后的自动处理已经执行，不能撤回；请联系下一环节退回。",
            "Automatic steps have been done since; ask for a return instead.",
        )
    if decision.route is None and not decision.scope:
        return WrongStateError(
            "事项已经流转到其他环节，不能撤回；请联系下一环节退回。",
            "The matter has gone on elsewhere; ask for a return instead.",
        )
    return None
