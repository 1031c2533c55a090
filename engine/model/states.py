"""States of the long-lived things and the transitions that are legal."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class InstanceState(StrEnum):
    """Life of a process instance."""

    ACTIVE = "active"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    INCIDENT = "incident"


class WorkItemState(StrEnum):
    """Life of a work item (WfMC: offered, allocated, completed)."""

    OFFERED = "offered"
    CLAIMED = "claimed"
    #: on nobody's list: a part whose turn has not come, or a decision that waits for signatures
    WAITING = "waiting"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class WorkItemKind(StrEnum):
    """What a work item asks of its person.

    Only a ``TASK`` moves the token. The others are parts of one: they share its token, so they
    end with it, and the task says what it waits for. ``TRANSFER``, ``DELEGATE``, ``DECISION``
    and ``URGE`` are never on a list: they remember what was done with the task.
    """

    TASK = "task"
    #: 征求意见: an answer in words; the task goes on meanwhile
    CONSULT = "consult"
    #: 前加签: must be given before the task can be completed
    SIGN_BEFORE = "sign_before"
    #: 后加签: the task's own decision takes effect when the last of these has agreed
    SIGN_AFTER = "sign_after"
    #: returned to somebody outside of the office, who answers by a one-time link
    OUTSIDE = "outside"
    #: 转办: who gave the task away, to whom and why
    TRANSFER = "transfer"
    #: 委派: who did the task for its owner, and with what opinion it came back
    DELEGATE = "delegate"
    #: a decision that waits for added signatures; cancelled when one was refused
    DECISION = "decision"
    #: 催办: who urged, when and with what words; ``parent_key`` is what was urged
    URGE = "urge"


class AssignedBy(StrEnum):
    """How a work item came to its people."""

    #: the model's rule
    RULE = "rule"
    #: the person did this step of the matter before (catalogue 0.3)
    AGAIN = "again"
    #: 指定: whoever did the step before has chosen the person, or several people
    CHOSEN = "chosen"
    #: whom the rule names is away: the holders of the step's post
    POST = "post"
    #: nobody fits, and this is the step's policy
    INCIDENT = "incident"
    SUPERIOR = "superior"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    SKIPPED = "skipped"
    #: handed over with the work of a person who left
    HANDOVER = "handover"
    #: 转办: somebody who had it gave it away
    TRANSFER = "transfer"
    #: 委派: the delegate has handed it back
    HANDED_BACK = "handed_back"


class Arrival(StrEnum):
    """How a matter came to a work item."""

    #: over the drawn flows
    FLOW = "flow"
    #: by a return, drawn or chosen
    RETURN = "return"
    #: straight back to whoever returned it, after the correction
    RESUME = "resume"
    #: the initiator took the matter back
    WITHDRAW = "withdraw"
    #: somebody took a decision of his own back
    RECALL = "recall"
    #: an administrator moved it
    MOVE = "move"


class JobState(StrEnum):
    """Life of a job."""

    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    INCIDENT = "incident"
    CANCELLED = "cancelled"
    GIVEN_UP = "given_up"


class TimerState(StrEnum):
    """Life of a timer."""

    WAITING = "waiting"
    #: the matter is suspended; it goes on with what was left
    STOPPED = "stopped"
    INCIDENT = "incident"
    FIRED = "fired"
    CANCELLED = "cancelled"


WORK_ITEM_TRANSITIONS: Final[dict[WorkItemState, frozenset[WorkItemState]]] = {
    WorkItemState.OFFERED: frozenset(
        {
            WorkItemState.CLAIMED,
            WorkItemState.WAITING,
            WorkItemState.COMPLETED,
            WorkItemState.CANCELLED,
        }
    ),
    WorkItemState.CLAIMED: frozenset(
        {
            WorkItemState.OFFERED,
            WorkItemState.WAITING,
            WorkItemState.COMPLETED,
            WorkItemState.CANCELLED,
        }
    ),
    WorkItemState.WAITING: frozenset(
        {WorkItemState.CLAIMED, WorkItemState.COMPLETED, WorkItemState.CANCELLED}
    ),
    WorkItemState.COMPLETED: frozenset(),
    WorkItemState.CANCELLED: frozenset(),
}

JOB_TRANSITIONS: Final[dict[JobState, frozenset[JobState]]] = {
    JobState.READY: frozenset({JobState.RUNNING, JobState.CANCELLED}),
    JobState.RUNNING: frozenset(
        {JobState.READY, JobState.DONE, JobState.INCIDENT, JobState.CANCELLED, JobState.RUNNING}
    ),
    JobState.INCIDENT: frozenset({JobState.READY, JobState.CANCELLED, JobState.GIVEN_UP}),
    JobState.DONE: frozenset(),
    JobState.CANCELLED: frozenset(),
    JobState.GIVEN_UP: frozenset(),
}


class ReceivedState(StrEnum):
    """What became of a message that an outside system sent."""

    DONE = "done"
    REJECTED = "rejected"
    HELD = "held"
    GIVEN_UP = "given_up"


#: States in which a work item is on somebody's list.
OPEN_WORK: Final = (WorkItemState.OFFERED, WorkItemState.CLAIMED)
#: States that end with the token.
LIVE_WORK: Final = (*OPEN_WORK, WorkItemState.WAITING)
#: States in which a timer still belongs to a waiting token.
LIVE_TIMERS: Final = (TimerState.WAITING, TimerState.STOPPED, TimerState.INCIDENT)
